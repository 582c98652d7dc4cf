import type { GameDate } from '../calendar/game-date.ts';
import { lowerBound, type SeasonCalendar } from '../calendar/season-calendar.ts';

/** Number of teams with at least `games` final games in the season of a game date, before it. */
export type TeamsWithGames = (date: GameDate, games: number) => number;

/**
 * Makes the count for a calendar; a season is counted when it is first asked for. @throws for a day that is
 * no game date.
 */
export function makeTeamsWithGames(calendar: SeasonCalendar): TeamsWithGames {
  // In the list of a season, element k has the number of games that each team played before the k-th game
  // date.
  const bySeason = new Map<number, readonly (readonly number[])[]>();
  const countsOf = (year: number) => {
    const known = bySeason.get(year);
    if (known) return known;
    const played = new Map<string, number>();
    const counts = (calendar.season(year)?.dates ?? []).map((date) => {
      const before = [...played.values()];
      for (const team of calendar.scheduled(date)?.finalTeams ?? []) {
        played.set(team, (played.get(team) ?? 0) + 1);
      }
      return before;
    });
    bySeason.set(year, counts);
    return counts;
  };
  return (date, games) => {
    const year = calendar.scheduled(date)?.seasonYear;
    const season = year === undefined ? undefined : calendar.season(year);
    if (!season) throw new Error(`${date} is not a game date`);
    const counts = countsOf(season.year)[lowerBound(season.dates, date)] ?? [];
    return counts.filter((count) => count >= games).length;
  };
}
