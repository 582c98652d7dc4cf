import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { gameWindows, playerGames } from './game-windows-sql.ts';
import { latestBefore } from './team-games-sql.ts';

/** An INT64 of a player's game, summed up to and including each game. */
export interface HistorySum {
  readonly name: string;
  /** Over columns of player_game_summary. */
  readonly expression: string;
  /** `to_date` for the season so far, or `last_<n>`. */
  readonly window: string;
}

/** What `history` reads of player_game_summary, whatever sums are asked for. */
export const playerHistoryColumns = [
  'universal_player_id',
  'game_date',
  'season_year',
  'is_active',
  'points',
] as const;

/**
 * CTEs that end in `history`: for each target date and player with an active game this season before
 * it, `games_season`, `games_<n>` and `points_<n>` of his last n games, and the sums asked for.
 * Only active games count, and none of the date itself.
 */
export function playerHistoryCtes(
  { sql, input }: SqlContext,
  sizes: readonly number[],
  sums: readonly HistorySum[],
): string {
  const points = [
    { name: 'points_season', expression: 'points', window: 'to_date' },
    ...sizes.map((size) => ({
      name: `points_${size}`,
      expression: 'points',
      window: `last_${size}`,
    })),
  ];
  return `history_rolled AS (
  SELECT
    universal_player_id,
    season_year,
    game_date,
    LEAD(game_date) OVER season AS next_game_date,
    ROW_NUMBER() OVER season AS games_season,
    ${sizes.map((size) => `COUNT(*) OVER last_${size} AS games_${size}`).join(',\n    ')},
    ${[...points, ...sums].map(({ name, expression, window }) => `${sql.sumOver(expression, window)} AS ${name}`).join(',\n    ')}
  FROM ${input('player_game_summary')} AS game
  WHERE is_active
  ${gameWindows(playerGames, sizes)}
),
history AS (
  SELECT target_dates.analysis_date, history_rolled.*
  FROM target_dates
  INNER JOIN history_rolled
    ON ${latestBefore('history_rolled')}
)`;
}

/** Mean points of the last 5, the last 10 and all games of `history`, in tenths rounded once. */
export function pointsAverages(sql: SqlDialect): {
  readonly last5: string;
  readonly last10: string;
  readonly season: string;
} {
  return {
    last5: sql.ratio('points_5', 'games_5', 1),
    last10: sql.ratio('points_10', 'games_10', 1),
    season: sql.ratio('points_season', 'games_season', 1),
  };
}
