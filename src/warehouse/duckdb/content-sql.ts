import { duckdbDialect } from '../../sql/duckdb-dialect.ts';

/**
 * SELECT of one text that is another one as soon as a row of these tables is, or a column of any table: its name, type,
 * place, and whether it may be NULL. The sums are of DuckDB's own 64-bit hashes, which are quick and the same for one version of it.
 * @param tables qualified names.
 * @param catalog whose columns count.
 */
export function contentSql(tables: readonly string[], catalog: string): string {
  const rows = tables.map(
    (table) => `(SELECT concat(COUNT(*), '+', SUM(hash(content))) FROM ${table} AS content)`,
  );
  const columns = `(SELECT concat(COUNT(*), '+', SUM(hash(content)))
  FROM (
    SELECT schema_name, table_name, column_index, column_name, data_type, is_nullable
    FROM duckdb_columns()
    WHERE database_name = ${duckdbDialect.string(catalog)}
  ) AS content)`;
  return `SELECT concat_ws(' ', ${[...rows, columns].join(', ')}) AS content`;
}
