export interface GameWindowColumns {
  /** The column that says whose games they are: a team or a player. */
  readonly entity: string;
  readonly seasonYear: string;
  readonly gameDate: string;
}

/** The columns of player_game_summary, where a relation of its rows stands alone. */
export const playerGames: GameWindowColumns = {
  entity: 'universal_player_id',
  seasonYear: 'season_year',
  gameDate: 'game_date',
};

/**
 * WINDOW clause over the games of an entity within a season: `season` in order of date, `to_date` up
 * to and including a game, and `last_<n>` for each size, the game itself being the last.
 */
export function gameWindows(
  { entity, seasonYear, gameDate }: GameWindowColumns,
  sizes: readonly number[],
): string {
  const games = `PARTITION BY ${entity}, ${seasonYear} ORDER BY ${gameDate}`;
  const frame = (from: string) => `ROWS BETWEEN ${from} PRECEDING AND CURRENT ROW`;
  const windows = [
    `season AS (${games})`,
    `to_date AS (${games} ${frame('UNBOUNDED')})`,
    ...sizes.map((size) => `last_${size} AS (${games} ${frame(String(size - 1))})`),
  ];
  return `WINDOW\n    ${windows.join(',\n    ')}`;
}
