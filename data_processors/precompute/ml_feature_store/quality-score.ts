import type { Feature } from './features.ts';

/** What a feature is worth by where it comes from. */
export const sourceWeights = { phase4: 100, phase3: 87, calculated: 100, default: 40 } as const;

/**
 * This default lowers the mean alone. It stands in every row of a date of which no injury report was ever loaded,
 * and would make them all look alike, those with zones and factors and those without.
 */
export const defaultWithoutCap: Feature['name'] = 'injury_risk';

/**
 * `feature_quality_score` in hundredths, from the sum of the weights of 25 features and the number of
 * defaults among them, without {@link defaultWithoutCap}: no row with one of these can look like a full one,
 * whatever the others are worth.
 */
export function qualityHundredths(weights: string, defaults: string): string {
  const mean = `4 * ${weights}`;
  return `CASE
      WHEN ${defaults} >= 5 AND ${mean} > 4900 THEN 4900
      WHEN ${defaults} >= 1 AND ${mean} > 6900 THEN 6900
      ELSE ${mean}
    END`;
}
