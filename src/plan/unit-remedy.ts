import type { GameDate } from '../calendar/game-date.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { optionText } from '../table/table-option.ts';
import { unitOptions } from '../table/unit-options.ts';
import type { World } from '../world/world.ts';
import { sameDayTables } from './find-block.ts';
import type { Plan, PlannedUnit } from './plan.ts';
import { type Remedy, type RemedyDates, type RunRemedy, rangeOf } from './remedy.ts';
import { stateRow } from './unit-state.ts';

/**
 * The one command after which a unit is what it is owed to be, or that brings what it waits for; `undefined` where
 * nothing is to be mended.
 * @param plan of all computed tables over all dates that the unit may read.
 */
export function unitRemedy(world: World, plan: Plan, unit: PlannedUnit): Remedy | undefined {
  const { table, date, state, remedy, otherOptions } = unit;
  switch (stateRow(state).action) {
    case 'block':
      return remedy;
    case 'run': {
      const needed = neededFirst(world, plan, unit);
      if (needed.length === 0) return remake(world, table, date);
      if ([unit, ...needed].every((one) => one.state === 'stale')) return { verb: 'run_stale' };
      const own = new Set([unit, ...needed].map((one) => one.table));
      const all = world.tables.computed.map(({ name }) => name);
      return {
        verb: 'run',
        mode: 'backfill',
        tables: own.size === all.length ? undefined : all.filter((name) => own.has(name)),
        dates: datesOf([unit, ...needed]),
      };
    }
    case 'skip':
      return otherOptions && { verb: 'run_stale', restateOptions: true };
  }
}

function datesOf(units: readonly PlannedUnit[]): RemedyDates {
  const dates = [...new Set(units.map(({ date }) => date))].sort();
  return dates.length === 1 ? { kind: 'list', dates } : rangeOf(dates);
}

/** The units of a plan that are to be worked before one, because it reads them or what is made of them. */
function neededFirst(world: World, plan: Plan, unit: PlannedUnit): readonly PlannedUnit[] {
  const pending = Map.groupBy(
    plan.units.filter(({ action, date }) => action === 'run' && date <= unit.date),
    ({ table }) => table,
  );
  const found = new Set([unit]);
  // What is added while the loop goes on is looked at too.
  for (const { table: name, date } of found) {
    const table = world.tables.computedTable(name);
    for (const same of sameDayTables(table)) {
      for (const one of pending.get(same) ?? []) if (one.date === date) found.add(one);
    }
    for (const input of table.inputs) {
      const units = pending.get(input.table) ?? [];
      for (const window of units.length > 0 ? input.windows : []) {
        const { from, before } = world.windows.span(window, date);
        for (const one of units) {
          const isNear = from <= one.date && one.date < before;
          if (isNear && world.windows.reads(window, date, one.date)) found.add(one);
        }
      }
    }
  }
  found.delete(unit);
  return [...found];
}

/** Makes the unit again with the options it was made with. */
function remake(
  { tables, ledger, options: usualOptions }: World,
  name: string,
  date: GameDate,
): RunRemedy {
  const table = tables.computedTable(name);
  const record = ledger.get(name, date);
  const usual: Record<string, number> = JSON.parse(unitOptions(table, usualOptions).text);
  const recorded: Record<string, number> = record ? JSON.parse(record.options) : {};
  const options = Object.entries(recorded).filter(([option, value]) => usual[option] !== value);
  return {
    verb: 'run',
    mode: 'backfill',
    tables: [name],
    dates: { kind: 'list', dates: [date] },
    options: Object.fromEntries(
      options.map(([option, value]) => [option, typed(table, option, value)]),
    ),
  };
}

/** A value as `--option` takes it. */
function typed({ options }: ComputedTable, name: string, value: number): string {
  const option = options.find((declared) => declared.name === name);
  return option ? optionText(option, value) : String(value);
}
