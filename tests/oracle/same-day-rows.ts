import type { Row } from './canonical-row.ts';
import { cell } from './canonical-row.ts';
import { oncePerInput } from './once-per-input.ts';

const byPlayer = oncePerInput(
  (rows: readonly Row[]) => new Map(rows.map((row) => [cell(row, 'universal_player_id'), row])),
);
const byTeam = oncePerInput(
  (rows: readonly Row[]) => new Map(rows.map((row) => [cell(row, 'team_abbr'), row])),
);

/** The row of a player among the rows of one date. */
export function rowOfPlayer(rowsOfDate: readonly Row[], player: string): Row | undefined {
  return byPlayer(rowsOfDate).get(player);
}

/** The row of a team among the rows of one date. */
export function rowOfTeam(rowsOfDate: readonly Row[], team: string): Row | undefined {
  return byTeam(rowsOfDate).get(team);
}
