import type { LedgerTable } from '../ledger/ledger-tables.ts';
import type { Column } from '../sql/column.ts';
import { typeText } from '../sql/type-text.ts';
import { storedColumns } from '../table/provenance.ts';
import { qualifiedName, type TableDefinition } from '../table/table-definition.ts';
import { optionText, type TableOption } from '../table/table-option.ts';
import { columnsReadText } from './words/columns-text.ts';
import { alignColumns } from './words/format.ts';
import { toJson } from './words/json.ts';
import { windowText } from './words/window-text.ts';

/** A table of a warehouse: by its definition, or one of the ledger, which has no key of its own. */
type ToldTable = TableDefinition | LedgerTable;

/** What `tables` shows: every table under its dataset, with what it is for. */
export function tableListLines(tables: readonly ToldTable[]): readonly string[] {
  const width = Math.max(...tables.map(({ name }) => name.length));
  return [...Map.groupBy(tables, ({ dataset }) => dataset)].flatMap(([dataset, own], index) => [
    ...(index > 0 ? [''] : []),
    `${dataset}:`,
    ...own.map(({ name, purpose }) => `  ${name.padEnd(width)}  ${purpose}`),
  ]);
}

/** One object per table. */
export function tableListJson(tables: readonly ToldTable[]): readonly string[] {
  return tables.map((table) => toJson(headJson(table)));
}

/** What `describe` shows: what a table is for, what it reads, its options and its columns. */
export function describeLines(table: ToldTable): readonly string[] {
  const lines = [`${qualifiedName(table)}: ${table.purpose}`];
  if (isDefined(table)) {
    lines.push(`key ${table.key.join(', ')}; partitioned by ${table.partition}`);
  }
  if (isDefined(table) && table.kind === 'computed') {
    lines.push('', 'reads:', ...table.inputs.map(inputLine));
    if (table.options.length > 0) lines.push('', 'options:', ...table.options.map(optionLine));
  }
  const rows = columnsOf(table).map((column) => [
    `  ${column.name}`,
    typeText(column.type),
    column.unit ?? '',
    `${column.meaning}${rangeText(column)}${column.nullWhen === undefined ? '' : `; NULL when ${column.nullWhen}`}`,
  ]);
  return [...lines, '', 'columns:', ...alignColumns(rows)];
}

/** The table, then one object per column, then one per feature that models are promised, in their order. */
export function describeJson(table: ToldTable): readonly string[] {
  return [
    headJson(table),
    ...columnsOf(table).map(({ name, type, unit, meaning, nullWhen, range }) => ({
      type: 'column',
      name,
      sql_type: typeText(type),
      unit: unit ?? null,
      meaning,
      null_when: nullWhen ?? null,
      range: range ? { min: range.min, max: range.max } : null,
    })),
    ...contractJson(table),
  ].map(toJson);
}

/** What models are promised of a table, a feature each. */
function contractJson(table: ToldTable): readonly object[] {
  const contract = isDefined(table) && table.kind === 'computed' ? table.contract : undefined;
  return (contract?.features ?? []).map(({ name, unit, nullWhen, range }, position) => ({
    type: 'feature',
    feature_version: contract?.version,
    position,
    name,
    unit: unit || null,
    null_when: nullWhen ?? null,
    range: range ? { min: range.min, max: range.max } : null,
  }));
}

function headJson(table: ToldTable): object {
  const { name, dataset, purpose } = table;
  if (!isDefined(table)) return { type: 'table', name, dataset, kind: 'ledger', purpose };
  const { kind, key, partition } = table;
  const inputs = table.kind === 'computed' ? table.inputs.map((input) => input.table) : [];
  return { type: 'table', name, dataset, kind, purpose, key, partition, inputs };
}

function isDefined(table: ToldTable): table is TableDefinition {
  return 'kind' in table;
}

function columnsOf(table: ToldTable): readonly Column[] {
  return isDefined(table) ? storedColumns(table) : table.columns;
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

function optionLine(option: TableOption): string {
  const { name, meaning, min, max, fallback } = option;
  const [usual, least, most] = [fallback, min, max].map((value) => optionText(option, value));
  return `  ${name}: ${meaning}; ${usual} unless given, ${least === 'false' ? 'or true' : `from ${least} to ${most}`}`;
}

function rangeText({ range }: Column): string {
  return range ? `; from ${range.min} to ${range.max}` : '';
}
