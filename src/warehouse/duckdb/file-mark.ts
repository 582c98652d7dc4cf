import type { DuckDBConnection } from '@duckdb/node-api';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';

/**
 * Each process that writes to a file leaves a mark of its own in it, before anything else. A copy that was
 * made earlier, or that went its own way, has another mark, and so a log tells whether it is of this file:
 * DuckDB's own counter of checkpoints comes out equal in copies that have gone equally far.
 */
const markView = 'backcourt.last_writer';

/** Statements that put a mark into the file itself, and not only into its log. */
export function writeMarkSql(mark: string): readonly string[] {
  return [
    'CREATE SCHEMA IF NOT EXISTS backcourt',
    `CREATE OR REPLACE VIEW ${markView} AS SELECT ${duckdbDialect.string(mark)} AS mark`,
    'CHECKPOINT',
  ];
}

/** The mark of an attached file; `''` when nobody has left one. */
export async function readMark(connection: DuckDBConnection, catalog: string): Promise<string> {
  const reader = await connection.runAndReadAll(`
SELECT regexp_extract(sql, '''([^'']+)''', 1) AS mark
FROM duckdb_views()
WHERE database_name = ${duckdbDialect.string(catalog)}
  AND concat(schema_name, '.', view_name) = ${duckdbDialect.string(markView)}`);
  const mark = reader.getRowsJson()[0]?.[0];
  return typeof mark === 'string' ? mark : '';
}
