import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { SourceRow } from './game-log.ts';

/** Writes rows as Parquet with the types their values have. @returns the path. */
export async function writeParquet(
  folder: string,
  name: string,
  rows: readonly SourceRow[],
): Promise<string> {
  const path = join(folder, name);
  const columns = Object.keys(rows[0] ?? {});
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const typed = columns.map((column) => `${quoted(column)} ${typeOf(rows, column)}`);
    await connection.run(`CREATE TABLE source (${typed.join(', ')})`);
    const tuples = rows.map(
      (row) => `(${columns.map((column) => literal(row[column] ?? null)).join(', ')})`,
    );
    await connection.run(`INSERT INTO source VALUES ${tuples.join(',\n')}`);
    await connection.run(`COPY source TO '${path}' (FORMAT parquet)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return path;
}

/** Writes rows as CSV, compressed when the name ends in `.gz`. @returns the path. */
export function writeCsv(folder: string, name: string, rows: readonly SourceRow[]): string {
  const path = join(folder, name);
  const columns = Object.keys(rows[0] ?? {});
  const lines = [
    columns.join(','),
    ...rows.map((row) => columns.map((column) => field(row[column] ?? null)).join(',')),
  ];
  const text = `${lines.join('\n')}\n`;
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

/** Rows with their columns under other names and in another order. */
export function renamed(
  rows: readonly SourceRow[],
  name: (column: string) => string,
  order: (columns: readonly string[]) => readonly string[] = (columns) => columns,
): readonly SourceRow[] {
  return rows.map((row) =>
    Object.fromEntries(
      order(Object.keys(row)).map((column) => [name(column), row[column] ?? null]),
    ),
  );
}

function typeOf(rows: readonly SourceRow[], column: string): string {
  const values = rows.map((row) => row[column] ?? null).filter((value) => value !== null);
  if (values.some((value) => typeof value === 'string')) return 'VARCHAR';
  return values.every((value) => Number.isInteger(value)) ? 'BIGINT' : 'DOUBLE';
}

function literal(value: string | number | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

function field(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function quoted(column: string): string {
  return `"${column.replaceAll('"', '""')}"`;
}
