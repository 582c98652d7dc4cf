import { type GameDate, gameDate } from '../calendar/game-date.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { hashVersion, partitionHash } from '../table/partition-hash.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** The first way of hashing sorts all rows of a date in memory; of more rows in one statement it takes gigabytes. */
const mostRows = 1_000_000;

/**
 * Statements that bring the hashes of raw tables over to today's way: of each date whose rows are, by the way in
 * which they were hashed, those of its record. Where they are not, the record keeps its hash, which then is that of
 * no rows, so that `verify` goes on telling. They can be carried out more than once.
 */
export async function rehashRaw(
  warehouse: Warehouse,
  tables: readonly StoredTable[],
): Promise<readonly string[]> {
  const sql = warehouse.dialect;
  const statements: string[] = [];
  for (const table of tables) {
    for (const [first, last] of await stretchesOf(warehouse, table)) {
      statements.push(rehashSql(sql, table, first, last));
    }
    statements.push(`UPDATE backcourt.partitions
SET hash_version = ${hashVersion}
WHERE table_name = ${sql.string(table.name)}
  AND hash_version IS NULL`);
  }
  return statements;
}

function rehashSql(sql: SqlDialect, table: StoredTable, first: GameDate, last: GameDate): string {
  const { name, partition } = table;
  return `MERGE INTO backcourt.partitions AS record
USING (
  SELECT ${partition} AS hashed_date, ${firstHash(sql, table)} AS old_hash, ${partitionHash(table, sql).data} AS new_hash
  FROM ${qualifiedName(table)} AS standing
  WHERE ${partition} >= ${sql.date(first)}
    AND ${partition} <= ${sql.date(last)}
  GROUP BY ${partition}
) AS hashed
ON record.table_name = ${sql.string(name)}
  AND record.partition_date = hashed.hashed_date
  AND record.data_hash = hashed.old_hash
  AND record.hash_version IS NULL
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
