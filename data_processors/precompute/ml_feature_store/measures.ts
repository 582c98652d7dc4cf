import { arrayOf, bool, int64, type Measure, numeric, string } from '../../../src/sql/column.ts';
import { taken } from '../../../src/table/measure.ts';
import { dataQualityIssues, zoneIssues } from '../../shared/measures/data-quality-issues.ts';
import { featureStoreIdentity } from '../../shared/measures/feature-store-identity.ts';
import { earlySeason, qualityTier } from '../../shared/measures/sample-measures.ts';
import {
  candidateCompleteness,
  candidateSample,
} from '../../shared/roster/upcoming-players-sql.ts';
import { features, featureVersion } from './features.ts';
import { byOrigin, isDefault, sourcedFeatures, storedValue } from './sourced-features.ts';

const listed = features.map(({ name }, index) => `${index} ${name}`).join(', ');

export const measures: readonly Measure[] = [
  ...featureStoreIdentity,
  bool('is_home', 'home by the schedule (nominal at a neutral site)', {
    from: 'home_game',
    nullWhen: 'the home side is unknown; feature 15 is then a default',
  }),
  ...taken(
    int64('days_rest', 'd − his last game (1 = played yesterday)', {
      unit: 'days',
      range: { min: 1, max: 30, severity: 'warn' },
    }),
  ),
  arrayOf('FLOAT64', 'features', `25 values with at most 4 decimals: ${listed}`, {
    from: (sql) =>
      sql.array(sourcedFeatures(sql).map((feature) => sql.float64(storedValue(feature), 4))),
    elements: features.map(({ name }) => name),
    elementRanges: features.map(({ range }) => range),
  }),
  arrayOf('STRING', 'feature_names', 'the names, in the same order', {
    from: (sql) => sql.array(features.map(({ name }) => sql.string(name))),
  }),
  arrayOf(
    'STRING',
    'feature_sources',
    'per feature: phase4 (a precompute row of d), phase3 (analytics), calculated (a rule over analytics) or default (value missing)',
    {
      from: (sql) =>
        sql.array(
          sourcedFeatures(sql).map((feature) => byOrigin(feature, (origin) => sql.string(origin))),
        ),
    },
  ),
  arrayOf('INT64', 'default_feature_indices', 'positions of the defaults, ascending, from 0', {
    from: (sql) =>
      sql.arrayOfKnown(
        sourcedFeatures(sql).map(
          (feature, index) => `CASE WHEN ${isDefault(feature)} THEN ${index} END`,
        ),
      ),
  }),
  int64('feature_count', '25', {
    from: String(features.length),
    range: { min: 25, max: 25, severity: 'error' },
  }),
  string('feature_version', featureVersion, { from: `'${featureVersion}'` }),
  numeric(
    'feature_quality_score',
    [5, 2],
    'mean weight of the sources (phase4 and calculated 100, phase3 87, default 40); at most 69 with a default besides injury_risk, at most 49 with five',
    {
      from: (sql) => sql.decimal('score_hundredths', 2),
      range: { min: 40, max: 100, severity: 'error' },
    },
  ),
  ...candidateCompleteness,
  qualityTier('feature_quality_score: ≥ 95 high, ≥ 70 medium', {
    value: 'score_hundredths',
    high: 9500,
    medium: 7000,
  }),
  ...earlySeason(candidateSample.played, 10),
  dataQualityIssues([
    { code: 'long_break_in_window', when: 'over_break' },
    { code: 'missing_upstream_games', when: 'lacks_games' },
    { code: 'opponent_idle_over_30_days', when: 'opponent_idle' },
    { code: 'player_composite_factors_missing', when: 'NOT has_factors' },
    { code: 'player_daily_cache_missing', when: 'NOT has_cache' },
    ...zoneIssues,
    { code: 'thin_window', when: 'games_in_sample < 10' },
  ]),
];
