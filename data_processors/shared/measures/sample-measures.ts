import { bool, int64, type Measure, numeric, string } from '../../../src/sql/column.ts';
import { percent } from '../formulas-sql.ts';

export interface SampleNames {
  /** SQL names of INT64 values. */
  readonly expected: string;
  readonly actual: string;
  readonly sample: string;
  readonly played: string;
  /** SQL condition that holds where a long break lies between games of the window, or after them. */
  readonly overBreak: string;
}

const percentage = { range: { min: 0, max: 100, severity: 'error' } } as const;

/** Completeness of the entity's window by the schedule: three counts, their share and the readiness flag. */
export function completeness({ expected, actual, overBreak }: SampleNames): readonly Measure[] {
  return [
    int64(
      'expected_games_count',
      "the team's last games by the schedule before d, with a result or without",
      {
        from: expected,
        range: { min: 1, max: 15, severity: 'error' },
      },
    ),
    int64('actual_games_count', 'how many of those same games have upstream rows for the team', {
      from: actual,
    }),
    numeric('completeness_percentage', [5, 1], 'R(100·actual/expected, 1)', {
      from: percent({ num: actual, den: expected }),
      unit: '%',
      ...percentage,
    }),
    int64('missing_games_count', 'expected − actual', { from: `${expected} - ${actual}` }),
    bool('is_production_ready', 'completeness_percentage ≥ 90 and no long_break_in_window', {
      from: `10 * ${actual} >= 9 * ${expected} AND NOT ${overBreak}`,
    }),
  ];
}

export interface Tiers {
  readonly window: number;
  /** The least number of games for the tier. */
  readonly high: number;
  readonly medium: number;
}

/** Size and quality of the sample a row is made of. */
export function sampleQuality(
  { sample, played }: SampleNames,
  { window, high, medium }: Tiers,
): readonly Measure[] {
  return [
    numeric('quality_score', [5, 2], `R(100·games in the sample/${window}, 2)`, {
      from: percent({ num: sample, den: String(window) }),
      ...percentage,
    }),
    qualityTier('games in the sample', { value: sample, high, medium }),
    ...earlySeason(played, window),
  ];
}

interface TierBy {
  /** SQL of what the tiers go by, and its least value in a tier. */
  readonly value: string;
  readonly high: number;
  readonly medium: number;
}

/** @param words what the tiers go by. */
export function qualityTier(words: string, { value, high, medium }: TierBy): Measure {
  return string('data_quality_tier', `high, medium or low, by ${words}`, {
    from: `CASE WHEN ${value} >= ${high} THEN 'high' WHEN ${value} >= ${medium} THEN 'medium' ELSE 'low' END`,
  });
}

/** Whether the season is too young for the window, and why in words. */
export function earlySeason(played: string, window: number): readonly Measure[] {
  const early = `${played} < ${window}`;
  return [
    bool('early_season_flag', `fewer than ${window} games this season before d`, { from: early }),
    string('insufficient_data_reason', 'the number of games, in words', {
      from: `CASE
    WHEN ${early}
    THEN 'only ' || CAST(${played} AS STRING) || ' games this season, window is ${window}'
  END`,
      nullWhen: 'early_season_flag is not set',
    }),
  ];
}
