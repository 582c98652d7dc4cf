import { type GameDate, gameDate } from '../calendar/game-date.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { hashVersion, partitionHash } from '../table/partition-hash.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { NarrowTable } from './later-columns.ts';

/** The first way of hashing sorts all rows of a date in memory; of more rows in one statement it takes gigabytes. */
const mostRows = 1_000_000;

/** How rows of a raw table were hashed: in the first way, or by their values as today, and by the columns that it had. */
export type FormerWay = 'first' | 'values';

/**
 * Statements that bring the hashes of raw tables over to today's way and columns: of each date whose rows are, by the way in
 * which they were hashed, those of its record. Where they are not, the record keeps its hash, which then is that of
 * no rows, so that `verify` goes on telling. They can be carried out more than once.
 * @param narrow the tables among them that get columns, which took no part in the hashes.
 */
export async function rehashRaw(
  warehouse: Warehouse,
  tables: readonly StoredTable[],
  narrow: readonly NarrowTable[],
  way: FormerWay,
): Promise<readonly string[]> {
  const sql = warehouse.dialect;
  const statements: string[] = [];
  for (const table of tables) {
    const added = narrow.find((entry) => entry.table === table)?.columns ?? [];
    const former = { ...table, columns: table.columns.filter((each) => !added.includes(each)) };
    for (const [first, last] of await stretchesOf(warehouse, table)) {
      statements.push(rehashSql(sql, table, former, way, first, last));
    }
    if (way === 'first') {
      statements.push(`UPDATE backcourt.partitions
SET hash_version = ${hashVersion}
WHERE table_name = ${sql.string(table.name)}
  AND hash_version IS NULL`);
    }
  }
  return statements;
}

function rehashSql(
  sql: SqlDialect,
  table: StoredTable,
  former: StoredTable,
  way: FormerWay,
  first: GameDate,
  last: GameDate,
): string {
  const { name, partition } = table;
  const oldHash = way === 'first' ? firstHash(sql, former) : partitionHash(former, sql).data;
  return `MERGE INTO backcourt.partitions AS record
USING (
  SELECT ${partition} AS hashed_date, ${oldHash} AS old_hash, ${partitionHash(table, sql).data} AS new_hash
  FROM ${qualifiedName(table)} AS standing
  WHERE ${partition} >= ${sql.date(first)}
    AND ${partition} <= ${sql.date(last)}
  GROUP BY ${partition}
) AS hashed
ON record.table_name = ${sql.string(name)}
  AND record.partition_date = hashed.hashed_date
  AND record.data_hash = hashed.old_hash
  AND record.hash_version ${way === 'first' ? 'IS NULL' : `= ${hashVersion}`}
WHEN MATCHED THEN UPDATE SET data_hash = hashed.new_hash`;
}

/** The hash of a raw partition before format 6: SHA-256 of its rows in ascending order. */
function firstHash(sql: SqlDialect, { columns }: StoredTable): string {
  const parts = columns.flatMap((column) => [sql.hashText(column), sql.string('|')]);
  const text = sql.concat([...parts, sql.string('\n')]);
  const all = `STRING_AGG(${text}, '' ORDER BY ${text})`;
  return sql.engine === 'duckdb'
    ? `substr(sha256(${all}), 1, 16)`
    : `SUBSTR(TO_HEX(SHA256(${all})), 1, 16)`;
}

/** First and last dates of stretches that have about so many rows together. */
async function stretchesOf(
  warehouse: Warehouse,
  table: StoredTable,
): Promise<readonly (readonly [GameDate, GameDate])[]> {
  const rows = await warehouse.query(`
SELECT CAST(${table.partition} AS STRING) AS partition_date, COUNT(*) AS row_count
FROM ${qualifiedName(table)} AS standing
GROUP BY ${table.partition}
ORDER BY ${table.partition}`);
  const found: { readonly first: GameDate; last: GameDate; rows: number }[] = [];
  for (const row of rows) {
    const date = gameDate(String(row['partition_date']));
    const count = Number(row['row_count']);
    const open = found.at(-1);
    if (open && open.rows + count <= mostRows) {
      open.last = date;
      open.rows += count;
    } else found.push({ first: date, last: date, rows: count });
  }
  return found.map(({ first, last }) => [first, last]);
}
