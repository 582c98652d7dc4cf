import { addDays, type GameDate } from '../calendar/game-date.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { undatedPartition } from '../window/window.ts';
import type { MutableLedgerSnapshot } from './ledger-snapshot.ts';
import { type PartitionRecord, wasWritten } from './partition-record.ts';

/** Dates of a table on which other rows stood than their records said, before they were replaced. */
export interface MendedDates {
  readonly table: string;
  readonly dates: readonly GameDate[];
}

/** No window reaches beyond its season, and none has been longer than this. */
const longestSeasonDays = 366;

/**
 * Takes the fingerprint from the records of all that may have read damaged rows: the hash of a partition is
 * the same before the damage and after the mending, so that nothing else would tell that it has to be made again.
 * The rows that are read stay where they are until then.
 */
export function distrustStatements(
  sql: SqlDialect,
  tables: TableRegistry,
  mended: MendedDates,
): readonly string[] {
  const { readers, first, last } = reachOf(tables, mended);
  if (readers.length === 0 || first === undefined) return [];
  const until = last === undefined ? '' : `\n  AND partition_date <= ${sql.date(last)}`;
  return [
    `UPDATE backcourt.partitions
SET fingerprint = NULL
WHERE table_name IN (${readers.map((name) => sql.string(name)).join(', ')})
  AND partition_date >= ${sql.date(first)}${until}`,
  ];
}

/** Keeps the ledger at hand in step with {@link distrustStatements}. */
export function distrustReaders(
  ledger: MutableLedgerSnapshot,
  tables: TableRegistry,
  mended: MendedDates,
): void {
  const { readers, first, last } = reachOf(tables, mended);
  if (first === undefined) return;
  for (const record of readers.flatMap((reader) => [...ledger.of(reader).values()])) {
    const isReached = record.date >= first && (last === undefined || record.date <= last);
    if (isReached) ledger.set({ ...record, fingerprint: undefined });
  }
}

/** TRUE for what stands as it was made, of rows of which some were found damaged since. */
export function isDistrusted(record: PartitionRecord): boolean {
  return wasWritten(record) && record.state !== 'failed' && record.fingerprint === undefined;
}

/** A range that takes in every date of which a window can reach a mended one. */
function reachOf(tables: TableRegistry, { table, dates }: MendedDates) {
  const readers = tables.computed
    .filter(({ inputs }) => inputs.some((input) => input.table === table))
    .map(({ name }) => name);
  const sorted = [...dates].sort();
  const latest = sorted.at(-1);
  const isUndated = latest === undefined || sorted[0] === undatedPartition;
  const last = isUndated ? undefined : addDays(latest, longestSeasonDays);
  return { readers, first: sorted[0], last };
}
