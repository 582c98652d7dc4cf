import {
  type AllowedRange,
  arrayOf,
  bool,
  type Column,
  date,
  int64,
  numeric,
  string,
} from '../../../src/sql/column.ts';
import { completenessColumns, sampleColumns } from '../../shared/measures/sample-measures.ts';

const within = (limit: number): { readonly range: AllowedRange } => ({
  range: { min: -limit, max: limit, severity: 'error' },
});
const noZone = 'he has no row of player_shot_zone_analysis, or no zone in it';
const noMatchup = `${noZone}; the opponent has no row of team_defense_zone_analysis, or no value of that zone`;
const noUsage = 'unknown in upcoming_player_game_context';

export const columns: readonly Column[] = [
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
    {
      range: { min: 0, max: 100, severity: 'error' },
    },
  ),
  numeric('fatigue_adjustment', [4, 2], '(fatigue_score − 100)/20, exact', {
    unit: 'points',
    range: { min: -5, max: 0, severity: 'error' },
  }),
  numeric(
    'shot_zone_mismatch_score',
    [4, 1],
    'R(v, 1), v = vs_league · min(rate/50, 1), beyond ±5 times 1.2, clamped to ±10; positive = the opponent is weak where he shoots; 0 where mismatch_type is NULL',
    { unit: 'points', ...within(10) },
  ),
  numeric('pace_score', [3, 1], 'R(pace_differential/2 clamped to ±3, 1); 0 where that is NULL', {
    unit: 'points',
    ...within(3),
  }),
  numeric(
    'usage_spike_score',
    [3, 1],
    'R(u, 1), u = 0.3·(projected − average usage), times 1.15 (1.30) if positive and 1 (more) star teammates are out, clamped to ±3; 0 where usage is unknown or the average is 0',
    { unit: 'points', ...within(3) },
  ),
  numeric(
    'total_composite_adjustment',
    [5, 2],
    'R(fatigue_adjustment + matchup + pace + usage spike, 2) from unrounded parts',
    { unit: 'points', range: { min: -20, max: 20, severity: 'warn' } },
  ),
  arrayOf('STRING', 'fatigue_factors', 'rules that applied, with their points, in fixed order'),
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
  string('mismatch_type', 'stored score > 2 favorable, < −2 unfavorable, else neutral', {
    nullWhen: noMatchup,
  }),
  numeric('pace_differential', [5, 1], 'as in upcoming_player_game_context', {
    unit: 'possessions per 48 minutes',
    nullWhen: 'either side has no earlier game',
  }),
  string('pace_environment', 'pace_differential > 2 fast, < −2 slow, else normal', {
    nullWhen: 'pace_differential is NULL',
  }),
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
  string('usage_trend', 'projected − average usage > 2 spike, < −2 drop, else stable', {
    nullWhen: 'either usage is NULL',
  }),
  string('calculation_version', 'v1_4factors'),
  arrayOf(
    'STRING',
    'missing_data_fields',
    'inputs that were missing, whose component is 0: days_rest, projected_usage_rate, pace_differential, player_shot_zone, team_defense_zone, in this order',
  ),
  numeric('data_completeness_pct', [5, 1], '100·(5 − missing inputs)/5', {
    unit: '%',
    range: { min: 0, max: 100, severity: 'error' },
  }),
  bool('has_warnings', 'warning_details is not empty'),
  arrayOf(
    'STRING',
    'warning_details',
    'EXTREME_FATIGUE score < 50; EXTREME_MATCHUP |mismatch| > 8; EXTREME_ADJUSTMENT |total| > 12',
  ),
  int64('games_in_sample', 'min(10, active games this season before d)', {
    range: { min: 1, max: 10, severity: 'error' },
  }),
  ...completenessColumns,
  ...sampleColumns(10, [
    'missing_upstream_games',
    'player_shot_zone_missing',
    'player_shot_zone_not_ready',
    'team_defense_zone_missing',
    'team_defense_zone_not_ready',
    'thin_window',
  ]),
];
