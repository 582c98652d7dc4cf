import { gameDate } from '../../src/calendar/game-date.ts';
import type { CliContext } from '../../src/cli/cli-context.ts';
import { main } from '../../src/cli/main.ts';
import { backfillJob } from '../../src/cli/run-backfill-job.ts';
import { instantTiming } from './instant-timing.ts';
import { linesOf } from './lines.ts';

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly lines: readonly string[];
}

interface Surroundings {
  /** The day the clock shows; long after all data unless given. */
  readonly today?: string;
  readonly stop?: AbortSignal;
  /** TRUE when stderr is to be a terminal, with a progress line. */
  readonly terminal?: boolean;
  /** Columns of the terminal that stdout is to be. */
  readonly screen?: number;
  /** UTC, ISO 8601; the real time unless given. */
  readonly now?: () => string;
  /** The environment's address for alerts. */
  readonly alertUrl?: string;
  readonly alertTimeoutMs?: number;
  /** Variables of the environment; none unless given. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How time passes between two requests to hosts of files; at once unless given. */
  readonly fetchTiming?: NonNullable<CliContext['fetchTiming']>;
  /** Where answers are kept; nowhere unless given. */
  readonly answers?: CliContext['answers'];
  /** How the client reaches BigQuery, or a stand-in of it. */
  readonly bigQueryClient?: NonNullable<CliContext['bigQueryClient']>;
  /** How time passes between two requests to BigQuery; at once unless given. */
  readonly bigQueryTiming?: NonNullable<CliContext['bigQueryTiming']>;
}

let runs = 0;

/** Runs one `backcourt` command line in this process. */
export function backcourt(
  argv: readonly string[],
  surroundings: Surroundings = {},
): Promise<CommandResult> {
  return inContext(surroundings, (context) => main(argv, context));
}

/** Runs the backfill job of a table in this process. */
export function runJob(
  table: string,
  argv: readonly string[],
  surroundings: Surroundings = {},
): Promise<CommandResult> {
  return inContext(surroundings, (context) => backfillJob(context, table, argv));
}

async function inContext(
  surroundings: Surroundings,
  work: (context: CliContext) => Promise<number>,
): Promise<CommandResult> {
  let stdout = '';
  let stderr = '';
  const context: CliContext = {
    clock: {
      now: surroundings.now ?? (() => new Date().toISOString()),
      today: () => gameDate(surroundings.today ?? '2026-01-15'),
      elapsedMs: () => performance.now(),
    },
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    terminalWidth: surroundings.terminal ? () => 80 : undefined,
    screenWidth: surroundings.screen === undefined ? undefined : () => surroundings.screen ?? 0,
    who: 'tester@here',
    host: 'here',
    pid: process.pid,
    packageVersion: '0.0.0',
    randomHex: () => {
      runs += 1;
      return runs.toString(16).padStart(6, '0');
    },
    stop: surroundings.stop ?? new AbortController().signal,
    alertUrl: surroundings.alertUrl,
    environment: surroundings.environment ?? {},
    answers: surroundings.answers,
    fetchTiming: surroundings.fetchTiming ?? instantTiming,
    ...(surroundings.alertTimeoutMs !== undefined && {
      alertTimeoutMs: surroundings.alertTimeoutMs,
    }),
    ...(surroundings.bigQueryClient && {
      bigQueryClient: surroundings.bigQueryClient,
      bigQueryTiming: surroundings.bigQueryTiming ?? instantTiming,
    }),
    invocation: { command: 'npx backcourt', self: 'npx backcourt run' },
  };
  const exitCode = await work(context);
  return { exitCode, stdout, stderr, lines: linesOf(stdout) };
}

/** Runs a command that is only preparation. @throws when it does not end with 0. */
export async function prepare(
  argv: readonly string[],
  surroundings: Surroundings = {},
): Promise<CommandResult> {
  const result = await backcourt(argv, surroundings);
  if (result.exitCode !== 0) {
    throw new Error(`backcourt ${argv.join(' ')}: ${result.exitCode}\n${result.stderr}`);
  }
  return result;
}
