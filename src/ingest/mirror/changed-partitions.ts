import type { MovedTable, RemovedDates } from '../../copy/move-statements.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import type { TableRegistry } from '../../table/table-registry.ts';

/** What an ingest has done to a ledger: records that are new or differ, and dates that lost theirs. */
export function changedPartitions(
  before: LedgerSnapshot,
  after: LedgerSnapshot,
  tables: TableRegistry,
): { readonly moved: readonly MovedTable[]; readonly removed: readonly RemovedDates[] } {
  const moved: MovedTable[] = [];
  const removed: RemovedDates[] = [];
  for (const table of tables.all) {
    const [old, now] = [before.of(table.name), after.of(table.name)];
    const records = [...now.values()].filter(
      (record) => JSON.stringify(record) !== JSON.stringify(old.get(record.date)),
    );
    const replaces = records.some(({ date }) => old.has(date));
    if (records.length > 0) moved.push({ table, records, replaces });
    const dates = [...old.keys()].filter((date) => !now.has(date));
    if (dates.length > 0) removed.push({ table, dates });
  }
  return { moved, removed };
}
