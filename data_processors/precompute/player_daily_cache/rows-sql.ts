import { sumsOf } from '../../../src/games/games-measures.ts';
import { historyColumns, playerHistoryCtes } from '../../../src/games/player-history-sql.ts';
import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { candidateExclusion, candidatesCtes } from '../../shared/roster/upcoming-players-sql.ts';
import { measures, playerMeasures, teamMeasures, zoneMeasures } from './measures.ts';
import { teamFormCtes } from './team-form-sql.ts';

/** One row per upcoming player with enough games. */
export function rowsSql(context: SqlContext): string {
  const { sql, input } = context;
  const playerSums = sumsOf(playerMeasures);
  const teamSums = sumsOf(teamMeasures);
  return `
WITH ${candidatesCtes(context)},
${playerHistoryCtes(context, playerSums)},
${teamFormCtes(context, teamSums)},
cached AS (
  SELECT
    candidates.*,
    ${historyColumns(playerSums)
      .map((name) => `history.${name}`)
      .join(',\n    ')},
    COALESCE(team_form.team_games, 0) AS team_games,
    ${teamSums.map(({ name }) => `team_form.${name}`).join(',\n    ')},
    zones.universal_player_id IS NOT NULL AS has_zones,
    zones.is_production_ready AS zones_ready,
    zones.total_shots_last_10,
    ${zoneMeasures.map(({ name }) => `zones.${name}`).join(',\n    ')}
  FROM candidates
  LEFT JOIN history
    ON history.analysis_date = candidates.game_date
    AND history.universal_player_id = candidates.universal_player_id
  LEFT JOIN team_form
    ON team_form.analysis_date = candidates.game_date
    AND team_form.team_abbr = candidates.team_abbr
  LEFT JOIN ${input('player_shot_zone_analysis')} AS zones
    ON zones.analysis_date = candidates.game_date
    AND zones.universal_player_id = candidates.universal_player_id
)
SELECT
  ${selectList(measures, sql)},
  ${candidateExclusion(context, '1000 * games_in_sample')}
FROM cached`;
}
