import { gunzipSync } from 'node:zlib';
import type { ColumnType } from '../../../src/sql/column.ts';
import type { Row, Value } from '../../../src/warehouse/warehouse.ts';
import type { MemoryDatabase, TableColumn } from '../googlesql/memory-database.ts';
import { JobError } from './job-error.ts';
import { withoutExpired } from './partition-values.ts';

/** What a load job is told, as far as the product says it. */
export interface LoadConfiguration {
  readonly sourceFormat?: string;
  readonly writeDisposition?: string;
  readonly schema?: { readonly fields?: readonly LoadedField[] };
  readonly destinationTable?: { readonly datasetId?: string; readonly tableId?: string };
  readonly location?: string;
}

interface LoadedField {
  readonly name: string;
  readonly type: string;
  readonly mode: string;
}

/**
 * Replaces the rows of a table by the lines of a file, held to their types as BigQuery holds them.
 * @throws JobError as BigQuery would answer.
 */
export function loadRows(
  database: MemoryDatabase,
  { sourceFormat, writeDisposition, schema, destinationTable }: LoadConfiguration,
  file: Buffer,
): void {
  if (sourceFormat !== 'NEWLINE_DELIMITED_JSON' || writeDisposition !== 'WRITE_TRUNCATE') {
    throw new Error(`not a load the stand-in knows: ${sourceFormat}, ${writeDisposition}`);
  }
  const columns = (schema?.fields ?? []).map(columnOf);
  const lines = gunzipSync(file).toString('utf8').split('\n');
  const rows = lines.filter((line) => line !== '').map((line) => readLine(columns, line));
  const name = `${destinationTable?.datasetId}.${destinationTable?.tableId}`;
  const known = database.tables().get(name);
  if (!known) throw new JobError(404, 'notFound', `Not found: Table ${name}`);
  const loaded = database.branch();
  loaded.drop(name);
  loaded.create(name, columns, known.partition, known.options);
  loaded.load(name, rows);
  const table = loaded.tables().get(name);
  if (table) database.put(name, withoutExpired(table, Date.now()));
}

function columnOf({ name, type, mode }: LoadedField): TableColumn {
  const column = (kind: ColumnType) => ({ name, type: kind, nullWhen: 'allowed' });
  return column(
    (mode === 'REPEATED' ? { kind: 'ARRAY', element: type } : { kind: type }) as ColumnType,
  );
}

function readLine(columns: readonly TableColumn[], line: string): Row {
  // Whole numbers beyond 2^53 would lose digits; the product has none, and refuses to read one.
  const given: Record<string, Value> = JSON.parse(line);
  const unknown = Object.keys(given).find(
    (name) => !columns.some((column) => column.name === name),
  );
  if (unknown !== undefined) throw invalid(`no such field: ${unknown}`);
  return Object.fromEntries(
    columns.map(({ name, type }) => [name, readValue(name, type, given[name] ?? null)]),
  );
}

const forms: Readonly<Record<Exclude<ColumnType['kind'], 'ARRAY'>, (value: Value) => boolean>> = {
  INT64: (value) => Number.isSafeInteger(value),
  FLOAT64: (value) => typeof value === 'number',
  STRING: (value) => typeof value === 'string',
  BOOL: (value) => typeof value === 'boolean',
  DATE: (value) => /^\d{4}-\d\d-\d\d$/.test(String(value)),
  NUMERIC: (value) => typeof value === 'string' && /^-?\d{1,29}(\.\d{1,9})?$/.test(value),
  TIMESTAMP: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z$/.test(String(value)),
};

function readValue(name: string, type: ColumnType, value: Value): Value {
  if (type.kind === 'ARRAY') {
    if (!Array.isArray(value)) throw invalid(`Repeated field ${name} must be imported as an array`);
    const element = { kind: type.element } as const;
    return value.map((item: Value) => {
      if (item === null) throw invalid(`Only optional fields can be set to NULL: ${name}`);
      return readValue(name, element, item);
    });
  }
  if (value === null || forms[type.kind](value)) return value;
  throw invalid(`Could not parse '${value}' as ${type.kind} for field ${name}`);
}

function invalid(message: string): JobError {
  return new JobError(400, 'invalid', message);
}
