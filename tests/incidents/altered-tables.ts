import type { ComputedTable } from '../../src/table/table-definition.ts';
import {
  loadTables,
  makeTableRegistry,
  type TableRegistry,
} from '../../src/table/table-registry.ts';

/** The registry with computed tables replaced by what `alter` makes of them. */
export async function alteredTables(
  alter: (table: ComputedTable) => ComputedTable,
): Promise<TableRegistry> {
  const { all } = await loadTables();
  return makeTableRegistry(all.map((table) => (table.kind === 'computed' ? alter(table) : table)));
}

/** A table of which only the rows of a condition come out, as if its data were at fault: same version. */
export function onlyRows(table: ComputedTable, condition: string): ComputedTable {
  return {
    ...table,
    rowsSql: (context) => {
      const healthy = table.rowsSql(context);
      const forVersion = table.inputs.every(({ table: name }) => context.input(name) === name);
      return forVersion ? healthy : `SELECT * FROM (${healthy}) AS healthy WHERE ${condition}`;
    },
  };
}

/** A table with some of its columns computed otherwise. */
export function withColumns(
  table: ComputedTable,
  columns: Readonly<Record<string, string>>,
): ComputedTable {
  const replaced = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`);
  return {
    ...table,
    rowsSql: (context) =>
      `SELECT * REPLACE (${replaced.join(', ')}) FROM (${table.rowsSql(context)}) AS healthy`,
  };
}
