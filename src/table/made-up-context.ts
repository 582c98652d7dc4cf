import type { Column } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { declaredColumns, emptySelect } from './check-shape.ts';
import { didYouMean } from './nearest-name.ts';
import type { SqlContext } from './sql-context.ts';
import type { ComputedTable } from './table-definition.ts';
import type { TableRegistry } from './table-registry.ts';

/** A value as it is written down: NUMERIC as a number or as text, dates as text. */
export type MadeUpCell = string | number | boolean | null | readonly (string | number)[];

/** A made-up row of an input; columns that are left out are NULL. */
export type MadeUpRow = Readonly<Record<string, MadeUpCell>>;

/**
 * What a table's SQL sees when its inputs are made up: of each what it declares, as in a run.
 * @param inputs rows by input table; an input that is left out is empty.
 * @param options values of options that differ from their defaults.
 * @throws an error for an input or a column that there is not, and for an option that is not declared.
 */
export function madeUpContext(
  sql: SqlDialect,
  tables: TableRegistry,
  table: ComputedTable,
  inputs: Readonly<Record<string, readonly MadeUpRow[]>>,
  options: Readonly<Record<string, number>> = {},
): SqlContext {
  const shown = declaredColumns(tables, table);
  for (const [input, rows] of Object.entries(inputs)) {
    if (!shown.has(input))
      throw new Error(`${table.name} has no input ${input}${didYouMean(input, [...shown.keys()])}`);
    const names = tables.table(input).columns.map(({ name }) => name);
    const unknown = rows.flatMap((row) => Object.keys(row)).find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw new Error(`${input} has no column ${unknown}${didYouMean(unknown, names)}`);
  }
  return {
    sql,
    input: (input) => madeUpRelation(sql, shown.get(input) ?? [], inputs[input] ?? []),
    option: (option) => {
      const declared = table.options.find((candidate) => candidate.name === option);
      if (!declared) throw new Error(`${table.name} has no option ${option}`);
      return String(options[option] ?? declared.fallback);
    },
  };
}

function madeUpRelation(
  sql: SqlDialect,
  columns: readonly Column[],
  rows: readonly MadeUpRow[],
): string {
  if (rows.length === 0) return `(${emptySelect(sql, columns)})`;
  const typed = columns.map(
    ({ name, type }) => `CAST(${name} AS ${sql.typeName(type)}) AS ${name}`,
  );
  const given = sql.constants(
    'given',
    columns.map(({ name }) => name),
    rows.map((row) => columns.map(({ name }) => literal(sql, row[name] ?? null))),
  );
  return `(SELECT ${typed.join(', ')} FROM ${given})`;
}

function literal(sql: SqlDialect, value: MadeUpCell): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return sql.string(value);
  if (typeof value === 'object')
    return `[${value.map((element) => literal(sql, element)).join(', ')}]`;
  return String(value);
}
