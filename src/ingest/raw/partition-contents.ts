import { type GameDate, gameDate } from '../../calendar/game-date.ts';
import type { SqlDialect } from '../../sql/sql-dialect.ts';
import { partitionHash } from '../../table/partition-hash.ts';
import type { StoredTable } from '../../table/table-definition.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** Content of one date of a relation that has a table's columns. */
export interface PartitionContent {
  readonly date: GameDate;
  readonly rows: number;
  readonly dataHash: string;
}

/** How many rows are hashed together. */
export interface HashedTogether {
  /**
   * Rows in one query. A hash is made of all rows of a date in their order, which an engine sorts in memory
   * alone: with eighty seasons in one query it would need as many gigabytes.
   */
  readonly byQuery: number;
  /**
   * Rows in one arm of the query's UNION. Few threads finish the groups of one aggregate; arms are finished
   * side by side.
   */
  readonly byArm: number;
}

const hashedTogether: HashedTogether = { byQuery: 1_000_000, byArm: 50_000 };

/** Rows and hash of every date of `relation`, ascending. */
export async function partitionContents(
  warehouse: Warehouse,
  table: StoredTable,
  relation: string,
  { byQuery, byArm } = hashedTogether,
): Promise<readonly PartitionContent[]> {
  const contents: PartitionContent[] = [];
  for (const counts of stretches(await countRows(warehouse, table, relation), byQuery)) {
    const arms = stretches(counts, byArm).map((arm) =>
      contentsSelect(table, warehouse.dialect, relation, arm),
    );
    const rows = await warehouse.query(`${arms.join('\nUNION ALL')}\nORDER BY partition_date`);
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

function contentsSelect(
  table: StoredTable,
  sql: SqlDialect,
  relation: string,
  dates: Stretch,
): string {
  const { partition } = table;
  return `
SELECT
  CAST(${partition} AS STRING) AS partition_date,
  COUNT(*) AS row_count,
  ${partitionHash(table, sql).data} AS data_hash
FROM ${relation} AS partition_rows
WHERE ${partition} >= ${sql.date(dates[0].date)}
  AND ${partition} <= ${sql.date((dates.at(-1) ?? dates[0]).date)}
GROUP BY ${partition}`;
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

type Stretch = readonly [RowCount, ...RowCount[]];

/** Dates in a row that have at most `most` rows together; a single date may have more. */
export function stretches(counts: readonly RowCount[], most: number): readonly Stretch[] {
  const found: { readonly dates: [RowCount, ...RowCount[]]; rows: number }[] = [];
  for (const count of counts) {
    const open = found.at(-1);
    if (open && open.rows + count.rows <= most) {
      open.dates.push(count);
      open.rows += count.rows;
    } else found.push({ dates: [count], rows: count.rows });
  }
  return found.map(({ dates }) => dates);
}
