import { type DateDuty, dateDuty } from '../calendar/date-duty.ts';
import type { GameDate } from '../calendar/game-date.ts';
import { hasDate } from '../calendar/season-calendar.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { World } from '../world/world.ts';

/** What many units of a table ask of the same day. */
export interface KnownDays {
  duty(date: GameDate): DateDuty;
  /** Whether all tables that the unit's table looks back on have the day, or will have it. */
  isUpstream(date: GameDate): boolean;
}

/**
 * Remembers for the time of one plan.
 * @param changing dates by table that the plan is about to compute, filled while it is made.
 */
export function makeKnownDays(
  world: World,
  changing: ReadonlyMap<string, readonly GameDate[]>,
): { of(table: ComputedTable): KnownDays } {
  const duty = remembering((date) => dateDuty(world.calendar, date, world.today));
  const has = (name: string, day: GameDate) =>
    (world.ledger.get(name, day)?.rows ?? 0) > 0 || hasDate(changing.get(name), day);
  return {
    // A table looks back on tables and days that are planned before it: nothing of them changes any more.
    of: ({ lookback }) => ({
      duty,
      isUpstream: remembering((day) => lookback?.tables.every((name) => has(name, day)) ?? false),
    }),
  };
}

function remembering<T>(find: (date: GameDate) => T): (date: GameDate) => T {
  const found = new Map<GameDate, T>();
  return (date) => {
    const known = found.get(date);
    if (known !== undefined) return known;
    const value = find(date);
    found.set(date, value);
    return value;
  };
}
