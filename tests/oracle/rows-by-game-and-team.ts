import type { Row } from './canonical-row.ts';
import { cell } from './canonical-row.ts';
import { oncePerInput } from './once-per-input.ts';

const byGameAndTeam = oncePerInput(
  (rows: readonly Row[]) =>
    new Map(rows.map((row) => [`${cell(row, 'nba_game_id')} ${cell(row, 'team_abbr')}`, row])),
);

/** The row of a team in a game, of a table with one row for each. */
export function rowOfTeamGame(rows: readonly Row[], game: string, team: string): Row | undefined {
  return byGameAndTeam(rows).get(`${game} ${team}`);
}

/** The rows of a team in some games; games without a row are skipped. */
export function rowsOfTeamGames(
  rows: readonly Row[],
  games: readonly string[],
  team: string,
): readonly Row[] {
  return games
    .map((game) => rowOfTeamGame(rows, game, team))
    .filter((row): row is Row => row !== undefined);
}
