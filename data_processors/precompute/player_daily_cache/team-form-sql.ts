import { type GameSum, sumsSelect, windowSizes } from '../../../src/games/game-sums.ts';
import { gameWindows } from '../../../src/games/game-windows-sql.ts';
import { latestBefore, scheduledGames, teamGamesSql } from '../../../src/games/team-games-sql.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';

/**
 * CTEs that end in `team_form`: sums over the last 10 final games of each team before a date, and
 * `team_games`, how many of them have a summary; a game without one is skipped, not replaced.
 */
export function teamFormCtes(context: SqlContext, sums: readonly GameSum[]): string {
  const { sql, input } = context;
  return `team_games AS (${teamGamesSql(context)}
),
form_rolled AS (
  SELECT
    scheduled.team_abbr,
    scheduled.season_year,
    scheduled.game_date,
    LEAD(scheduled.game_date) OVER season AS next_game_date,
    COUNT(offense.team_abbr) OVER last_10 AS team_games,
    ${sumsSelect(sums, sql)}
  FROM team_games AS scheduled
  LEFT JOIN ${input('team_offense_game_summary')} AS offense
    ON offense.game_date = scheduled.game_date
    AND offense.team_abbr = scheduled.team_abbr
  ${gameWindows(scheduledGames, windowSizes(sums))}
),
team_form AS (
  SELECT target_dates.analysis_date, form_rolled.*
  FROM target_dates
  INNER JOIN form_rolled
    ON ${latestBefore('form_rolled')}
)`;
}
