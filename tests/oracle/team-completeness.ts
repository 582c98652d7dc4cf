import type { Row } from './canonical-row.ts';
import type { Games } from './final-games.ts';
import { lastScheduledGames, scheduledGamesBefore } from './final-games.ts';
import { hasPlayerRows } from './player-games.ts';

/** How many of a team's last games by the schedule before a date have rows of its players. */
export function playerRowsOfTeamGames(
  playerRows: readonly Row[],
  games: Games,
  team: string,
  season: number,
  date: string,
  window: number,
): { readonly expectedGames: number; readonly actualGames: number } {
  const expected = lastScheduledGames(games, team, season, date, window);
  const actual = expected.filter((game) => hasPlayerRows(playerRows, game, team));
  return { expectedGames: expected.length, actualGames: actual.length };
}

/** The date of a team's latest game of the season by the schedule that has no row of its players. */
export function lastMissingDate(
  playerRows: readonly Row[],
  games: Games,
  team: string,
  season: number,
  date: string,
): string | undefined {
  return scheduledGamesBefore(games, team, season, date).find(
    (game) => !hasPlayerRows(playerRows, game.nba_game_id, team),
  )?.game_date;
}
