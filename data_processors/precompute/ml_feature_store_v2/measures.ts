import { int64, type Measure, numeric, string } from '../../../src/sql/column.ts';
import { taken } from '../../../src/table/measure.ts';
import { percent } from '../../shared/formulas-sql.ts';
import { dataQualityIssues, zoneIssues } from '../../shared/measures/data-quality-issues.ts';
import { featureStoreIdentity } from '../../shared/measures/feature-store-identity.ts';
import { earlySeason, qualityTier } from '../../shared/measures/sample-measures.ts';
import {
  candidateCompleteness,
  candidateSample,
} from '../../shared/roster/upcoming-players-sql.ts';
import { features, featureVersion } from './features.ts';

const sample = [
  ...['games_in_sample', 'expected_games', 'actual_games', 'over_break', 'lacks_games'],
  ...['has_zones', 'zones_ready', 'has_defense', 'defense_ready'],
];

/** Columns of `gathered` that stand beside the features. */
export const carried: readonly string[] = [
  ...featureStoreIdentity.map(({ name }) => name),
  ...sample,
];

/** What need not be loaded: nothing is wrong with a row that lacks it. */
const optional =
  /_by_report_|^injury_risk$|^started_share|^game_(spread|total)$|^implied_team_total$|_line$|_line_|_(over|under)_streak$/;

/** The features that a row has where nothing is missing. */
export const expectedFeatures: readonly string[] = features
  .map(({ name }) => name)
  .filter((name) => !optional.test(name));

const known = { num: 'known_features', den: String(expectedFeatures.length) };

export const measures: readonly Measure[] = [
  ...featureStoreIdentity,
  ...taken(...features),
  int64('feature_count', 'features of this version', {
    from: String(features.length),
    range: { min: features.length, max: features.length, severity: 'error' },
  }),
  string('feature_version', featureVersion, { from: `'${featureVersion}'` }),
  numeric(
    'feature_quality_score',
    [5, 2],
    `R(100·known/${expectedFeatures.length}, 2) of the features that need no lines, no reports and no line-ups`,
    { from: percent(known), unit: '%', range: { min: 0, max: 100, severity: 'error' } },
  ),
  ...candidateCompleteness,
  qualityTier('feature_quality_score: ≥ 95 high, ≥ 70 medium', {
    value: `100 * known_features`,
    high: 95 * expectedFeatures.length,
    medium: 70 * expectedFeatures.length,
  }),
  ...earlySeason(candidateSample.played, 10),
  dataQualityIssues([
    { code: 'long_break_in_window', when: 'over_break' },
    { code: 'missing_upstream_games', when: 'lacks_games' },
    ...zoneIssues,
    { code: 'thin_window', when: 'games_in_sample < 10' },
  ]),
];
