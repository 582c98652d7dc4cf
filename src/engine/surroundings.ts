import type { BigQueryOptions } from '@google-cloud/bigquery';
import type { Timing } from '../warehouse/bigquery/timing.ts';
import type { Clock } from '../world/run-engine.ts';

/** The outside world as the work on a warehouse sees it. */
export interface Surroundings {
  readonly clock: Clock;
  /** Hears lines that a person should read, each with its end. */
  readonly stderr: (text: string) => void;
  readonly who: string;
  readonly host: string;
  readonly pid: number;
  readonly packageVersion: string;
  /** @returns six random hex digits, for a run id. */
  randomHex(): string;
  /** Aborted when the work is to end after what is in hand. */
  readonly stop: AbortSignal;
  /** How the command was started, to name commands that can be pasted. */
  readonly invocation: Invocation;
  /** Options of BigQuery's client besides project and location; tests point it at a stand-in. */
  readonly bigQueryClient?: BigQueryOptions;
  /** How time passes between two requests to BigQuery. */
  readonly bigQueryTiming?: Timing;
  /** Work for the moment in which a second signal ends the process. @returns how to forget it. */
  beforeLeaving?(work: () => Promise<void>): () => void;
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
