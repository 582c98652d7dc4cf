import { daysBetween, type GameDate } from './game-date.ts';
import { type SeasonCalendar, seasonOf } from './season-calendar.ts';

/** More days than this without a game of the league, and what was before tells no longer how anybody plays. */
export const longBreakDays = 30;

/**
 * The day since which the league has played without a long break before a game date: the start of the season, or
 * the first game date after its latest break of more than {@link longBreakDays}, which may be the date itself. Only
 * games that are final end a break, as only they are in a window.
 * @throws when it is not a game date.
 */
export function unbrokenSince(calendar: SeasonCalendar, date: GameDate): GameDate {
  const season = seasonOf(calendar, date);
  if (!season) throw new Error(`${date} is not a game date`);
  let later = date;
  for (const day of calendar.gameDatesIn(season.year, season.start, date).toReversed()) {
    if (calendar.scheduled(day)?.finalTeams.length === 0) continue;
    if (daysBetween(day, later) > longBreakDays) return later;
    later = day;
  }
  return season.start;
}
