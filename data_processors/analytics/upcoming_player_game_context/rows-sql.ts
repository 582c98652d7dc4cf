import { teamCompletenessCtes } from '../../../src/games/team-completeness-sql.ts';
import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { candidateCtes } from './candidates-sql.ts';
import { injuryStatusCtes } from './injury-status-sql.ts';
import { lineStreakCtes } from './line-streaks-sql.ts';
import { measures } from './measures.ts';
import { playerFormCtes } from './player-form-sql.ts';
import { teamFormCtes } from './team-form-sql.ts';

/** One row per player of the point-in-time roster of each team of the date. */
export function rowsSql(context: SqlContext): string {
  const { sql, input } = context;
  return `
WITH ${playerFormCtes(context)},
${candidateCtes(context)},
${teamFormCtes(context)},
${lineStreakCtes(context)},
${teamCompletenessCtes(context)},
${injuryStatusCtes(context)}
SELECT
  ${selectList(measures, sql)}
FROM informed AS candidate
INNER JOIN workload
  ON workload.is_candidate
  AND workload.universal_player_id = candidate.universal_player_id
  AND workload.game_date = candidate.game_date
LEFT JOIN matchup
  ON matchup.game_date = candidate.game_date
  AND matchup.team_abbr = candidate.team_abbr
LEFT JOIN team_known
  ON team_known.analysis_date = candidate.game_date
  AND team_known.team_abbr = candidate.team_abbr
LEFT JOIN team_known AS opponent_known
  ON opponent_known.analysis_date = candidate.game_date
  AND opponent_known.team_abbr = candidate.opponent_team_abbr
LEFT JOIN lined
  ON lined.game_date = candidate.game_date
  AND lined.universal_player_id = candidate.universal_player_id
LEFT JOIN ${input('players')} AS birth
  ON CAST(birth.player_id AS STRING) = candidate.universal_player_id`;
}
