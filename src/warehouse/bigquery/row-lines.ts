import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ColumnType } from '../../sql/column.ts';
import { type RowFileColumn, WarehouseError } from '../warehouse.ts';
import type { ResultPage } from './job-results.ts';
import type { LoadField } from './job-runner.ts';
import { type ResultCell, type ResultRow, utcIso } from './read-rows.ts';

/** A column as a load job takes it: precision belongs to the table that the rows end in. */
export function loadField({ name, type }: RowFileColumn): LoadField {
  return type.kind === 'ARRAY'
    ? { name, type: type.element, mode: 'REPEATED' }
    : { name, type: type.kind, mode: 'NULLABLE' };
}

/**
 * Writes the pages of a result as a row file, one page in memory at a time.
 * @param read hands over the pages; their columns are in the order of `columns`.
 * @returns how many rows.
 * @throws WarehouseError `surroundings` when the file cannot be written.
 */
export async function writeRowLines(
  path: string,
  columns: readonly RowFileColumn[],
  read: (take: (page: ResultPage) => Promise<void>) => Promise<void>,
): Promise<number> {
  const gzip = createGzip();
  const written = pipeline(gzip, createWriteStream(path)).catch((error: Error) => {
    throw new WarehouseError('surroundings', `cannot write "${path}": ${error.message}`);
  });
  written.catch(() => undefined);
  let count = 0;
  try {
    await read(async ({ rows }) => {
      if (rows.length === 0) return;
      count += rows.length;
      const text = rows.map((row) => `${rowLine(columns, row)}\n`).join('');
      if (!gzip.write(text)) await Promise.race([once(gzip, 'drain'), written]);
    });
  } finally {
    gzip.end();
    await written;
  }
  return count;
}

/**
 * Writes a row as one line of JSON. Integers keep their digits as they were sent: a number of JavaScript
 * could lose the last ones.
 */
export function rowLine(columns: readonly RowFileColumn[], { f: cells = [] }: ResultRow): string {
  const values = columns.map(({ name, type }, index) => {
    return `${JSON.stringify(name)}:${jsonValue(type, cells[index]?.v ?? null)}`;
  });
  return `{${values.join(',')}}`;
}

function jsonValue(type: ColumnType, value: NonNullable<ResultCell['v']> | null): string {
  if (type.kind === 'ARRAY') {
    const elements = typeof value === 'object' && value !== null ? value : [];
    return `[${elements.map(({ v }) => jsonValue({ kind: type.element }, v ?? null)).join(',')}]`;
  }
  if (value === null || typeof value !== 'string') return 'null';
  switch (type.kind) {
    case 'INT64':
    case 'FLOAT64':
    case 'BOOL':
      return value;
    case 'TIMESTAMP':
      return JSON.stringify(utcIso(value));
    case 'STRING':
    case 'DATE':
    case 'NUMERIC':
      return JSON.stringify(value);
  }
}
