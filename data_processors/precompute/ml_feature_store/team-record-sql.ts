import { gameWindows } from '../../../src/games/game-windows-sql.ts';
import { latestBefore } from '../../../src/games/team-games-sql.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';

/** CTEs that end in `team_record`: games and wins of each team this season before a date. */
export function teamRecordCtes({ sql, input }: SqlContext): string {
  return `record_rolled AS (
  SELECT
    team_abbr,
    season_year,
    game_date,
    LEAD(game_date) OVER season AS next_game_date,
    ROW_NUMBER() OVER season AS record_games,
    ${sql.sumOver('CASE WHEN win_flag THEN 1 ELSE 0 END', 'to_date')} AS record_wins
  FROM ${input('team_offense_game_summary')} AS game
  ${gameWindows({ entity: 'team_abbr', seasonYear: 'season_year', gameDate: 'game_date' }, [])}
),
team_record AS (
  SELECT target_dates.analysis_date, record_rolled.*
  FROM target_dates
  INNER JOIN record_rolled
    ON ${latestBefore('record_rolled')}
)`;
}
