import { carryOutPlan } from '../../engine/carry-out-plan.ts';
import { askedRecord, planUnits } from '../../engine/plan-units.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { FailureKind } from '../../ledger/partition-record.ts';
import { commandText } from '../../report/words/command-text.ts';
import { reasonText } from '../../report/words/reason-text.ts';
import { tableFaultText } from '../../report/words/table-fault-text.ts';
import { exitCodeOf, type RunSummary } from '../../run/run-summary.ts';
import { askUnits, daysKept, type UnitsRequest } from './ask-units.ts';
import { openedBehind, type WarehouseHandle } from './open-warehouse.ts';
import { engineOf } from './plan.ts';

/** What is to be computed. */
export interface RunRequest extends UnitsRequest {
  /** Kept with the run. */
  readonly reason?: string;
  /** The run ends after so many failed dates. */
  readonly maxFailures?: number;
}

/** What has become of a run. Dates that could not be made are told here, and no error. */
export interface RunResult {
  /** The id under which the ledger has it. */
  readonly runId: string;
  /** What the command would have ended with: 0 when all that was asked for is done; 3 failed, 5 blocked, 130 stopped. */
  readonly exitCode: number;
  /** Tables and dates that were written, and the rows of these. */
  readonly written: number;
  readonly rowsWritten: number;
  /** Made again and found equal. */
  readonly unchanged: number;
  /** Where rows stood and none are due. */
  readonly removed: number;
  /** Nothing had to be done, by state. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly failed: readonly {
    readonly table: string;
    readonly date: string;
    readonly kind: FailureKind;
    readonly error: string;
  }[];
  /** Tables that no date could be computed of: their definition is wrong, or that of one they read. */
  readonly failedTables: readonly {
    readonly table: string;
    readonly error: string;
    readonly dates: readonly string[];
  }[];
  /** An input is absent. */
  readonly blocked: readonly {
    readonly table: string;
    readonly date: string;
    readonly reason: string;
    /** The command line that would help, where one does. */
    readonly remedy?: string;
  }[];
  /** Units that were not reached: it was stopped, or too much failed. */
  readonly notReached: number;
  readonly seconds: number;
}

/**
 * Computes tables for dates; what is done and unchanged is skipped. Rows of a date and the record that says so are
 * committed together. Rows of an own table that another definition has made are replaced date by date; where
 * its columns are others, a run of all its dates makes it anew, and any other refuses it.
 * @throws UsageError for a request that cannot be meant, or a warehouse that is not open for writing; WarehouseError for
 * disk, permissions, network: what was committed stays.
 */
export async function run(
  warehouse: WarehouseHandle,
  request: RunRequest = {},
): Promise<RunResult> {
  const opened = openedBehind(warehouse);
  const { context, tables, mode } = opened;
  if (mode === 'read')
    throw new UsageError('the warehouse is open for reading; open it with mode "write"');
  const { asked, settings } = askUnits(tables, request);
  const engine = await engineOf(opened);
  const order = {
    verb: 'run',
    plan: planUnits(engine, asked, settings),
    settings,
    asked: askedRecord(asked, settings, daysKept(request.dates)),
    reason: request.reason,
    maxFailures: request.maxFailures,
    startedAt: context.clock.now(),
  } as const;
  const nobody = () => undefined;
  const observer = { batchStarted: nobody, unitFinished: nobody, tableFailed: nobody };
  return runResult(await carryOutPlan(context, engine, order, observer));
}

function runResult(summary: RunSummary): RunResult {
  const { runId, written, rowsWritten, unchanged, removed, skipped, notReached, seconds } = summary;
  return {
    runId,
    exitCode: exitCodeOf(summary),
    written,
    rowsWritten,
    unchanged,
    removed,
    skipped,
    failed: summary.failed.map(({ table, date, failure }) => ({
      table,
      date,
      kind: failure.kind,
      error: failure.text,
    })),
    failedTables: summary.failedTables.map(({ table, fault, dates }) => ({
      table,
      error: tableFaultText(fault),
      dates,
    })),
    blocked: summary.blocked.map(({ table, date, reason, remedy }) => ({
      table,
      date,
      reason: reasonText(reason),
      ...(remedy && { remedy: `backcourt ${commandText(remedy)}` }),
    })),
    notReached,
    seconds,
  };
}
