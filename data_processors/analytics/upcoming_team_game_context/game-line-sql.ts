import type { SqlContext } from '../../../src/table/sql-context.ts';
import { capturedInTime } from '../../shared/lines/points-line-sql.ts';

/** Lines outside of these bounds are slips of the source, for example of another market. */
export const plausibleSpread = { min: -25, max: 25 } as const;
export const plausibleTotal = { min: 180, max: 270 } as const;

/**
 * CTEs that end in `game_line`: the line of each game of `slate_games` that has one.
 * (nba_game_id, game_date, line_home, home_spread, total, implausible), the spread from the line's
 * own home team. Only what was seen before tip-off counts, unless `accept_closing_lines` lets in
 * lines without a capture time.
 */
export function gameLineCtes({ sql, input, option }: SqlContext): string {
  return `offered_lines AS (
  SELECT
    game.nba_game_id,
    game.game_date,
    line.home_team_abbr AS line_home,
    line.home_spread,
    line.total,
    ROW_NUMBER() OVER (
      PARTITION BY game.nba_game_id, game.game_date
      ORDER BY
        CASE WHEN line.total IS NULL THEN 1 ELSE 0 END,
        line.captured_at DESC NULLS LAST,
        line.tipoff_at ASC NULLS LAST,
        line.event_id
    ) AS choice
  FROM slate_games AS game
  INNER JOIN ${input('game_lines')} AS line
    ON line.game_date = game.game_date
    AND line.home_team_abbr IN (game.team_a_abbr, game.team_b_abbr)
    AND line.away_team_abbr IN (game.team_a_abbr, game.team_b_abbr)
  WHERE ${capturedInTime('line', 'game')}
    AND (
      line.captured_at <= COALESCE(line.tipoff_at, game.tipoff_at, ${sql.dayBegins('game.game_date')})
      OR (line.captured_at IS NULL AND ${option('accept_closing_lines')} = 1)
    )
),
game_line AS (
  SELECT
    nba_game_id,
    game_date,
    line_home,
    CASE WHEN home_spread ${within(plausibleSpread)} THEN home_spread END AS home_spread,
    CASE WHEN total ${within(plausibleTotal)} THEN total END AS total,
    home_spread NOT ${within(plausibleSpread)} OR total NOT ${within(plausibleTotal)} AS implausible
  FROM offered_lines
  WHERE choice = 1
)`;
}

function within({ min, max }: { readonly min: number; readonly max: number }): string {
  return `BETWEEN ${min} AND ${max}`;
}
