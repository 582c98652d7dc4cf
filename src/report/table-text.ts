import type { Column } from '../sql/column.ts';
import { typeText } from '../sql/type-text.ts';
import { storedColumns } from '../table/provenance.ts';
import { qualifiedName, type TableDefinition } from '../table/table-definition.ts';
import { columnsReadText } from './words/columns-text.ts';
import { alignColumns } from './words/format.ts';
import { toJson } from './words/json.ts';
import { windowText } from './words/window-text.ts';

/** What `tables` shows: every table under its dataset, with what it is for. */
export function tableListLines(tables: readonly TableDefinition[]): readonly string[] {
  const width = Math.max(...tables.map(({ name }) => name.length));
  return [...Map.groupBy(tables, ({ dataset }) => dataset)].flatMap(([dataset, own], index) => [
    ...(index > 0 ? [''] : []),
    `${dataset}:`,
    ...own.map(({ name, purpose }) => `  ${name.padEnd(width)}  ${purpose}`),
  ]);
}

/** One object per table. */
export function tableListJson(tables: readonly TableDefinition[]): readonly string[] {
  return tables.map((table) => toJson(headJson(table)));
}

/** What `describe` shows: what a table is for, what it reads, its options and its columns. */
export function describeLines(table: TableDefinition): readonly string[] {
  const lines = [
    `${qualifiedName(table)}: ${table.purpose}`,
    `key ${table.key.join(', ')}; partitioned by ${table.partition}`,
  ];
  if (table.kind === 'computed') {
    lines.push('', 'reads:', ...table.inputs.map(inputLine));
    if (table.options.length > 0) lines.push('', 'options:', ...table.options.map(optionLine));
  }
  const rows = storedColumns(table).map((column) => [
    `  ${column.name}`,
    typeText(column.type),
    column.unit ?? '',
    `${column.meaning}${rangeText(column)}${column.nullWhen === undefined ? '' : `; NULL when ${column.nullWhen}`}`,
  ]);
  return [...lines, '', 'columns:', ...alignColumns(rows)];
}

/** The table, then one object per column. */
export function describeJson(table: TableDefinition): readonly string[] {
  return [
    headJson(table),
    ...storedColumns(table).map(({ name, type, unit, meaning, nullWhen, range }) => ({
      type: 'column',
      name,
      sql_type: typeText(type),
      unit: unit ?? null,
      meaning,
      null_when: nullWhen ?? null,
      range: range ? { min: range.min, max: range.max } : null,
    })),
  ].map(toJson);
}

function headJson(table: TableDefinition): object {
  const { name, dataset, kind, purpose, key, partition } = table;
  const inputs = table.kind === 'computed' ? table.inputs.map((input) => input.table) : [];
  return { type: 'table', name, dataset, kind, purpose, key, partition, inputs };
}

function inputLine({
  table,
  windows,
  columns,
  required,
}: Extract<TableDefinition, { kind: 'computed' }>['inputs'][number]): string {
  const read = columnsReadText(columns);
  return `  ${table}: ${windows.map(windowText).join('; ')}${read === undefined ? '' : `; ${read}`}${required ? '' : ' (optional)'}`;
}

function optionLine({
  name,
  meaning,
  fallback,
  min,
  max,
}: Extract<TableDefinition, { kind: 'computed' }>['options'][number]): string {
  return `  ${name}: ${meaning}; ${fallback} unless given, from ${min} to ${max}`;
}

function rangeText({ range }: Column): string {
  return range ? `; from ${range.min} to ${range.max}` : '';
}
