import {
  arrayOf,
  bool,
  type Column,
  date,
  int64,
  numeric,
  string,
} from '../../../src/sql/column.ts';
import { completenessColumns, tierColumns } from '../../shared/measures/sample-measures.ts';
import { features } from './features.ts';

const listed = features.map(({ name }, index) => `${index} ${name}`).join(', ');

export const columns: readonly Column[] = [
  string('universal_player_id', 'NBA player id as a decimal string'),
  string('player_lookup', 'name without marks, lower case, only a–z and 0–9'),
  date('game_date', 'the row holds what was known before the first game of this date'),
  string('game_id', 'YYYYMMDD_AWAY_HOME, taken from the schedule'),
  string('nba_game_id', 'NBA game id, 10 characters'),
  int64('season_year', 'first year of the season'),
  string('team_abbr', 'team he is expected to play for'),
  string('opponent_team_abbr', 'tricode of the opponent'),
  bool('is_home', 'home by the schedule (nominal at a neutral site)', {
    nullWhen: 'the home side is unknown; feature 15 is then a default',
  }),
  int64('days_rest', 'd − his last game (1 = played yesterday)', {
    unit: 'days',
    range: { min: 1, max: 30, severity: 'warn' },
  }),
  arrayOf('FLOAT64', 'features', `25 values with at most 4 decimals: ${listed}`, {
    elements: features.map(({ name }) => name),
    elementRanges: features.map(({ range }) => range),
  }),
  arrayOf('STRING', 'feature_names', 'the names, in the same order'),
  arrayOf(
    'STRING',
    'feature_sources',
    'per feature: phase4 (a precompute row of d), phase3 (analytics), calculated (a rule over analytics) or default (value missing)',
  ),
  arrayOf('INT64', 'default_feature_indices', 'positions of the defaults, ascending, from 0'),
  int64('feature_count', '25', { range: { min: 25, max: 25, severity: 'error' } }),
  string('feature_version', 'v1_baseline_25'),
  numeric(
    'feature_quality_score',
    [5, 2],
    'mean weight of the sources (phase4 and calculated 100, phase3 87, default 40); at most 69 with a default, at most 49 with five',
    { range: { min: 40, max: 100, severity: 'error' } },
  ),
  int64('games_in_sample', 'min(10, active games this season before d)', {
    range: { min: 1, max: 10, severity: 'error' },
  }),
  ...completenessColumns,
  ...tierColumns(10, 'feature_quality_score: ≥ 95 high, ≥ 70 medium', [
    'missing_upstream_games',
    'player_composite_factors_missing',
    'player_daily_cache_missing',
    'player_shot_zone_missing',
    'player_shot_zone_not_ready',
    'team_defense_zone_missing',
    'team_defense_zone_not_ready',
    'thin_window',
  ]),
];
