import type { GameDate } from '../calendar/game-date.ts';
import type { SeasonCalendar } from '../calendar/season-calendar.ts';
import { formatSeason } from '../report/words/format.ts';
import { UsageError } from './usage-error.ts';

/** Days that are asked for, ascending and without repeats; or how they follow from the schedule that is loaded. */
export type AskedDays = readonly GameDate[] | ((calendar: SeasonCalendar) => readonly GameDate[]);

/** The days, once the schedule is there. @throws UsageError when it does not have them. */
export function daysOf(asked: AskedDays, calendar: SeasonCalendar): readonly GameDate[] {
  return typeof asked === 'function' ? asked(calendar) : asked;
}

/** Game dates of a season that is loaded. @throws UsageError when it is not. */
export function datesOfSeason(calendar: SeasonCalendar, year: number): readonly GameDate[] {
  const season = calendar.season(year);
  if (season) return season.dates;
  const loaded = calendar.seasons.map((other) => formatSeason(other.year));
  throw new UsageError(
    `season ${formatSeason(year)} is not loaded (loaded: ${loaded.join(', ') || 'none'})`,
  );
}

/** @throws UsageError for days after today that no schedule knows: a typing error more often than a wish. */
export function refuseUnknownFuture(
  dates: readonly GameDate[],
  calendar: SeasonCalendar,
  today: GameDate,
): void {
  const lastKnown = calendar.dates.at(-1);
  const limit = lastKnown !== undefined && lastKnown > today ? lastKnown : today;
  const beyond = dates.find((date) => date > limit);
  if (beyond !== undefined) {
    throw new UsageError(`${beyond} is later than today, ${today}, and no schedule knows it`);
  }
}
