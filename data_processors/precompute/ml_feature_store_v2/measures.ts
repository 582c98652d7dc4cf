import { date, int64, type Measure, numeric, string } from '../../../src/sql/column.ts';
import { taken } from '../../../src/table/measure.ts';
import { percent } from '../../shared/formulas-sql.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import { earlySeason, qualityTier } from '../../shared/measures/sample-measures.ts';
import {
  candidateCompleteness,
  candidateSample,
} from '../../shared/roster/upcoming-players-sql.ts';
import { features, featureVersion } from './features.ts';

const identity = taken(
  string('universal_player_id', 'NBA player id as a decimal string'),
  string('player_lookup', 'name without marks, lower case, only a–z and 0–9'),
  date('game_date', 'the row holds what was known before the first game of this date'),
  string('game_id', 'YYYYMMDD_AWAY_HOME, taken from the schedule'),
  string('nba_game_id', 'NBA game id, 10 characters'),
  int64('season_year', 'first year of the season'),
  string('team_abbr', 'team he is expected to play for'),
  string('opponent_team_abbr', 'tricode of the opponent'),
);

const sample = [
  ...['games_in_sample', 'expected_games', 'actual_games', 'over_break', 'lacks_games'],
  ...['has_zones', 'zones_ready', 'has_defense', 'defense_ready'],
];

/** Columns of `gathered` that stand beside the features. */
export const carried: readonly string[] = [...identity.map(({ name }) => name), ...sample];

/** What need not be loaded: nothing is wrong with a row that lacks it. */
const optional =
  /_by_report_|^injury_risk$|^started_share|^game_(spread|total)$|^implied_team_total$/;

/** The features that a row has where nothing is missing. */
export const expectedFeatures: readonly string[] = features
  .map(({ name }) => name)
  .filter((name) => !optional.test(name));

const known = { num: 'known_features', den: String(expectedFeatures.length) };

export const measures: readonly Measure[] = [
  ...identity,
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
    { code: 'player_shot_zone_missing', when: 'NOT has_zones' },
    { code: 'player_shot_zone_not_ready', when: 'NOT zones_ready' },
    { code: 'team_defense_zone_missing', when: 'NOT has_defense' },
    { code: 'team_defense_zone_not_ready', when: 'NOT defense_ready' },
    { code: 'thin_window', when: 'games_in_sample < 10' },
  ]),
];
