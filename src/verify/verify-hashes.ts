import { type GameDate, gameDate } from '../calendar/game-date.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { onDates } from '../ledger/ledger-statements.ts';
import {
  evidenceOf,
  evidenceSql,
  hashDifferences,
  type PartitionEvidence,
} from '../ledger/partition-evidence.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import { qualifiedName, type TableDefinition } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Discrepancy, Finding } from './finding.ts';

/** The dates of a table that are looked at. */
export interface TableDates {
  readonly table: TableDefinition;
  /** Every date of the range, with or without rows. */
  readonly range: readonly GameDate[];
  readonly isInRange: (date: GameDate) => boolean;
  /** The dates of the range whose hashes are recomputed. */
  readonly sampled: readonly GameDate[];
}

/**
 * Recomputes row and partition hashes from the stored rows and compares them with what the rows and the
 * ledger say; and counts the rows of all dates of the range, so that rows without a record and records
 * without their rows are found whatever the sample. One statement counts all tables, one each hashes them.
 */
export async function verifyHashes(
  warehouse: Warehouse,
  ledger: LedgerSnapshot,
  tables: readonly TableDates[],
): Promise<readonly Finding[]> {
  const counts = await countRows(warehouse, tables);
  const evidence = await hashRows(warehouse, tables);
  return tables.flatMap(({ table, range, isInRange }) => {
    const finding = (date: GameDate, what: Discrepancy): Finding => ({
      table: table.name,
      date,
      what,
      rows: [],
      cause: 'stored',
    });
    const counted = counts.get(table.name) ?? new Map<GameDate, number>();
    const stored = [...counted.keys()].filter(isInRange);
    const missing = [...new Set([...range, ...stored])].flatMap((date) => {
      const what = compareCount(counted.get(date) ?? 0, ledger.get(table.name, date));
      return what === undefined ? [] : [finding(date, what)];
    });
    const changed = (evidence.get(table.name) ?? []).flatMap(([date, found]) =>
      hashDifferences(ledger.get(table.name, date), found).map((difference) =>
        finding(date, { kind: 'record_differs', difference }),
      ),
    );
    return [...missing, ...changed];
  });
}

function compareCount(rows: number, record: PartitionRecord | undefined): Discrepancy | undefined {
  if (!record) return rows > 0 ? { kind: 'rows_without_record', rows } : undefined;
  return rows === record.rows ? undefined : { kind: 'rows_differ', rows, recorded: record.rows };
}

/** Counts all rows by table and date: some may stand on days that nobody scheduled. */
async function countRows(
  warehouse: Warehouse,
  tables: readonly TableDates[],
): Promise<ReadonlyMap<string, ReadonlyMap<GameDate, number>>> {
  const sql = warehouse.dialect;
  const selects = tables.map(
    ({ table }) => `
SELECT ${sql.string(table.name)} AS table_name, CAST(${table.partition} AS STRING) AS partition_date, COUNT(*) AS row_count
FROM ${qualifiedName(table)}
GROUP BY ${table.partition}`,
  );
  if (selects.length === 0) return new Map();
  const rows = await warehouse.query(selects.join('\nUNION ALL'));
  return new Map(
    [...Map.groupBy(rows, (row) => String(row['table_name']))].map(([name, own]) => [
      name,
      new Map(
        own.map((row) => [gameDate(String(row['partition_date'])), Number(row['row_count'])]),
      ),
    ]),
  );
}

/** Gathers by table the evidence of each date whose hashes are recomputed. */
async function hashRows(
  warehouse: Warehouse,
  tables: readonly TableDates[],
): Promise<ReadonlyMap<string, readonly (readonly [GameDate, PartitionEvidence])[]>> {
  const sql = warehouse.dialect;
  const selects = tables
    .filter(({ sampled }) => sampled.length > 0)
    .map(({ table, sampled }) => {
      const dates = onDates(sql, table.partition, sampled);
      const relation = `(SELECT * FROM ${qualifiedName(table)} WHERE ${dates})`;
      return `
SELECT ${sql.string(table.name)} AS table_name, evidence.*
FROM (${evidenceSql(warehouse, table, relation)}
) AS evidence`;
    });
  const rows = await warehouse.queryEach(selects);
  const byTable = Map.groupBy(rows, (row) => String(row['table_name']));
  return new Map(
    [...byTable].map(([name, own]) => [
      name,
      own.map(evidenceOf).sort(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  );
}
