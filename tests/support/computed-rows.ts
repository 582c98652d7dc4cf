import { gameDate } from '../../src/calendar/game-date.ts';
import type { Column } from '../../src/sql/column.ts';
import { duckdbDialect as sql } from '../../src/sql/duckdb-dialect.ts';
import { declaredColumns, emptySelect } from '../../src/table/check-shape.ts';
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
  /** The season's start unless given: there was no long break. */
  readonly unbrokenSince?: string;
}

const tables = await loadTables();
/** One for all test files of a worker, whose end closes it: nothing is ever written to it. */
const warehouse = await openMemoryWarehouse();
let asked: Promise<unknown> = Promise.resolve();

/**
 * The rows a table's SQL makes of made-up inputs, entities left out included, in no order. Of an input it
 * sees what it declares, as in a run.
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
  const table = tables.get(name);
  if (!table || !isComputed(table)) throw new Error(`${name} is not a computed table`);
  const shown = declaredColumns(tables, table);
  for (const [input, rows] of Object.entries(inputs)) {
    if (!shown.has(input)) throw new Error(`${name} has no input ${input}`);
    refuseUnknown(input, rows);
  }
  const select = stagedSelect(
    table,
    {
      sql,
      input: (input) => madeUpRelation(shown.get(input) ?? [], inputs[input] ?? []),
      option: (option) => {
        const declared = table.options.find((candidate) => candidate.name === option);
        if (!declared) throw new Error(`${name} has no option ${option}`);
        return String(options[option] ?? declared.fallback);
      },
    },
    dates.map(({ date, seasonYear, seasonStart, unbrokenSince = seasonStart }) => ({
      date: gameDate(date),
      seasonYear,
      seasonStart: gameDate(seasonStart),
      unbrokenSince: gameDate(unbrokenSince),
    })),
  );
  // Tests ask several at once, which a warehouse refuses.
  const rows = asked.then(() => warehouse.query(select));
  asked = rows.catch(() => undefined);
  return rows;
}

function refuseUnknown(input: string, rows: readonly MadeUpRow[]): void {
  const names = new Set(tables.get(input)?.columns.map((column) => column.name));
  const unknown = rows.flatMap((row) => Object.keys(row)).find((name) => !names.has(name));
  if (unknown !== undefined) throw new Error(`${input} has no column ${unknown}`);
}

function madeUpRelation(columns: readonly Column[], rows: readonly MadeUpRow[]): string {
  if (rows.length === 0) return `(${emptySelect(sql, columns)})`;
  const typed = columns.map(
    ({ name, type }) => `CAST(${name} AS ${sql.typeName(type)}) AS ${name}`,
  );
  const given = sql.constants(
    'given',
    columns.map(({ name }) => name),
    rows.map((row) => columns.map(({ name }) => literal(row[name] ?? null))),
  );
  return `(SELECT ${typed.join(', ')} FROM ${given})`;
}

function literal(value: Cell): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return sql.string(value);
  if (typeof value === 'object') return `[${value.map((element) => literal(element)).join(', ')}]`;
  return String(value);
}
