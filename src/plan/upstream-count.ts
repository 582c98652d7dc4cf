import { addDays, type GameDate } from '../calendar/game-date.ts';
import type { SeasonCalendar } from '../calendar/season-calendar.ts';
import type { Lookback } from '../table/table-definition.ts';
import type { UpstreamCount } from './plan.ts';

/**
 * Counts the game dates of [d − L, d − 1] that upstream tables have, in the season of d. Complete
 * when at least min(0.8·L, 20), or all that the schedule has: an all-star break is not a gap.
 * @param has whether a table has rows for a date, or will have when its turn comes.
 */
export function countUpstream(
  calendar: SeasonCalendar,
  lookback: Lookback,
  date: GameDate,
  has: (table: string, date: GameDate) => boolean,
): UpstreamCount {
  const { days, tables } = lookback;
  return countDays(calendar, days, date, (day) => tables.every((table) => has(table, day)));
}

/** {@link countUpstream} where somebody knows of each day whether all the tables have it. */
export function countDays(
  calendar: SeasonCalendar,
  lookbackDays: number,
  date: GameDate,
  isThere: (date: GameDate) => boolean,
): UpstreamCount {
  const seasonYear = calendar.scheduled(date)?.seasonYear;
  if (seasonYear === undefined) throw new Error(`${date} is not a game date`);
  const scheduled = calendar.gameDatesIn(seasonYear, addDays(date, -lookbackDays), date);
  let available = 0;
  for (const day of scheduled) if (isThere(day)) available += 1;
  return {
    available,
    scheduled: scheduled.length,
    lookback: lookbackDays,
    complete: available >= Math.min(0.8 * lookbackDays, 20) || available === scheduled.length,
  };
}
