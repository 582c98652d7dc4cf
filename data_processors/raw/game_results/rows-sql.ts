import type { SqlContext } from '../../../src/table/sql-context.ts';

/** One row per game of the schedule. */
export function rowsSql({ sql, input }: SqlContext): string {
  return `
WITH scores AS (
  SELECT nba_game_id, team_abbr, COALESCE(${sql.sum('pts')}, 0) AS points
  FROM ${input('player_box')} AS box
  GROUP BY nba_game_id, team_abbr
)
SELECT
  game.nba_game_id,
  game.game_date,
  CASE
    WHEN home.points IS NULL OR away.points IS NULL THEN 'scheduled'
    ELSE 'final'
  END AS status,
  CASE WHEN away.points IS NOT NULL THEN home.points END AS home_points,
  CASE WHEN home.points IS NOT NULL THEN away.points END AS away_points
FROM ${input('schedule')} AS game
INNER JOIN target_dates
  ON target_dates.analysis_date = game.game_date
LEFT JOIN scores AS home
  ON home.nba_game_id = game.nba_game_id
  AND home.team_abbr = COALESCE(game.home_team_abbr, game.team_b_abbr)
LEFT JOIN scores AS away
  ON away.nba_game_id = game.nba_game_id
  AND away.team_abbr = COALESCE(game.away_team_abbr, game.team_a_abbr)`;
}
