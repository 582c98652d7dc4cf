import { type GameDate, gameDate } from '../calendar/game-date.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { onDates } from '../ledger/ledger-statements.ts';
import { gatherEvidence, hashDifferences } from '../ledger/partition-evidence.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import { qualifiedName, type TableDefinition } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Finding } from './finding.ts';

/** The dates of a table that are looked at. */
export interface TableDates {
  readonly table: TableDefinition;
  /** Days with games or a record. */
  readonly range: readonly GameDate[];
  readonly isInRange: (date: GameDate) => boolean;
  /** Of these, the ones whose hashes are recomputed. */
  readonly sampled: readonly GameDate[];
}

/**
 * Recomputes row and partition hashes from the stored rows and compares them with what the rows and the
 * ledger say; and counts the rows of all dates of the range, so that rows without a record and records
 * without their rows are found whatever the sample.
 */
export async function verifyHashes(
  warehouse: Warehouse,
  ledger: LedgerSnapshot,
  { table, range, isInRange, sampled }: TableDates,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const finding = (date: GameDate, what: string) =>
    findings.push({ table: table.name, date, what, rows: [], cause: 'stored' });
  const counts = await countRows(warehouse, table);
  const stored = [...counts.keys()].filter(isInRange);
  for (const date of new Set([...range, ...stored])) {
    const what = compareCount(counts.get(date) ?? 0, ledger.get(table.name, date));
    if (what !== undefined) finding(date, what);
  }
  if (sampled.length === 0) return findings;
  const dates = onDates(warehouse.dialect, table.partition, sampled);
  const relation = `(SELECT * FROM ${qualifiedName(table)} WHERE ${dates})`;
  for (const [date, found] of await gatherEvidence(warehouse, table, relation)) {
    for (const what of hashDifferences(ledger.get(table.name, date), found)) finding(date, what);
  }
  return findings;
}

function compareCount(rows: number, record: PartitionRecord | undefined): string | undefined {
  if (!record) return rows > 0 ? `${rows} rows without a record` : undefined;
  if (rows === record.rows) return undefined;
  return rows === 0
    ? `the ledger says ${record.rows} rows, and they are gone`
    : `${rows} rows, the ledger says ${record.rows}`;
}

async function countRows(
  warehouse: Warehouse,
  table: TableDefinition,
): Promise<ReadonlyMap<GameDate, number>> {
  const rows = await warehouse.query(`
SELECT CAST(${table.partition} AS STRING) AS partition_date, COUNT(*) AS row_count
FROM ${qualifiedName(table)}
GROUP BY ${table.partition}`);
  return new Map(
    rows.map((row) => [gameDate(String(row['partition_date'])), Number(row['row_count'])]),
  );
}
