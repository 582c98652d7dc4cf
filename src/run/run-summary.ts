import type { GameDate } from '../calendar/game-date.ts';
import type { Failure } from '../ledger/partition-record.ts';
import type { IncompleteDate } from '../plan/incomplete-dates.ts';
import type { OtherOptions } from '../plan/other-options.ts';
import type { Reason } from '../plan/reason.ts';
import type { Remedy } from '../plan/remedy.ts';
import type { UnitState } from '../plan/unit-state.ts';
import { exitCodes } from './exit-codes.ts';
import type { FailedTable } from './failed-tables.ts';
import type { UnitResult } from './work/unit-result.ts';

export interface FailedUnit {
  readonly table: string;
  readonly date: GameDate;
  readonly failure: Failure;
  /** The file of an own table, whose writer is the one to mend it. */
  readonly definedIn?: string;
}

export interface BlockedUnit {
  readonly table: string;
  readonly date: GameDate;
  readonly state: UnitState;
  readonly reason: Reason;
  readonly remedy: Remedy | undefined;
}

export interface RunSummary {
  readonly runId: string;
  /** Units of the request. */
  readonly total: number;
  readonly written: number;
  readonly unchanged: number;
  readonly rowsWritten: number;
  /** Units on which other rows stood than their record said. */
  readonly mended: number;
  /** Units that may have been made of such rows, and have not been made again. */
  readonly distrusted: number;
  /** Units of which everything was removed. */
  readonly removed: number;
  /** Units that were skipped as a success, by state. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly blocked: readonly BlockedUnit[];
  readonly failed: readonly FailedUnit[];
  /** Tables that failed as a whole; their dates are no units of `failed`. */
  readonly failedTables: readonly FailedTable[];
  /** What keeps other options than today's: it stands as it was, or is made again with them. */
  readonly otherOptions: readonly OtherOptions[];
  /** Past dates of the request of which only some games have a result, and those before them that lack any. */
  readonly incomplete: readonly IncompleteDate[];
  /** Units that were not reached: interrupted, or too many failures. */
  readonly notReached: number;
  readonly interrupted: boolean;
  readonly seconds: number;
}

/** Adds up the results of a run by outcome; what only the ledger and the schedule tell is none. */
export function summarise(
  runId: string,
  total: number,
  results: readonly UnitResult[],
  interrupted: boolean,
  seconds: number,
  failedTables: readonly FailedTable[] = [],
  otherOptions: readonly OtherOptions[] = [],
): RunSummary {
  const skipped: Record<string, number> = {};
  const blocked: BlockedUnit[] = [];
  const failed: FailedUnit[] = [];
  let written = 0;
  let unchanged = 0;
  let rowsWritten = 0;
  let mended = 0;
  let removed = 0;
  for (const { table, date, outcome } of results) {
    switch (outcome.kind) {
      case 'written':
        written += 1;
        rowsWritten += outcome.rows;
        if (outcome.mended) mended += 1;
        break;
      case 'unchanged':
        unchanged += 1;
        break;
      case 'removed':
        removed += 1;
        break;
      case 'skipped':
        skipped[outcome.state] = (skipped[outcome.state] ?? 0) + 1;
        break;
      case 'blocked': {
        const { state, reason, remedy } = outcome;
        blocked.push({ table, date, state, reason, remedy });
        break;
      }
      case 'failed':
        failed.push({ table, date, failure: outcome.failure });
        break;
    }
  }
  const notReached = total - results.length - datesOf(failedTables);
  return {
    runId,
    total,
    written,
    unchanged,
    rowsWritten,
    mended,
    distrusted: 0,
    removed,
    skipped,
    blocked,
    failed,
    failedTables,
    otherOptions,
    incomplete: [],
    notReached,
    interrupted,
    seconds,
  };
}

/** The dates of all failed tables together. */
export function datesOf(failedTables: readonly FailedTable[]): number {
  return failedTables.reduce((sum, { dates }) => sum + dates.length, 0);
}

/** The exit code that tells the truth: 130 interrupted, 3 failed dates, 5 blocked, else 0. */
export function exitCodeOf(summary: RunSummary): number {
  if (summary.interrupted) return exitCodes.interrupted;
  if (summary.failed.length + summary.failedTables.length > 0) return exitCodes.failed;
  if (summary.blocked.length > 0) return exitCodes.blocked;
  return exitCodes.done;
}
