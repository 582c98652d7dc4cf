import { gameDate } from '../../src/calendar/game-date.ts';
import { duckdbDialect as sql } from '../../src/sql/duckdb-dialect.ts';
import { stagedSelect } from '../../src/table/staged-select.ts';
import { isComputed, loadTables } from '../../src/table/table-registry.ts';
import type { Row } from '../../src/warehouse/warehouse.ts';
import { openMemoryWarehouse } from './memory-warehouse.ts';

type Cell = string | number | boolean | null | readonly (string | number)[];

/** A made-up row of an input; columns that are left out are NULL. */
export type MadeUpRow = Readonly<Record<string, Cell>>;

export interface MadeUpDate {
  readonly date: string;
  readonly seasonYear: number;
  readonly seasonStart: string;
}

/**
 * The rows a table's SQL makes of made-up inputs, entities left out included, in no order.
 * NUMERIC and dates are text.
 * @param inputs rows by input table; an input that is left out is empty.
 * @param options values of options that differ from their defaults.
 */
export async function computedRows(
  name: string,
  inputs: Readonly<Record<string, readonly MadeUpRow[]>>,
  dates: readonly MadeUpDate[],
  options: Readonly<Record<string, number>> = {},
): Promise<readonly Row[]> {
  const tables = await loadTables();
  const table = tables.get(name);
  if (!table || !isComputed(table)) throw new Error(`${name} is not a computed table`);
  const stray = Object.keys(inputs).find(
    (input) => !table.inputs.some((declared) => declared.table === input),
  );
  if (stray !== undefined) throw new Error(`${name} has no input ${stray}`);
  const warehouse = await openMemoryWarehouse();
  try {
    const select = stagedSelect(
      table,
      {
        sql,
        input: (input) => madeUpRelation(tables.get(input)?.columns ?? [], inputs[input] ?? []),
        option: (option) => {
          const declared = table.options.find((candidate) => candidate.name === option);
          if (!declared) throw new Error(`${name} has no option ${option}`);
          return String(options[option] ?? declared.fallback);
        },
      },
      dates.map(({ date, seasonYear, seasonStart }) => ({
        date: gameDate(date),
        seasonYear,
        seasonStart: gameDate(seasonStart),
      })),
    );
    return await warehouse.query(select);
  } finally {
    await warehouse.close();
  }
}

type Columns = Parameters<typeof stagedSelect>[0]['columns'];

function madeUpRelation(columns: Columns, rows: readonly MadeUpRow[]): string {
  for (const row of rows) {
    const unknown = Object.keys(row).find((key) => !columns.some((column) => column.name === key));
    if (unknown !== undefined) throw new Error(`no column ${unknown}`);
  }
  const typed = (row: MadeUpRow) =>
    columns
      .map(
        ({ name, type }) =>
          `CAST(${literal(row[name] ?? null)} AS ${sql.typeName(type)}) AS ${name}`,
      )
      .join(', ');
  const selects = rows.map((row) => `SELECT ${typed(row)}`);
  return `(${[...selects, `SELECT ${typed({})} WHERE FALSE`].join('\nUNION ALL ')})`;
}

function literal(value: Cell): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return sql.string(value);
  if (typeof value === 'object') return `[${value.map((element) => literal(element)).join(', ')}]`;
  return String(value);
}
