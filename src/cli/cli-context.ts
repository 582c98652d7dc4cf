import type { Surroundings } from '../engine/surroundings.ts';
import type { FetchClock } from '../fetch/fetch-clock.ts';
import type { Project } from '../project/load-project.ts';

export interface AnswerFolder {
  readonly folder: string;
  /** Digest of the command's code: another one may answer otherwise. */
  readonly code: string;
}

/** The outside world as a verb sees it. */
export interface CliContext extends Surroundings {
  readonly stdout: (text: string) => void;
  /** Columns of the terminal that stderr is, where a progress line may be rewritten; else absent. */
  readonly terminalWidth?: (() => number) | undefined;
  /** Columns of the terminal that stdout is; absent where it is none. */
  readonly screenWidth?: (() => number) | undefined;
  /** Has runs told by their first line and their end, as the demo wants them. */
  readonly isBrief?: boolean;
  /** The project in force, once its verb is known. */
  readonly project?: Project | undefined;
  /** Where alerts go unless a flag says otherwise; it may hold a secret. */
  readonly alertUrl?: string | undefined;
  /** Variables of the environment; what is told of hosts may be a secret. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Whether the process is this command's own, so that it may answer for what is thrown in it. */
  readonly ownsProcess?: boolean;
  /** How time passes between two requests to the hosts of files. */
  readonly fetchTiming?: Pick<FetchClock, 'sleep' | 'random'>;
  /** Where answers are kept that need not be worked out again; `undefined`: nowhere. */
  readonly answers?: AnswerFolder | undefined;
  /** How long a webhook has to answer. */
  readonly alertTimeoutMs?: number;
}

/** {@link CliContext} for the work of one verb. */
export interface VerbContext extends CliContext {
  /** What is typed after `backcourt`, as a whole command that can be pasted here to work on the same warehouse. */
  command(text: string): string;
}
