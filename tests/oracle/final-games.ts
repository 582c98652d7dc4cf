import { groupBy } from './group-by.ts';
import { oncePerInput } from './once-per-input.ts';
import type { RawRows, ScheduleRow } from './raw-rows.ts';
import { rowsOnDate } from './rows-on-date.ts';

/** Who played whom, and which of these games are over. */
export type Games = Pick<RawRows, 'schedule' | 'game_results'>;

const finalGamesOfTeam = oncePerInput((games: Games) => {
  const final = new Set(
    games.game_results.filter((row) => row.status === 'final').map((row) => row.nba_game_id),
  );
  const newestFirst = games.schedule
    .filter((game) => final.has(game.nba_game_id))
    .sort((a, b) => (a.game_date < b.game_date ? 1 : a.game_date > b.game_date ? -1 : 0));
  const sides = newestFirst.flatMap((game) => [
    { game, team: game.team_a_abbr },
    { game, team: game.team_b_abbr },
  ]);
  return groupBy(sides, ({ game, team }) => `${game.season_year} ${team}`);
});

/**
 * The season a game date belongs to, from its scheduled games.
 * @throws when no game is scheduled on the date: no table is built for such a date.
 */
export function seasonOfDate(games: Games, date: string): number {
  const game: ScheduleRow | undefined = rowsOnDate(games.schedule, date)[0];
  if (!game) throw new Error(`no game is scheduled on "${date}"`);
  return game.season_year;
}

/** The ids of a team's most recent final games of the season before the date, newest first. */
export function lastFinalGames(
  games: Games,
  team: string,
  season: number,
  date: string,
  count: number,
): readonly string[] {
  const all = finalGamesOfTeam(games).get(`${season} ${team}`) ?? [];
  return all
    .filter(({ game }) => game.game_date < date)
    .slice(0, count)
    .map(({ game }) => game.nba_game_id);
}
