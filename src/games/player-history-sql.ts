import type { SqlContext } from '../table/sql-context.ts';
import { columnsSummed, type GameSum, windowSizes } from './game-sums.ts';
import { gamesBeforeCtes } from './games-before-sql.ts';

/**
 * What `history` reads of player_game_summary for some sums.
 * @param ofLatest other columns that it has as in his latest game.
 */
export function historyInput(
  sums: readonly GameSum[],
  ofLatest: readonly string[] = [],
): readonly string[] {
  return [
    'universal_player_id',
    'game_date',
    'season_year',
    'is_active',
    ...ofLatest,
    ...columnsSummed(sums),
  ];
}

/** The INT64 columns of `history` for some sums: counts of games, and the sums. */
export function historyColumns(sums: readonly GameSum[]): readonly string[] {
  const counts = windowSizes(sums).map((size) => `games_${size}`);
  return ['games_season', ...counts, ...sums.map(({ name }) => name)];
}

/**
 * CTEs that end in `history`: for each target date and player with an active game this season before
 * it, the {@link historyColumns}. Only active games count, and none of the date itself.
 * @param ofLatest other columns, as in his latest game.
 * @param window a number of games, for `over_break`: whether a long break lies between or after his last ones.
 */
export function playerHistoryCtes(
  { sql, input }: SqlContext,
  sums: readonly GameSum[],
  ofLatest: readonly string[] = [],
  window?: number,
): string {
  return gamesBeforeCtes(
    { sql },
    {
      ...{ name: 'history', entity: 'universal_player_id', ofLatest, sums, window },
      from: `FROM ${input('player_game_summary')} AS game
  WHERE is_active`,
      sizes: windowSizes(sums),
    },
  );
}
