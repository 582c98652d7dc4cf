import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { measures } from './measures.ts';

/** Two rows per game: each team's offense row, mirrored to the team that defended. */
export function rowsSql({ sql, input }: SqlContext): string {
  return `
SELECT
  ${selectList(measures, sql)}
FROM ${input('team_offense_game_summary')} AS own
INNER JOIN target_dates
  ON target_dates.analysis_date = own.game_date
INNER JOIN ${input('team_offense_game_summary')} AS opponent
  ON opponent.nba_game_id = own.nba_game_id
  AND opponent.game_date = own.game_date
  AND opponent.team_abbr = own.opponent_team_abbr`;
}
