import { gameDate } from '../../src/calendar/game-date.ts';
import { duckdbDialect as sql } from '../../src/sql/duckdb-dialect.ts';
import { type MadeUpRow, madeUpContext } from '../../src/table/made-up-context.ts';
import { stagedSelect } from '../../src/table/staged-select.ts';
import { isComputed, loadTables } from '../../src/table/table-registry.ts';
import type { Row } from '../../src/warehouse/warehouse.ts';
import { openMemoryWarehouse } from './memory-warehouse.ts';

export type { MadeUpRow };

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
/** Answers by their question: made-up rows stand in the text of it, so that nothing can have changed. */
const answers = new Map<string, Promise<readonly Row[]>>();

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
  const select = stagedSelect(
    table,
    madeUpContext(sql, tables, table, inputs, options),
    dates.map(({ date, seasonYear, seasonStart, unbrokenSince = seasonStart }) => ({
      date: gameDate(date),
      seasonYear,
      seasonStart: gameDate(seasonStart),
      unbrokenSince: gameDate(unbrokenSince),
    })),
  );
  const known = answers.get(select);
  if (known) return known;
  // Tests ask several at once, which a warehouse refuses.
  const rows = asked.then(() => warehouse.query(select));
  asked = rows.catch(() => undefined);
  answers.set(select, rows);
  return rows;
}
