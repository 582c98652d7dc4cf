import { alignColumns, formatCount, formatSeconds } from './words/format.ts';
import { toJson } from './words/json.ts';

/** A run as the ledger remembers it; `null` is what it does not count, or has not come to. */
interface ShownRun {
  readonly run_id: string;
  readonly verb: string;
  /** What was asked for, in words. */
  readonly request: string;
  /** UTC, as the engine prints it. */
  readonly started_at: string;
  readonly seconds: number | null;
  readonly exit_code: number | null;
  readonly written: number | null;
  readonly unchanged: number | null;
  readonly skipped: number | null;
  readonly failed: number | null;
  readonly blocked: number | null;
  readonly rows: number | null;
}

const counts = ['written', 'unchanged', 'skipped', 'failed', 'blocked', 'rows'] as const;

/** What `runs` shows: a line per run, in the order given. */
export function runsLines(runs: readonly ShownRun[]): readonly string[] {
  if (runs.length === 0) return ['no runs'];
  const heading = ['run', 'verb', 'started (UTC)', 'took', 'exit', ...counts, 'asked for'];
  const right = new Set(heading.slice(3, -1).map((_, index) => index + 3));
  return alignColumns([heading, ...runs.map(cellsOf)], right);
}

function cellsOf(run: ShownRun): readonly string[] {
  return [
    run.run_id,
    run.verb,
    run.started_at.slice(0, 19),
    run.seconds === null ? '-' : formatSeconds(run.seconds),
    String(run.exit_code ?? '-'),
    ...counts.map((name) => {
      const count = run[name];
      return count === null ? '-' : formatCount(count);
    }),
    run.request,
  ];
}

/** The same as one object per run. */
export function runsJson(runs: readonly ShownRun[]): readonly string[] {
  return runs.map((run) => toJson({ type: 'run', ...run }));
}
