import type { SqlContext } from '../../../src/table/sql-context.ts';
import { completenessSelect, sampleSelect } from '../../shared/measures/sample-measures.ts';
import {
  candidateExclusion,
  candidateSample,
  candidatesCtes,
} from '../../shared/roster/upcoming-players-sql.ts';
import {
  type HistorySum,
  playerHistoryCtes,
  pointsAverages,
} from '../../shared/windows/player-history-sql.ts';
import { copiedWorkload, copiedZones } from './measures.ts';
import { teamFormCtes } from './team-form-sql.ts';

/** One row per upcoming player with enough games. */
export function rowsSql(context: SqlContext): string {
  const { sql, input } = context;
  const usageTenths = sql.units('usage_rate', 1);
  const usageGame = 'CASE WHEN usage_rate IS NULL THEN 0 ELSE 1 END';
  const sums: readonly HistorySum[] = [
    { name: 'squares_10', expression: 'points * points', window: 'last_10' },
    { name: 'seconds_10', expression: 'seconds_played', window: 'last_10' },
    { name: 'seconds_season', expression: 'seconds_played', window: 'to_date' },
    { name: 'usage_tenths_10', expression: usageTenths, window: 'last_10' },
    { name: 'usage_games_10', expression: usageGame, window: 'last_10' },
    { name: 'usage_tenths_season', expression: usageTenths, window: 'to_date' },
    { name: 'usage_games_season', expression: usageGame, window: 'to_date' },
    { name: 'fg_attempts_10', expression: 'COALESCE(fg_attempts, 0)', window: 'last_10' },
    { name: 'ft_attempts_10', expression: 'COALESCE(ft_attempts, 0)', window: 'last_10' },
  ];
  const points = pointsAverages(sql);
  return `
WITH ${candidatesCtes(context)},
${playerHistoryCtes(context, [5, 10], sums)},
${teamFormCtes(context)},
cached AS (
  SELECT
    candidates.*,
    history.points_5,
    history.games_5,
    history.points_10,
    history.games_10,
    history.points_season,
    history.games_season,
    ${sums.map(({ name }) => `history.${name}`).join(',\n    ')},
    COALESCE(team_form.team_games, 0) AS team_games,
    team_form.paced_games,
    team_form.pace_tenths,
    team_form.rated_games,
    team_form.rating_hundredths,
    zones.universal_player_id IS NOT NULL AS has_zones,
    zones.is_production_ready AS zones_ready,
    ${copiedZones.map(({ name }) => `zones.${name}`).join(',\n    ')}
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
  universal_player_id,
  player_lookup,
  player_full_name,
  game_date AS cache_date,
  season_year,
  game_id,
  team_abbr,
  opponent_team_abbr,
  ${points.last5} AS points_avg_last_5,
  ${points.last10} AS points_avg_last_10,
  ${points.season} AS points_avg_season,
  ${sql.rootRatio('games_10 * squares_10 - points_10 * points_10', 'games_10 * (games_10 - 1)', 2)} AS points_std_last_10,
  ${sql.ratio('seconds_10', '60 * games_10', 1)} AS minutes_avg_last_10,
  ${sql.ratio('seconds_season', '60 * games_season', 1)} AS minutes_avg_season,
  ${sql.ratio('usage_tenths_10', '10 * usage_games_10', 2)} AS usage_rate_last_10,
  ${sql.ratio('usage_tenths_season', '10 * usage_games_season', 2)} AS player_usage_rate_season,
  ${sql.ratio('50 * points_10', '100 * fg_attempts_10 + 44 * ft_attempts_10', 3)} AS ts_pct_last_10,
  games_played_season,
  ${sql.ratio('pace_tenths', '10 * paced_games', 1)} AS team_pace_last_10,
  ${sql.ratio('rating_hundredths', '100 * rated_games', 2)} AS team_off_rating_last_10,
  ${[...copiedWorkload, ...copiedZones].map(({ name }) => name).join(',\n  ')},
  'v1' AS cache_version,
  games_in_sample,
  ${completenessSelect(sql, candidateSample)},
  ${sampleSelect(sql, candidateSample, { window: 10, high: 10, medium: 7 })},
  ${sql.issues([
    { code: 'missing_upstream_games', when: 'expected_games > actual_games' },
    { code: 'no_shot_zones', when: 'has_zones AND paint_rate_last_10 IS NULL' },
    { code: 'no_team_games', when: 'team_games = 0' },
    { code: 'player_shot_zone_missing', when: 'NOT has_zones' },
    { code: 'player_shot_zone_not_ready', when: 'NOT zones_ready' },
    { code: 'thin_window', when: 'games_in_sample < 10' },
  ])} AS data_quality_issues,
  ${candidateExclusion(context, '1000 * games_in_sample')}
FROM cached`;
}
