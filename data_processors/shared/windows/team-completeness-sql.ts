import type { SqlContext } from '../../../src/table/sql-context.ts';
import { gameWindows } from './game-windows-sql.ts';
import { latestBefore, scheduledGames, teamGamesSql } from './team-games-sql.ts';

/**
 * CTEs `team_games`, `team_rows`, `team_rolled` and `team_known`. The last has one row per target
 * date and team with an earlier game: `expected_games`, its last 10 final games by the schedule, and
 * `actual_games`, how many of those same games have any player row of the team. A player's absence
 * is therefore never missing data.
 */
export function teamCompletenessCtes(context: SqlContext): string {
  return `team_games AS (${teamGamesSql(context)}
),
team_rows AS (
  SELECT DISTINCT team_abbr, game_date
  FROM ${context.input('player_game_summary')} AS game
),
team_rolled AS (
  SELECT
    scheduled.team_abbr,
    scheduled.season_year,
    scheduled.game_date,
    LEAD(scheduled.game_date) OVER season AS next_game_date,
    COUNT(*) OVER last_10 AS expected_games,
    COUNT(team_rows.team_abbr) OVER last_10 AS actual_games
  FROM team_games AS scheduled
  LEFT JOIN team_rows
    ON team_rows.game_date = scheduled.game_date
    AND team_rows.team_abbr = scheduled.team_abbr
  ${gameWindows(scheduledGames, [10])}
),
team_known AS (
  SELECT
    target_dates.analysis_date,
    team_rolled.team_abbr,
    team_rolled.expected_games,
    team_rolled.actual_games
  FROM target_dates
  INNER JOIN team_rolled
    ON ${latestBefore('team_rolled')}
)`;
}
