/** What of a player's game is predicted, and what bookmakers offer lines for. */
export interface Market {
  readonly name: string;
  /** In words, with the unit. */
  readonly says: string;
  /** Columns of `player_game_summary` that add up to it. */
  readonly columns: readonly string[];
  /** Columns of `team_offense_game_summary` that add up to it. */
  readonly teamColumns: readonly string[];
}

export const markets: readonly Market[] = [
  market('points', 'points', ['points'], ['points_scored']),
  market('rebounds', 'rebounds', ['rebounds']),
  market('assists', 'assists', ['assists']),
  market('threes', 'three-pointers made', ['three_pt_makes']),
  market('steals', 'steals', ['steals']),
  market('blocks', 'blocks', ['blocks']),
  market('turnovers', 'turnovers', ['turnovers']),
  market(
    'pra',
    'points, rebounds and assists together',
    ['points', 'rebounds', 'assists'],
    ['points_scored', 'rebounds', 'assists'],
  ),
];

function market(
  name: string,
  says: string,
  columns: readonly string[],
  teamColumns = columns,
): Market {
  return { name, says, columns, teamColumns };
}
