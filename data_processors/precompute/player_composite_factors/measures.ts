import {
  type AllowedRange,
  arrayOf,
  bool,
  date,
  int64,
  type Measure,
  numeric,
  string,
} from '../../../src/sql/column.ts';
import type { IssueRule } from '../../../src/sql/sql-dialect.ts';
import type { Quotient } from '../../../src/sql/sql-text.ts';
import { taken } from '../../../src/table/measure.ts';
import { dataQualityIssues, zoneIssues } from '../../shared/measures/data-quality-issues.ts';
import { sampleQuality } from '../../shared/measures/sample-measures.ts';
import {
  candidateCompleteness,
  candidateSample,
} from '../../shared/roster/upcoming-players-sql.ts';
import { fatigueFactors } from './fatigue.ts';

const within = (limit: number): { readonly range: AllowedRange } => ({
  range: { min: -limit, max: limit, severity: 'error' },
});
const noZone = 'he has no row of player_shot_zone_analysis, or no zone in it';
const noMatchup = `${noZone}; the opponent has no row of team_defense_zone_analysis, or no value of that zone`;
const noUsage = 'unknown in upcoming_player_game_context';

/** Units to one point in which a component is a whole number, so that nothing is rounded early. */
export const scale = { total: 2_500_000, matchup: 2_500_000, pace: 20, usage: 10_000 } as const;

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

const missingCount = missingFields
  .map(({ when }) => `CASE WHEN ${when} THEN 1 ELSE 0 END`)
  .join(' + ');

const warnings: readonly IssueRule[] = [
  { code: 'EXTREME_FATIGUE', when: 'fatigue_score < 50' },
  { code: 'EXTREME_MATCHUP', when: 'ABS(shot_zone_mismatch_score) > 8' },
  { code: 'EXTREME_ADJUSTMENT', when: 'ABS(total_composite_adjustment) > 12' },
];

/** Meant as points, and measured to be none: docs/study.md tells by how much they miss. */
const indexPoints = 'index points';

/** What is stored of the components, over the whole numbers of `limited`, each rounded once. */
export const scores: readonly Measure[] = [
  numeric('fatigue_adjustment', [4, 2], '(fatigue_score − 100)/20, exact', {
    from: (sql) => sql.decimal('5 * (fatigue_score - 100)', 2),
    unit: indexPoints,
    range: { min: -5, max: 0, severity: 'error' },
  }),
  numeric(
    'shot_zone_mismatch_score',
    [4, 1],
    'R(v, 1), v = vs_league · min(rate/50, 1), beyond ±5 times 1.2, clamped to ±10; positive = the opponent is weak where he shoots; 0 where mismatch_type is NULL',
    {
      from: component('matchup'),
      unit: indexPoints,
      ...within(10),
    },
  ),
  numeric('pace_score', [3, 1], 'R(pace_differential/2 clamped to ±3, 1); 0 where that is NULL', {
    from: component('pace'),
    unit: indexPoints,
    ...within(3),
  }),
  numeric(
    'usage_spike_score',
    [3, 1],
    'R(u, 1), u = 0.3·(projected − average usage), times 1.15 (1.30) if positive and 1 (more) star teammates are out, clamped to ±3; 0 where usage is unknown or the average is 0',
    {
      from: component('usage'),
      unit: indexPoints,
      ...within(3),
    },
  ),
  numeric(
    'total_composite_adjustment',
    [5, 2],
    'R(fatigue_adjustment + matchup + pace + usage spike, 2) from unrounded parts',
    {
      from: {
        num: `${scale.total / 20} * (fatigue_score - 100) + matchup + ${scale.total / scale.pace} * pace + ${scale.total / scale.usage} * usage`,
        den: String(scale.total),
        kind: 'signed',
      },
      unit: indexPoints,
      range: { min: -20, max: 20, severity: 'warn' },
    },
  ),
];

export const measures: readonly Measure[] = [
  ...taken(
    string('universal_player_id', 'NBA player id as a decimal string'),
    string('player_lookup', 'name without marks, lower case, only a–z and 0–9'),
    string('player_full_name', 'as in his latest game before d', { freeText: true }),
    date('game_date', 'the row holds what was known before the first game of this date'),
    string('game_id', 'YYYYMMDD_AWAY_HOME, taken from the schedule'),
    int64('season_year', 'first year of the season'),
    string('team_abbr', 'team he is expected to play for'),
    string('opponent_team_abbr', 'tricode of the opponent'),
    int64(
      'fatigue_score',
      'higher = fresher: 100 and the points of fatigue_factors, clamped to 0–100',
      { range: { min: 0, max: 100, severity: 'error' } },
    ),
    ...scores,
  ),
  arrayOf('STRING', 'fatigue_factors', 'rules that applied, with their points, in fixed order', {
    from: (sql) => sql.codes(fatigueFactors),
  }),
  ...taken(
    string(
      'mismatch_zone',
      'paint (also of a balanced player), mid_range or perimeter: where he shoots',
      { nullWhen: noZone },
    ),
    numeric('mismatch_zone_rate', [5, 2], 'share of his shots from there', {
      unit: '% of his shots',
      nullWhen: noZone,
      range: { min: 0, max: 100, severity: 'error' },
    }),
    numeric(
      'mismatch_defense_vs_league_avg',
      [5, 2],
      'what the opponent allows there against the league; positive = worse defence',
      { unit: 'percentage points', nullWhen: noMatchup },
    ),
  ),
  string('mismatch_type', 'stored score > 2 favorable, < −2 unfavorable, else neutral', {
    from: inWords(
      'shot_zone_mismatch_score',
      ['favorable', 'unfavorable', 'neutral'],
      'mismatch_zone IS NULL OR mismatch_defense_vs_league_avg IS NULL',
    ),
    nullWhen: noMatchup,
  }),
  ...taken(
    numeric('pace_differential', [5, 1], 'as in upcoming_player_game_context', {
      unit: 'possessions per 48 minutes',
      nullWhen: 'either side has no earlier game',
    }),
  ),
  string('pace_environment', 'pace_differential > 2 fast, < −2 slow, else normal', {
    from: inWords('pace_differential', ['fast', 'slow', 'normal'], 'pace_differential IS NULL'),
    nullWhen: 'pace_differential is NULL',
  }),
  ...taken(
    numeric('projected_usage_rate', [4, 1], 'as in upcoming_player_game_context', {
      unit: '%',
      nullWhen: noUsage,
    }),
    numeric('avg_usage_rate_last_7_games', [4, 1], 'as in upcoming_player_game_context', {
      unit: '%',
      nullWhen: noUsage,
    }),
    int64('star_teammates_out', 'as in upcoming_player_game_context', {
      nullWhen: 'no injuries are loaded for d',
    }),
  ),
  string('usage_trend', 'projected − average usage > 2 spike, < −2 drop, else stable', {
    from: inWords(
      'projected_usage_rate - avg_usage_rate_last_7_games',
      ['spike', 'drop', 'stable'],
      'spike_tenths IS NULL',
    ),
    nullWhen: 'either usage is NULL',
  }),
  string('calculation_version', 'v1_4factors', { from: "'v1_4factors'" }),
  arrayOf(
    'STRING',
    'missing_data_fields',
    `inputs that were missing, whose component is 0: ${missingFields.map(({ code }) => code).join(', ')}, in this order`,
    { from: (sql) => sql.codes(missingFields) },
  ),
  numeric('data_completeness_pct', [5, 1], '100·(5 − missing inputs)/5', {
    from: (sql) => sql.decimal(`200 * (5 - (${missingCount}))`, 1),
    unit: '%',
    range: { min: 0, max: 100, severity: 'error' },
  }),
  bool('has_warnings', 'warning_details is not empty', {
    from: warnings.map(({ when }) => when).join(' OR '),
  }),
  arrayOf(
    'STRING',
    'warning_details',
    'EXTREME_FATIGUE score < 50; EXTREME_MATCHUP |mismatch| > 8; EXTREME_ADJUSTMENT |total| > 12',
    { from: (sql) => sql.codes(warnings) },
  ),
  ...candidateCompleteness,
  ...sampleQuality(candidateSample, { window: 10, high: 10, medium: 7 }),
  dataQualityIssues([
    { code: 'long_break_in_window', when: 'over_break' },
    { code: 'missing_upstream_games', when: 'lacks_games' },
    ...zoneIssues,
    { code: 'thin_window', when: 'games_in_sample < 10' },
  ]),
];

/** A component of `limited` in points. */
function component(name: 'matchup' | 'pace' | 'usage'): Quotient {
  return { num: name, den: String(scale[name]), kind: 'signed' };
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
