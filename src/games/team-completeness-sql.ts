import type { SqlContext } from '../table/sql-context.ts';
import { gameWindows } from './game-windows-sql.ts';
import { latestBefore, scheduledGames, scheduledGamesSql } from './team-games-sql.ts';

/**
 * CTEs `due_games`, `team_rows`, `due_rolled` and `team_known`. The last has one row per target date and
 * team with an earlier game: `expected_games`, its last games by the schedule, and `actual_games`, how many
 * of those same games have any row of the team in `upstream`. A game without a result is expected, so that
 * a log that is missing shows; a player's absence is never missing data. Where `upstream` is read for the
 * season so far, `last_missing_date` is that of the latest game of the season that has no row.
 */
export function teamCompletenessCtes(
  context: SqlContext,
  upstream = 'player_game_summary',
  games = 10,
): string {
  const window = `last_${games}`;
  return `due_games AS (${scheduledGamesSql(context)}
),
team_rows AS (
  SELECT DISTINCT team_abbr, game_date
  FROM ${context.input(upstream)} AS game
),
due_rolled AS (
  SELECT
    scheduled.team_abbr,
    scheduled.season_year,
    scheduled.game_date,
    LEAD(scheduled.game_date) OVER season AS next_game_date,
    COUNT(*) OVER ${window} AS expected_games,
    COUNT(team_rows.team_abbr) OVER ${window} AS actual_games,
    MAX(CASE WHEN team_rows.team_abbr IS NULL THEN scheduled.game_date END) OVER to_date AS last_missing_date
  FROM due_games AS scheduled
  LEFT JOIN team_rows
    ON team_rows.game_date = scheduled.game_date
    AND team_rows.team_abbr = scheduled.team_abbr
  ${gameWindows(scheduledGames, [games])}
),
team_known AS (
  SELECT
    target_dates.analysis_date,
    due_rolled.team_abbr,
    due_rolled.expected_games,
    due_rolled.actual_games,
    due_rolled.last_missing_date
  FROM target_dates
  INNER JOIN due_rolled
    ON ${latestBefore('due_rolled')}
)`;
}
