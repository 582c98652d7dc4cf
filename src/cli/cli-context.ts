import type { BigQueryOptions } from '@google-cloud/bigquery';
import type { FetchClock } from '../fetch/fetch-clock.ts';
import type { Project } from '../project/load-project.ts';
import type { Timing } from '../warehouse/bigquery/timing.ts';
import type { Clock } from '../world/run-engine.ts';

/** The outside world as a verb sees it. */
export interface CliContext {
  readonly clock: Clock;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Columns of the terminal that stderr is, where a progress line may be rewritten; else absent. */
  readonly terminalWidth?: (() => number) | undefined;
  /** Columns of the terminal that stdout is; absent where it is none. */
  readonly screenWidth?: (() => number) | undefined;
  readonly who: string;
  readonly host: string;
  readonly pid: number;
  readonly packageVersion: string;
  /** @returns six random hex digits, for a run id. */
  randomHex(): string;
  /** Aborted by SIGINT or SIGTERM. */
  readonly stop: AbortSignal;
  /** Has runs told by their first line and their end, as the demo wants them. */
  readonly isBrief?: boolean;
  /** How the command was started, to print commands that can be pasted. */
  readonly invocation: Invocation;
  /** The project in force, once its verb is known. */
  readonly project?: Project | undefined;
  /** Where alerts go unless a flag says otherwise; it may hold a secret. */
  readonly alertUrl?: string | undefined;
  /** Options of BigQuery's client besides project and location; tests point it at a stand-in. */
  readonly bigQueryClient?: BigQueryOptions;
  /** How time passes between two requests to BigQuery. */
  readonly bigQueryTiming?: Timing;
  /** Variables of the environment; what is told of hosts may be a secret. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** How time passes between two requests to the hosts of files. */
  readonly fetchTiming?: Pick<FetchClock, 'sleep' | 'random'>;
  /** Work for the moment in which a second signal ends the process. @returns how to forget it. */
  beforeLeaving?(work: () => Promise<void>): () => void;
  /** How long a webhook has to answer. */
  readonly alertTimeoutMs?: number;
}

/** {@link CliContext} for the work of one verb. */
export interface VerbContext extends CliContext {
  /** What is typed after `backcourt`, as a whole command that can be pasted here to work on the same warehouse. */
  command(text: string): string;
}

export interface Invocation {
  /** `backcourt` as it would be typed here, for example `npx backcourt`. */
  readonly command: string;
  /** What was started, up to its flags: a job file, or `backcourt run`. */
  readonly self: string;
  /** The warehouse that the environment names, for commands that are told none. */
  readonly warehouse?: string | undefined;
  /** The folder of the project that the environment names. */
  readonly project?: string | undefined;
}
