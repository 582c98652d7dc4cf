import type { SqlContext } from '../../../src/table/sql-context.ts';
import { gameWindows } from '../../shared/windows/game-windows-sql.ts';
import { latestBefore, scheduledGames } from '../../shared/windows/team-games-sql.ts';

/**
 * CTEs that end in `team_form`: pace and rating of each team over its last 10 final games before a
 * date, as sums and counts. Reads `team_games`; a game without a summary is skipped, not replaced.
 */
export function teamFormCtes({ sql, input }: SqlContext): string {
  return `form_rolled AS (
  SELECT
    scheduled.team_abbr,
    scheduled.season_year,
    scheduled.game_date,
    LEAD(scheduled.game_date) OVER season AS next_game_date,
    COUNT(offense.team_abbr) OVER last_10 AS team_games,
    COUNT(offense.pace) OVER last_10 AS paced_games,
    ${sql.sumOver(sql.units('offense.pace', 1), 'last_10')} AS pace_tenths,
    COUNT(offense.offensive_rating) OVER last_10 AS rated_games,
    ${sql.sumOver(sql.units('offense.offensive_rating', 2), 'last_10')} AS rating_hundredths
  FROM team_games AS scheduled
  LEFT JOIN ${input('team_offense_game_summary')} AS offense
    ON offense.game_date = scheduled.game_date
    AND offense.team_abbr = scheduled.team_abbr
  ${gameWindows(scheduledGames, [10])}
),
team_form AS (
  SELECT target_dates.analysis_date, form_rolled.*
  FROM target_dates
  INNER JOIN form_rolled
    ON ${latestBefore('form_rolled')}
)`;
}
