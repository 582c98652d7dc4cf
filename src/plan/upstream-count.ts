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
  const seasonYear = calendar.scheduled(date)?.seasonYear;
  if (seasonYear === undefined) throw new Error(`${date} is not a game date`);
  const { days, tables } = lookback;
  const scheduled = calendar.gameDatesIn(seasonYear, addDays(date, -days), date);
  let available = 0;
  for (const day of scheduled) {
    if (tables.every((table) => has(table, day))) available += 1;
  }
  return {
    available,
    scheduled: scheduled.length,
    lookback: days,
    complete: available >= Math.min(0.8 * days, 20) || available === scheduled.length,
  };
}
