import type { SeasonCalendar } from '../calendar/season-calendar.ts';
import { undatedPartition } from '../window/window.ts';
import type { World } from '../world/world.ts';
import type { Plan, PlannedUnit } from './plan.ts';
import { isOwed, isSettled, type UnitState } from './unit-state.ts';

/** How far a table is in a season. */
export interface CoverageCell {
  readonly table: string;
  readonly seasonYear: number;
  /** Game dates on which rows, or a recorded "nothing to be there", are owed. */
  readonly due: number;
  /** How many of the dates that are due are `done` or `empty`. */
  readonly covered: number;
  readonly states: Readonly<Partial<Record<UnitState, number>>>;
  readonly rows: number;
}

/** Counts the units of a plan by table and season; every number is of scheduled game dates. */
export function countCoverage(plan: Plan, calendar: SeasonCalendar): readonly CoverageCell[] {
  const groups = Map.groupBy(plan.units, (unit) => `${unit.table} ${seasonOf(calendar, unit)}`);
  return [...groups.values()].flatMap((units) => {
    const [first] = units;
    if (!first) return [];
    const states: Partial<Record<UnitState, number>> = {};
    let rows = 0;
    for (const unit of units) {
      states[unit.state] = (states[unit.state] ?? 0) + 1;
      rows += unit.rows ?? 0;
    }
    return [
      {
        table: first.table,
        seasonYear: seasonOf(calendar, first),
        due: units.filter(({ state }) => isOwed(state)).length,
        covered: units.filter(({ state }) => isSettled(state)).length,
        states,
        rows,
      },
    ];
  });
}

/** Raw tables have no units: what counts is which game dates are recorded. Optional ones that are empty, and those without dates, are left out. */
export function countRawCoverage(
  { tables, calendar, ledger }: Pick<World, 'tables' | 'calendar' | 'ledger'>,
  seasonYears: readonly number[],
): readonly CoverageCell[] {
  return tables.all
    .filter(({ dataset }) => dataset === 'nba_raw')
    .filter(({ name }) => [...ledger.of(name).keys()].some((date) => date !== undatedPartition))
    .flatMap(({ name }) =>
      seasonYears.map((seasonYear) => {
        const dates = calendar.season(seasonYear)?.dates ?? [];
        const records = dates.flatMap((date) => ledger.get(name, date) ?? []);
        const done = records.filter(({ state }) => state === 'done').length;
        return {
          table: name,
          seasonYear,
          due: dates.length,
          covered: done,
          states: { done },
          rows: records.reduce((sum, { rows }) => sum + rows, 0),
        };
      }),
    );
}

/** The states of a table's units in one month. */
export interface MonthCell {
  readonly table: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly states: Readonly<Partial<Record<UnitState, number>>>;
}

/** Counts the units of a plan by table and month. */
export function countMonths(plan: Plan): readonly MonthCell[] {
  const groups = Map.groupBy(plan.units, ({ table, date }) => `${table} ${date.slice(0, 7)}`);
  return [...groups.values()].flatMap((units) => {
    const [first] = units;
    if (!first) return [];
    const states: Partial<Record<UnitState, number>> = {};
    for (const { state } of units) states[state] = (states[state] ?? 0) + 1;
    return [{ table: first.table, month: first.date.slice(0, 7), states }];
  });
}

function seasonOf(calendar: SeasonCalendar, unit: PlannedUnit): number {
  const year = calendar.scheduled(unit.date)?.seasonYear;
  if (year === undefined) throw new Error(`${unit.date} is not a game date`);
  return year;
}
