import { dayNumber, type GameDate, gameDate, parseGameDate } from '../calendar/game-date.ts';
import type { Fixture } from '../project/fixture.ts';
import { BadDefinition } from '../table/bad-definition.ts';
import { type MadeUpCell, type MadeUpRow, madeUpContext } from '../table/made-up-context.ts';
import { didYouMean } from '../table/nearest-name.ts';
import { typedSelect } from '../table/staged-select.ts';
import { type ComputedTable, knownOf, type StoredTable } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { RowChange } from '../verify/compare-rows.ts';
import { type Row, type Value, type Warehouse, WarehouseError } from '../warehouse/warehouse.ts';
import { findTable } from './choose-tables.ts';
import { cellFault } from './fixture-cell.ts';

/** What a table has made of a fixture. */
export interface FixtureResult {
  readonly table: string;
  /** Rows that came out. */
  readonly rows: number;
  /** What was expected (`was`) and what came out (`is`), by player or team; none when all is as expected. */
  readonly differences: readonly RowChange[];
}

/**
 * Computes the rows of a fixture in a warehouse without tables.
 * @param at how the fixture is called in messages.
 * @throws BadDefinition when it names what there is not, or its SQL cannot be carried out; UsageError for a table that
 * there is not, or that is wrong.
 */
export async function checkFixtureIn(
  memory: Warehouse,
  tables: TableRegistry,
  fixture: Fixture,
  at: { readonly name: string; readonly definedIn: string },
): Promise<FixtureResult> {
  const table = findTable(tables, fixture.table);
  const date = gameDate(fixture.date);
  const fault = (what: string) => new BadDefinition(at, `${at.name}: ${what}`);
  const entity = table.key.filter((name) => name !== table.partition);
  refuseRows(fixture.expected, fixture.table, table, entity, fault);
  const filled = Object.entries(fixture.rows).map(([name, rows]) => {
    const input = tables.get(name);
    if (!input) throw fault(`there is no table "${name}"${didYouMean(name, inputsOf(table))}`);
    const whole = rows.map((row) => filledRow(input, row, date));
    refuseRows(whole, name, input, input.key, fault);
    return [name, whole] as const;
  });
  const select = () => {
    const context = madeUpContext(memory.dialect, tables, table, Object.fromEntries(filled));
    return typedSelect(table, context, [season(date)]);
  };
  const computed = await ask(memory, select, fault);
  const made = computed.filter((row) => (row['exclusion_reason'] ?? null) === null);
  return {
    table: table.name,
    rows: made.length,
    differences: compare(entity, fixture.expected, made),
  };
}

async function ask(
  memory: Warehouse,
  select: () => string,
  fault: (what: string) => BadDefinition,
): Promise<readonly Row[]> {
  try {
    return await memory.query(select());
  } catch (error) {
    const isTheirs = !(error instanceof WarehouseError) || error.kind === 'statement';
    const isSql = error instanceof WarehouseError && error.kind === 'definition';
    if (error instanceof Error && (isTheirs || isSql)) throw fault(error.message);
    throw error;
  }
}

function inputsOf({ inputs }: ComputedTable): readonly string[] {
  return inputs.map(({ table }) => table);
}

/** A row with what nobody wants to say of each. */
function filledRow(
  input: StoredTable & Parameters<typeof knownOf>[0],
  row: MadeUpRow,
  date: GameDate,
): MadeUpRow {
  const has = (name: string) => input.columns.some((column) => column.name === name);
  const isOfTheDay = knownOf(input) !== 'after_the_day';
  const dated = isOfTheDay ? { [input.partition]: date, ...row } : row;
  const day = parseGameDate(String(dated[input.partition]));
  return {
    ...(has('is_active') && { is_active: true }),
    ...(has('season_year') && day !== undefined && { season_year: seasonYearOf(day) }),
    ...dated,
  };
}

/** @throws BadDefinition for a row that nobody can tell apart, a column that there is not, or a value that is none of it. */
function refuseRows(
  rows: readonly MadeUpRow[],
  name: string,
  { columns }: StoredTable,
  key: readonly string[],
  fault: (what: string) => BadDefinition,
): void {
  const names = columns.map((column) => column.name);
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const unknown = Object.keys(row).find((column) => !names.includes(column));
    const place = `row ${index + 1} of ${name}`;
    if (unknown !== undefined)
      throw fault(`${place}: there is no column "${unknown}"${didYouMean(unknown, names)}`);
    for (const { name: column, type } of columns) {
      const wrong = cellFault(type, row[column] ?? null);
      if (wrong !== undefined) throw fault(`${place}, ${column}: ${wrong}`);
    }
    const lacking = key.find((column) => (row[column] ?? null) === null);
    if (lacking !== undefined) throw fault(`${place} has no ${lacking}`);
    const text = keyOf(key, row);
    if (seen.has(text)) throw fault(`${place}: there is one of ${text} before it`);
    seen.add(text);
  }
}

function keyOf(key: readonly string[], row: Readonly<Record<string, Value>>): string {
  return key.map((name) => String(row[name])).join(' ');
}

/** The season of a day by the calendar alone: seasons end before August, and begin after it. */
function seasonYearOf(day: GameDate): number {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return month >= 8 ? year : year - 1;
}

function season(date: GameDate) {
  const seasonYear = seasonYearOf(date);
  const seasonStart = gameDate(`${seasonYear}-10-01`);
  const start = dayNumber(seasonStart) < dayNumber(date) ? seasonStart : date;
  return { date, seasonYear, seasonStart: start, unbrokenSince: start };
}

/** Only what is expected of a row is looked at, and every row is. */
function compare(
  entity: readonly string[],
  expected: readonly MadeUpRow[],
  made: readonly Row[],
): readonly RowChange[] {
  const rows = new Map(made.map((row) => [keyOf(entity, row), row]));
  const wanted = new Map(expected.map((row) => [keyOf(entity, row), row]));
  const missing = expected.flatMap((row): readonly RowChange[] => {
    const key = keyOf(entity, row);
    const own = rows.get(key);
    if (!own) return [{ key, kind: 'removed', columns: [] }];
    const columns = Object.entries(row)
      .filter(([name, want]) => !isSame(want, own[name] ?? null))
      .map(([column, want]) => ({ column, was: shown(want), is: shown(own[column] ?? null) }));
    return columns.length === 0 ? [] : [{ key, kind: 'changed', columns }];
  });
  const more = [...rows.keys()]
    .filter((key) => !wanted.has(key))
    .map((key): RowChange => ({ key, kind: 'added', columns: [] }));
  return [...missing, ...more];
}

/** A decimal is text, and may be written down as a number. */
function isSame(want: MadeUpCell, is: Value): boolean {
  if (typeof want === 'number' && typeof is === 'string') return is !== '' && Number(is) === want;
  return shown(want) === shown(is);
}

function shown(value: Value): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
