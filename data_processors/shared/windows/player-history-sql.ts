import type { SqlContext } from '../../../src/table/sql-context.ts';
import { columnsSummed, type GameSum, sumsSelect, windowSizes } from './game-sums.ts';
import { gameWindows, playerGames } from './game-windows-sql.ts';
import { latestBefore } from './team-games-sql.ts';

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
  const sizes = windowSizes(sums);
  return `history_rolled AS (
  SELECT
    ${['universal_player_id', 'season_year', 'game_date', ...ofLatest].join(',\n    ')},
    LEAD(game_date) OVER season AS next_game_date,
    ROW_NUMBER() OVER season AS games_season,${
      window === undefined
        ? ''
        : `
    MIN(game_date) OVER last_${window} AS window_from,`
    }
    ${sizes.map((size) => `COUNT(*) OVER last_${size} AS games_${size}`).join(',\n    ')},
    ${sumsSelect(sums, sql)}
  FROM ${input('player_game_summary')} AS game
  WHERE is_active
  ${gameWindows(playerGames, sizes)}
),
history AS (
  SELECT target_dates.analysis_date, history_rolled.*${
    window === undefined
      ? ''
      : `,
    history_rolled.window_from < target_dates.unbroken_since AS over_break`
  }
  FROM target_dates
  INNER JOIN history_rolled
    ON ${latestBefore('history_rolled')}
)`;
}
