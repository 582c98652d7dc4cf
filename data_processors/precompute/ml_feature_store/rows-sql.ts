import type { SqlContext } from '../../../src/table/sql-context.ts';
import { completenessSelect, earlySeasonSelect } from '../../shared/measures/sample-measures.ts';
import { candidateExclusion, candidateSample } from '../../shared/roster/upcoming-players-sql.ts';
import { type FeatureValue, featureValues } from './feature-values.ts';
import { features } from './features.ts';
import { gatheredCtes } from './gathered-sql.ts';
import { qualityHundredths, sourceWeights } from './quality-score.ts';

/** A feature with the columns of `valued` that hold what its sources gave. */
interface SourcedFeature {
  readonly name: string;
  readonly fallback: number;
  readonly sources: readonly { readonly column: string; readonly given: FeatureValue }[];
}

/** One row per upcoming player with enough games. */
export function rowsSql(context: SqlContext): string {
  const { sql } = context;
  const values = featureValues(sql);
  const sourced = features.map(({ name, fallback }) => ({
    name,
    fallback,
    sources: values[name].map((given) => ({ column: `${given.origin}_${name}`, given })),
  }));
  const sources = sourced.flatMap((feature) => feature.sources);
  return `
WITH ${gatheredCtes(context)},
valued AS (
  SELECT
    *,
    ${sources.map(({ column, given }) => `${given.value} AS ${column}`).join(',\n    ')}
  FROM gathered
),
weighed AS (
  SELECT
    *,
    ${sourced.map(weightOf).join('\n    + ')} AS weights,
    ${sourced.map((feature) => `CASE WHEN ${isDefault(feature)} THEN 1 ELSE 0 END`).join('\n    + ')} AS defaults
  FROM valued
),
scored AS (
  SELECT
    *,
    ${qualityHundredths('weights', 'defaults')} AS score_hundredths
  FROM weighed
)
SELECT
  universal_player_id,
  player_lookup,
  game_date,
  game_id,
  nba_game_id,
  season_year,
  team_abbr,
  opponent_team_abbr,
  home_game AS is_home,
  days_rest,
  ${sql.array(sourced.map((feature) => sql.float64(storedValue(feature), 4)))} AS features,
  ${sql.array(sourced.map(({ name }) => sql.string(name)))} AS feature_names,
  ${sql.array(sourced.map((feature) => byOrigin(feature, (origin) => sql.string(origin))))} AS feature_sources,
  ${sql.arrayOfKnown(sourced.map((feature, index) => `CASE WHEN ${isDefault(feature)} THEN ${index} END`))} AS default_feature_indices,
  ${features.length} AS feature_count,
  'v1_baseline_25' AS feature_version,
  ${sql.decimal('score_hundredths', 2)} AS feature_quality_score,
  games_in_sample,
  ${completenessSelect(sql, candidateSample)},
  CASE WHEN score_hundredths >= 9500 THEN 'high' WHEN score_hundredths >= 7000 THEN 'medium' ELSE 'low' END AS data_quality_tier,
  ${earlySeasonSelect(candidateSample.played, 10)},
  ${sql.issues([
    { code: 'missing_upstream_games', when: 'expected_games > actual_games' },
    { code: 'player_composite_factors_missing', when: 'NOT has_factors' },
    { code: 'player_daily_cache_missing', when: 'NOT has_cache' },
    { code: 'player_shot_zone_missing', when: 'NOT has_zones' },
    { code: 'player_shot_zone_not_ready', when: 'NOT zones_ready' },
    { code: 'team_defense_zone_missing', when: 'NOT has_defense' },
    { code: 'team_defense_zone_not_ready', when: 'NOT defense_ready' },
    { code: 'thin_window', when: 'games_in_sample < 10' },
  ])} AS data_quality_issues,
  ${candidateExclusion(context, 'score_hundredths')}
FROM scored`;
}

function storedValue({ sources, fallback }: SourcedFeature): string {
  return `COALESCE(${sources.map(({ column }) => column).join(', ')}, ${fallback})`;
}

function isDefault({ sources }: SourcedFeature): string {
  return sources.map(({ column }) => `${column} IS NULL`).join(' AND ');
}

function byOrigin(
  { sources }: SourcedFeature,
  write: (origin: keyof typeof sourceWeights) => string,
): string {
  const cases = sources.map(
    ({ column, given }) => `WHEN ${column} IS NOT NULL THEN ${write(given.origin)}`,
  );
  return `CASE ${cases.join(' ')} ELSE ${write('default')} END`;
}

function weightOf(feature: SourcedFeature): string {
  return byOrigin(feature, (origin) => String(sourceWeights[origin]));
}
