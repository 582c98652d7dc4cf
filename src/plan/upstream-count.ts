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
  const scheduled = calendar.gameDatesIn(seasonYear, addDays(date, -lookback.days), date);
  const available = scheduled.filter((day) => lookback.tables.every((table) => has(table, day)));
  return {
    available: available.length,
    scheduled: scheduled.length,
    lookback: lookback.days,
    complete:
      available.length >= Math.min(0.8 * lookback.days, 20) ||
      available.length === scheduled.length,
  };
}
