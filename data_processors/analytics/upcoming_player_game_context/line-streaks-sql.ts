import type { SqlContext } from '../../../src/table/sql-context.ts';
import { lineKnownBefore } from '../../shared/lines/line-known-before.ts';
import { pointsLineCtes } from '../../shared/lines/points-line-sql.ts';

/**
 * CTEs that end in `lined`: the points line of each candidate who has one, with the streaks of his
 * earlier games above and below it.
 */
export function lineStreakCtes(context: SqlContext): string {
  const { sql, input } = context;
  const offered = `
  SELECT candidate.game_date, candidate.universal_player_id, prop.bookmaker, prop.line, prop.captured_at
  FROM candidates AS candidate
  INNER JOIN ${input('schedule')} AS game
    ON game.nba_game_id = candidate.nba_game_id
    AND game.game_date = candidate.game_date
  INNER JOIN ${input('player_props')} AS prop
    ON prop.game_date = candidate.game_date
    AND prop.player_lookup = candidate.player_lookup
  WHERE prop.market = 'points'
    AND ${lineKnownBefore(context, 'prop', 'game', 'candidate.game_date')}`;
  return `${pointsLineCtes('universal_player_id', offered)},
lined_games AS (
  SELECT
    points_lines.game_date,
    points_lines.universal_player_id,
    points_lines.bookmaker,
    points_lines.line,
    earlier.games_played,
    earlier.points > points_lines.line AS is_over,
    earlier.points < points_lines.line AS is_under
  FROM points_lines
  INNER JOIN target_dates
    ON target_dates.analysis_date = points_lines.game_date
  INNER JOIN player_games AS earlier
    ON earlier.universal_player_id = points_lines.universal_player_id
    AND earlier.season_year = target_dates.season_year
    AND earlier.game_date < points_lines.game_date
),
lined_turns AS (
  SELECT
    *,
    MAX(CASE WHEN is_under THEN games_played ELSE 0 END) OVER all_games AS last_under,
    MAX(CASE WHEN is_over THEN games_played ELSE 0 END) OVER all_games AS last_over
  FROM lined_games
  WINDOW all_games AS (PARTITION BY game_date, universal_player_id)
),
lined AS (
  SELECT
    game_date,
    universal_player_id,
    bookmaker,
    line,
    ${sql.countIf('is_over AND games_played > last_under')} AS over_streak,
    ${sql.countIf('is_under AND games_played > last_over')} AS under_streak
  FROM lined_turns
  GROUP BY game_date, universal_player_id, bookmaker, line
)`;
}
