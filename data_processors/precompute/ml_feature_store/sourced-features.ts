import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import { type FeatureValue, featureValues } from './feature-values.ts';
import { features } from './features.ts';
import { sourceWeights } from './quality-score.ts';

/** A feature with the columns of `valued` that hold what its sources gave. */
export interface SourcedFeature {
  readonly name: string;
  readonly fallback: number;
  readonly sources: readonly { readonly column: string; readonly given: FeatureValue }[];
}

/** The features in the order of the array, each with its sources in the order of their rank. */
export function sourcedFeatures(sql: SqlDialect): readonly SourcedFeature[] {
  const values = featureValues(sql);
  return features.map(({ name, fallback }) => ({
    name,
    fallback,
    sources: values[name].map((given) => ({ column: `${given.origin}_${name}`, given })),
  }));
}

/** INT64 of ten-thousandths: the first source that has a value, else the default. */
export function storedValue({ sources, fallback }: SourcedFeature): string {
  return `COALESCE(${sources.map(({ column }) => column).join(', ')}, ${fallback})`;
}

/** SQL condition that holds where no source has a value. */
export function isDefault({ sources }: SourcedFeature): string {
  return sources.map(({ column }) => `${column} IS NULL`).join(' AND ');
}

/** What is written for the source that gave the value. */
export function byOrigin(
  { sources }: SourcedFeature,
  write: (origin: keyof typeof sourceWeights) => string,
): string {
  const cases = sources.map(
    ({ column, given }) => `WHEN ${column} IS NOT NULL THEN ${write(given.origin)}`,
  );
  return `CASE ${cases.join(' ')} ELSE ${write('default')} END`;
}

/** What the feature is worth by where it comes from. */
export function weightOf(feature: SourcedFeature): string {
  return byOrigin(feature, (origin) => String(sourceWeights[origin]));
}
