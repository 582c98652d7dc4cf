import type { AllowedRange } from '../../../src/sql/column.ts';

export interface Feature {
  readonly name: string;
  /** What stands for it when no source has a value, in ten-thousandths. */
  readonly fallback: number;
  readonly range: AllowedRange;
  /** Why all rows of a full slate may rightly hold one value. */
  readonly mayBeConstant: ConstantWhen;
}

/**
 * When equal values are no suspicion. `in_defaults`: whole parts of a season have no shot charts.
 * `early_in_the_season`: the last ten games are the season. `after_a_break`: everybody is rested.
 * `on_any_date`: nothing can be said.
 */
export type ConstantWhen =
  | 'never'
  | 'in_defaults'
  | 'early_in_the_season'
  | 'after_a_break'
  | 'on_any_date';

function feature<Name extends string>(
  name: Name,
  fallback: number,
  [min, max]: readonly [number, number],
  severity: AllowedRange['severity'],
  mayBeConstant: ConstantWhen = 'never',
): Feature & { readonly name: Name } {
  return { name, fallback, range: { min, max, severity }, mayBeConstant };
}

/** The features of `v1_baseline_25`, in the order of the array. */
export const features = [
  feature('points_avg_last_5', 100_000, [0, 50], 'warn'),
  feature('points_avg_last_10', 100_000, [0, 50], 'warn'),
  feature('points_avg_season', 100_000, [0, 50], 'warn'),
  feature('points_std_last_10', 50_000, [0, 22], 'warn'),
  feature('games_in_last_7_days', 30_000, [0, 7], 'error', 'after_a_break'),
  feature('fatigue_score', 500_000, [0, 100], 'error', 'after_a_break'),
  feature('shot_zone_mismatch_score', 0, [-10, 10], 'error', 'in_defaults'),
  feature('pace_score', 0, [-3, 3], 'error'),
  feature('usage_spike_score', 0, [-3, 3], 'error'),
  feature('rest_advantage', 0, [-2, 2], 'error'),
  // Nobody is injured where no injury reports are loaded.
  feature('injury_risk', 0, [0, 3], 'error', 'on_any_date'),
  feature('recent_trend', 0, [-2, 2], 'error'),
  feature('minutes_change', 0, [-2, 2], 'error', 'early_in_the_season'),
  feature('opponent_def_rating', 1_120_000, [88, 130], 'warn'),
  feature('opponent_pace', 1_000_000, [90, 114], 'warn'),
  feature('home_away', 0, [0, 1], 'error'),
  // Nobody played yesterday on the date after a day without games; a check of its own compares it.
  feature('back_to_back', 0, [0, 1], 'error', 'on_any_date'),
  feature('playoff_game', 0, [0, 1], 'error', 'on_any_date'),
  feature('pct_paint', 3000, [0, 1], 'error', 'in_defaults'),
  feature('pct_mid_range', 2000, [0, 1], 'error', 'in_defaults'),
  feature('pct_three', 3500, [0, 1], 'error', 'in_defaults'),
  feature('pct_free_throw', 1500, [0, 0.5], 'error'),
  feature('team_pace', 1_000_000, [88, 114], 'warn'),
  feature('team_off_rating', 1_120_000, [88, 134], 'warn'),
  feature('team_win_pct', 5000, [0, 1], 'error'),
] as const;

export type FeatureName = (typeof features)[number]['name'];
