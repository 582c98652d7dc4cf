import { type GameDate, gameDate } from '../calendar/game-date.ts';
import { partitionHash } from '../table/partition-hash.ts';
import type { StoredTable } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** Content of one date of a relation that has a table's columns. */
export interface PartitionContent {
  readonly date: GameDate;
  readonly rows: number;
  readonly dataHash: string;
}

/**
 * Rows that are hashed in one query. A hash is made of all rows of a date in their order, which an
 * engine sorts in memory alone: with eighty seasons in one query it would need as many gigabytes.
 */
const rowsAtOnce = 1_000_000;

/** Rows and hash of every date of `relation`, ascending. */
export async function partitionContents(
  warehouse: Warehouse,
  table: StoredTable,
  relation: string,
): Promise<readonly PartitionContent[]> {
  const sql = warehouse.dialect;
  const hash = partitionHash(table, sql);
  const contents: PartitionContent[] = [];
  for (const { first, last } of stretches(await countRows(warehouse, table, relation))) {
    const rows = await warehouse.query(`
SELECT
  CAST(${table.partition} AS STRING) AS partition_date,
  COUNT(*) AS row_count,
  ${hash.data} AS data_hash
FROM ${relation} AS partition_rows
WHERE ${table.partition} >= ${sql.date(first)}
  AND ${table.partition} <= ${sql.date(last)}
GROUP BY ${table.partition}
ORDER BY ${table.partition}`);
    for (const row of rows) {
      contents.push({
        date: gameDate(String(row['partition_date'])),
        rows: Number(row['row_count']),
        dataHash: String(row['data_hash']),
      });
    }
  }
  return contents;
}

interface RowCount {
  readonly date: GameDate;
  readonly rows: number;
}

async function countRows(
  warehouse: Warehouse,
  { partition }: StoredTable,
  relation: string,
): Promise<readonly RowCount[]> {
  const rows = await warehouse.query(`
SELECT CAST(${partition} AS STRING) AS partition_date, COUNT(*) AS row_count
FROM ${relation} AS partition_rows
GROUP BY ${partition}
ORDER BY ${partition}`);
  return rows.map((row) => ({
    date: gameDate(String(row['partition_date'])),
    rows: Number(row['row_count']),
  }));
}

interface Stretch {
  readonly first: GameDate;
  readonly last: GameDate;
}

/** Dates in a row that have at most `most` rows together; a single date may have more. */
export function stretches(counts: readonly RowCount[], most = rowsAtOnce): readonly Stretch[] {
  const found: { first: GameDate; last: GameDate; rows: number }[] = [];
  for (const { date, rows } of counts) {
    const open = found.at(-1);
    if (open && open.rows + rows <= most) {
      open.last = date;
      open.rows += rows;
    } else found.push({ first: date, last: date, rows });
  }
  return found.map(({ first, last }) => ({ first, last }));
}
