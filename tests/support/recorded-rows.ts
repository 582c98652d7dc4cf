import { duckdbDialect as sql } from '../../src/sql/duckdb-dialect.ts';
import { keyText, partitionHash, rowHash } from '../../src/table/partition-hash.ts';
import { hasRowProvenance } from '../../src/table/provenance.ts';
import { qualifiedName, type TableDefinition } from '../../src/table/table-definition.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { openDuckDb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';

/**
 * Everything in which rows and records contradict each other, recomputed from the rows themselves:
 * rows without a record or with one that tells another content, a record without its rows, a row
 * whose own hash is wrong, a doubled key, exclusions that nobody recorded. Empty when all is well.
 */
export async function tornRecords(path: string): Promise<readonly string[]> {
  const { all } = await loadTables();
  const warehouse = await openDuckDb({
    path,
    mode: 'read',
    waitSeconds: 5,
    threads: undefined,
    writer: { pid: process.pid, host: 'here', startedAt: '' },
  });
  try {
    // A warehouse in which nothing was ever committed has no ledger and must have no rows.
    const present = await warehouse.query(
      "SELECT schema_name || '.' || table_name AS name FROM duckdb_tables() WHERE NOT temporary",
    );
    const names = new Set(present.map(({ name }) => String(name)));
    if (names.size === 0) return [];
    const tables = all.filter((table) => names.has(qualifiedName(table)));
    const found = await warehouse.query(`
WITH stored AS (${tables.map(storedSql).join('\nUNION ALL ')}
),
left_out AS (
  SELECT table_name, partition_date, COUNT(*) AS entities FROM backcourt.exclusions GROUP BY ALL
)
SELECT concat_ws(' ',
  coalesce(record.table_name, stored.table_name, left_out.table_name),
  coalesce(record.partition_date, stored.day, left_out.partition_date),
  'rows', stored.n, 'recorded', record.row_count,
  'hash', stored.data_hash, 'recorded', record.data_hash,
  'keys', stored.key_hash, 'recorded', record.key_hash,
  'projections', stored.projection_hashes, 'recorded', record.projection_hashes,
  'doubled', stored.doubled, 'wrong row hash', stored.wrong,
  'left out', left_out.entities, 'recorded', record.excluded_count) AS line
FROM backcourt.partitions AS record
FULL JOIN stored ON stored.table_name = record.table_name AND stored.day = record.partition_date
FULL JOIN left_out ON left_out.table_name = coalesce(record.table_name, stored.table_name)
  AND left_out.partition_date = coalesce(record.partition_date, stored.day)
WHERE record.table_name IS NULL
  OR coalesce(stored.n, 0) <> record.row_count
  OR (stored.n > 0 AND stored.data_hash IS DISTINCT FROM record.data_hash)
  OR (stored.n > 0 AND stored.key_hash IS DISTINCT FROM record.key_hash)
  OR (stored.n > 0 AND stored.projection_hashes IS DISTINCT FROM record.projection_hashes)
  OR stored.doubled > 0
  OR stored.wrong > 0
  OR coalesce(left_out.entities, 0) <> record.excluded_count
ORDER BY line`);
    const doubled = await warehouse.query(`
SELECT concat_ws(' ', table_name, partition_date, 'recorded', COUNT(*), 'times') AS line
FROM backcourt.partitions GROUP BY table_name, partition_date HAVING COUNT(*) > 1`);
    return [...found, ...doubled].map(({ line }) => String(line));
  } finally {
    await warehouse.close();
  }
}

/** One row per date of a table: what really stands there. */
function storedSql(table: TableDefinition): string {
  const hash = partitionHash(table, sql);
  const wrong = hasRowProvenance(table)
    ? sql.countIf(`data_hash IS DISTINCT FROM ${rowHash(table, sql)}`)
    : '0';
  return `
  SELECT ${sql.string(table.name)} AS table_name, ${table.partition} AS day, COUNT(*) AS n,
    ${hash.data} AS data_hash, ${hash.keys ?? 'NULL'} AS key_hash,
    ${hash.projections ?? 'NULL'} AS projection_hashes,
    COUNT(*) - COUNT(DISTINCT ${keyText(table, sql)}) AS doubled, ${wrong} AS wrong
  FROM ${qualifiedName(table)} AS stored_rows
  GROUP BY ${table.partition}`;
}
