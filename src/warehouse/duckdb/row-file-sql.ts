import { resolve } from 'node:path';
import type { ColumnType } from '../../sql/column.ts';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import type { RowFileColumn } from '../warehouse.ts';
import { literalFile } from './literal-file.ts';

/** `COPY` of the rows of a SELECT into a row file. */
export function writeRowFileSql(
  select: string,
  columns: readonly RowFileColumn[],
  path: string,
): string {
  const values = columns.map(({ name, type }) => `${jsonValue(name, type)} AS ${name}`);
  return `COPY (
SELECT
  ${values.join(',\n  ')}
FROM (${select}) AS given
) TO ${duckdbDialect.string(resolve(path))} (FORMAT json, COMPRESSION gzip)`;
}

/** SELECT of the rows of a row file, in the types of their columns. */
export function readRowFileSql(columns: readonly RowFileColumn[], path: string): string {
  const types = columns.map(({ name, type }) => `${name}: '${duckdbDialect.typeName(type)}'`);
  return `SELECT *
FROM read_json(${literalFile(path)}, hive_partitioning = false, format = 'newline_delimited', columns = {${types.join(', ')}})`;
}

/** Decimals as text, which loses no digit on the way, and times as ISO 8601 in UTC. */
function jsonValue(name: string, { kind }: ColumnType): string {
  switch (kind) {
    case 'NUMERIC':
      return `CAST(${name} AS VARCHAR)`;
    case 'TIMESTAMP':
      return `strftime(${name}, '%Y-%m-%dT%H:%M:%S.%fZ')`;
    case 'INT64':
    case 'FLOAT64':
    case 'STRING':
    case 'BOOL':
    case 'DATE':
    case 'ARRAY':
      return name;
  }
}
