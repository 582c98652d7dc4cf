import type { IssueRule } from '../../../src/sql/sql-dialect.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { completenessSelect, sampleSelect } from '../../shared/measures/sample-measures.ts';
import {
  candidateExclusion,
  candidateSample,
  candidatesCtes,
} from '../../shared/roster/upcoming-players-sql.ts';
import { componentCtes } from './components-sql.ts';
import { fatigueFactors } from './fatigue.ts';
import { matchedCte } from './matchup-sql.ts';

const missingFields: readonly IssueRule[] = [
  { code: 'days_rest', when: 'days_rest IS NULL' },
  {
    code: 'projected_usage_rate',
    when: 'projected_usage_rate IS NULL OR avg_usage_rate_last_7_games IS NULL',
  },
  { code: 'pace_differential', when: 'pace_differential IS NULL' },
  { code: 'player_shot_zone', when: 'mismatch_zone IS NULL' },
  {
    code: 'team_defense_zone',
    when: 'NOT has_defense_zones OR (mismatch_zone IS NOT NULL AND mismatch_defense_vs_league_avg IS NULL)',
  },
];

const warnings: readonly IssueRule[] = [
  { code: 'EXTREME_FATIGUE', when: 'fatigue_score < 50' },
  { code: 'EXTREME_MATCHUP', when: 'ABS(shot_zone_mismatch_score) > 8' },
  { code: 'EXTREME_ADJUSTMENT', when: 'ABS(total_composite_adjustment) > 12' },
];

/** One row per upcoming player with enough games. */
export function rowsSql(context: SqlContext): string {
  const { sql } = context;
  const missingCount = missingFields
    .map(({ when }) => `CASE WHEN ${when} THEN 1 ELSE 0 END`)
    .join(' + ');
  return `
WITH ${candidatesCtes(context)},
${matchedCte(context)},
${componentCtes(context)}
SELECT
  universal_player_id,
  player_lookup,
  player_full_name,
  game_date,
  game_id,
  season_year,
  team_abbr,
  opponent_team_abbr,
  fatigue_score,
  fatigue_adjustment,
  shot_zone_mismatch_score,
  pace_score,
  usage_spike_score,
  total_composite_adjustment,
  ${sql.codes(fatigueFactors)} AS fatigue_factors,
  mismatch_zone,
  mismatch_zone_rate,
  mismatch_defense_vs_league_avg,
  ${inWords('shot_zone_mismatch_score', ['favorable', 'unfavorable', 'neutral'], 'mismatch_zone IS NULL OR mismatch_defense_vs_league_avg IS NULL')} AS mismatch_type,
  pace_differential,
  ${inWords('pace_differential', ['fast', 'slow', 'normal'], 'pace_differential IS NULL')} AS pace_environment,
  projected_usage_rate,
  avg_usage_rate_last_7_games,
  star_teammates_out,
  ${inWords('projected_usage_rate - avg_usage_rate_last_7_games', ['spike', 'drop', 'stable'], 'spike_tenths IS NULL')} AS usage_trend,
  'v1_4factors' AS calculation_version,
  ${sql.codes(missingFields)} AS missing_data_fields,
  ${sql.decimal(`200 * (5 - (${missingCount}))`, 1)} AS data_completeness_pct,
  ${warnings.map(({ when }) => when).join(' OR ')} AS has_warnings,
  ${sql.codes(warnings)} AS warning_details,
  games_in_sample,
  ${completenessSelect(sql, candidateSample)},
  ${sampleSelect(sql, candidateSample, { window: 10, high: 10, medium: 7 })},
  ${sql.issues([
    { code: 'missing_upstream_games', when: 'expected_games > actual_games' },
    { code: 'player_shot_zone_missing', when: 'NOT has_zones' },
    { code: 'player_shot_zone_not_ready', when: 'NOT zones_ready' },
    { code: 'team_defense_zone_missing', when: 'NOT has_defense' },
    { code: 'team_defense_zone_not_ready', when: 'NOT defense_ready' },
    { code: 'thin_window', when: 'games_in_sample < 10' },
  ])} AS data_quality_issues,
  ${candidateExclusion(context, '1000 * games_in_sample')}
FROM scored`;
}

/** A figure beyond ±2 in words, NULL where it is unknown. */
function inWords(
  value: string,
  [above, below, between]: readonly [string, string, string],
  unknown: string,
): string {
  return `CASE
    WHEN ${unknown} THEN NULL
    WHEN ${value} > 2 THEN '${above}'
    WHEN ${value} < -2 THEN '${below}'
    ELSE '${between}'
  END`;
}
