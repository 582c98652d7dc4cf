import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { StoredRun } from '../ledger/read-run.ts';
import type { UnitId } from './plan.ts';

/**
 * The units of a run that failed in it and were not made since, and nothing else: never all its tables
 * on all its failed dates. A run that was killed left no account; its records tell then. A table that
 * failed as a whole has left the records of its dates as they were.
 */
export function retryUnits(
  ledger: LedgerSnapshot,
  tables: readonly string[],
  run: StoredRun,
): readonly UnitId[] {
  const failed =
    run.failedUnits ??
    tables.flatMap((table) =>
      [...ledger.of(table).values()].filter(({ runId }) => runId === run.runId),
    );
  return failed
    .filter(({ table, date }) => {
      const record = ledger.get(table, date);
      return record === undefined || record.state === 'failed' || record.runId < run.runId;
    })
    .map(({ table, date }) => ({ table, date }));
}
