import { daysBetween } from './days.ts';
import type { Games } from './final-games.ts';
import { groupBy } from './group-by.ts';
import { oncePerInput } from './once-per-input.ts';

/** Longest time without a game of the league that is no long break, and of a team that is not idle. */
export const LONG_BREAK_DAYS = 30;

const finalDates = oncePerInput((games: Games) => {
  const final = new Set(
    games.game_results.filter((row) => row.status === 'final').map((row) => row.nba_game_id),
  );
  const played = games.schedule.filter((game) => final.has(game.nba_game_id));
  return {
    ofSeason: groupBy(played, (game) => String(game.season_year)),
    ends: new Map<string, string | null>(),
  };
});

/** The date that ended the latest long break of the season, a date itself included; null when there was none. */
export function longBreakEnd(games: Games, season: number, date: string): string | null {
  const { ofSeason, ends } = finalDates(games);
  const key = `${season} ${date}`;
  const known = ends.get(key);
  if (known !== undefined) return known;
  const all = (ofSeason.get(String(season)) ?? []).map((game) => game.game_date);
  const before = [...new Set(all.filter((day) => day < date))].sort();
  let end: string | null = null;
  [...before, date].forEach((day, index) => {
    const previous = before[index - 1];
    if (previous !== undefined && daysBetween(previous, day) > LONG_BREAK_DAYS) end = day;
  });
  ends.set(key, end);
  return end;
}

/** Whether the league had a long break between a day and a later date. */
export function longBreakSince(games: Games, season: number, day: string, date: string): boolean {
  const end = longBreakEnd(games, season, date);
  return end !== null && day < end;
}
