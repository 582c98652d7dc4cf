import type { SqlContext } from '../../../src/table/sql-context.ts';

/**
 * One row per game of the schedule. Box scores of both teams count before what a file says, and only they make a game
 * final: what is computed of a game is computed of its box scores.
 */
export function rowsSql({ sql, input }: SqlContext): string {
  return `
WITH scores AS (
  SELECT nba_game_id, game_date, team_abbr, COALESCE(${sql.sum('pts')}, 0) AS points
  FROM ${input('player_box')} AS box
  GROUP BY nba_game_id, game_date, team_abbr
)
SELECT
  game.nba_game_id,
  game.game_date,
  CASE
    WHEN home.points IS NOT NULL AND away.points IS NOT NULL THEN 'final'
    WHEN entry.home_points IS NOT NULL THEN 'score_only'
    ELSE 'scheduled'
  END AS status,
  CASE
    WHEN home.points IS NOT NULL AND away.points IS NOT NULL THEN home.points
    ELSE entry.home_points
  END AS home_points,
  CASE
    WHEN home.points IS NOT NULL AND away.points IS NOT NULL THEN away.points
    ELSE entry.away_points
  END AS away_points
FROM ${input('schedule')} AS game
INNER JOIN target_dates
  ON target_dates.analysis_date = game.game_date
LEFT JOIN scores AS home
  ON home.nba_game_id = game.nba_game_id
  AND home.game_date = game.game_date
  AND home.team_abbr = COALESCE(game.home_team_abbr, game.team_b_abbr)
LEFT JOIN scores AS away
  ON away.nba_game_id = game.nba_game_id
  AND away.game_date = game.game_date
  AND away.team_abbr = COALESCE(game.away_team_abbr, game.team_a_abbr)
LEFT JOIN (
  SELECT nba_game_id, game_date, home_points, away_points
  FROM ${input('schedule_entries')} AS listed
  WHERE status = 'final'
) AS entry
  ON entry.nba_game_id = game.nba_game_id
  AND entry.game_date = game.game_date`;
}
