import { bool, type Column, int64, numeric, string } from '../../../src/sql/column.ts';
import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import { dataQualityIssues } from './data-quality-issues.ts';

/** Completeness of the entity's window by the schedule: four counts and the readiness flag. */
export const completenessColumns: readonly Column[] = [
  int64('expected_games_count', "the team's final games by the schedule in the window before d", {
    range: { min: 1, max: 15, severity: 'error' },
  }),
  int64('actual_games_count', 'how many of those same games have upstream rows for the team'),
  numeric('completeness_percentage', [5, 1], 'R(100·actual/expected, 1)', {
    unit: '%',
    range: { min: 0, max: 100, severity: 'error' },
  }),
  int64('missing_games_count', 'expected − actual'),
  bool('is_production_ready', 'completeness_percentage ≥ 90'),
];

/** Size and quality of the sample a row is made of. */
export function sampleColumns(window: number, issues: readonly string[]): readonly Column[] {
  return [
    numeric('quality_score', [5, 2], `R(100·games in the sample/${window}, 2)`, {
      range: { min: 0, max: 100, severity: 'error' },
    }),
    ...tierColumns(window, 'games in the sample', issues),
  ];
}

/** {@link sampleColumns} of a table that has a score of its own, by which its tiers go. */
export function tierColumns(
  window: number,
  tierBy: string,
  issues: readonly string[],
): readonly Column[] {
  return [
    string('data_quality_tier', `high, medium or low, by ${tierBy}`),
    bool('early_season_flag', `fewer than ${window} games this season before d`),
    string('insufficient_data_reason', 'the number of games, in words', {
      nullWhen: 'early_season_flag is not set',
    }),
    dataQualityIssues(issues),
  ];
}

export interface SampleNames {
  /** SQL names of INT64 values. */
  readonly expected: string;
  readonly actual: string;
  readonly sample: string;
  readonly played: string;
}

/** Select list of {@link completenessColumns}. */
export function completenessSelect(sql: SqlDialect, { expected, actual }: SampleNames): string {
  return `${expected} AS expected_games_count,
  ${actual} AS actual_games_count,
  ${sql.ratio(`100 * ${actual}`, expected, 1)} AS completeness_percentage,
  ${expected} - ${actual} AS missing_games_count,
  10 * ${actual} >= 9 * ${expected} AS is_production_ready`;
}

export interface Tiers {
  readonly window: number;
  /** Least games of a tier. */
  readonly high: number;
  readonly medium: number;
}

/** Select list of {@link sampleColumns} without the issues. */
export function sampleSelect(
  sql: SqlDialect,
  { sample, played }: SampleNames,
  { window, high, medium }: Tiers,
): string {
  return `${sql.ratio(`100 * ${sample}`, String(window), 2)} AS quality_score,
  CASE WHEN ${sample} >= ${high} THEN 'high' WHEN ${sample} >= ${medium} THEN 'medium' ELSE 'low' END AS data_quality_tier,
  ${earlySeasonSelect(played, window)}`;
}

/** Select list of `early_season_flag` and its reason. */
export function earlySeasonSelect(played: string, window: number): string {
  return `${played} < ${window} AS early_season_flag,
  CASE
    WHEN ${played} < ${window}
    THEN 'only ' || CAST(${played} AS STRING) || ' games this season, window is ${window}'
  END AS insufficient_data_reason`;
}
