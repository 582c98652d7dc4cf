import type { AllowedRange } from '../../../src/sql/column.ts';

export interface Feature {
  readonly name: string;
  /** One line: what it says about the player's game. */
  readonly meaning: string;
  /** Empty where the value is a step of a scale. */
  readonly unit: string;
  readonly formula: string;
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
  words: Pick<Feature, 'meaning' | 'unit' | 'formula'>,
  mayBeConstant: ConstantWhen = 'never',
): Feature & { readonly name: Name } {
  return { name, fallback, range: { min, max, severity }, ...words, mayBeConstant };
}

export const featureVersion = 'v1_baseline_25';

/** The features of `v1_baseline_25`, in the order of the array. */
export const features = [
  feature('points_avg_last_5', 100_000, [0, 50], 'warn', {
    meaning: 'his points lately',
    unit: 'points per game',
    formula: 'mean of his last 5 games this season, fewer if fewer exist, one decimal',
  }),
  feature('points_avg_last_10', 100_000, [0, 50], 'warn', {
    meaning: 'his points over the last weeks',
    unit: 'points per game',
    formula: 'mean of his last 10 games this season, fewer if fewer exist, one decimal',
  }),
  feature('points_avg_season', 100_000, [0, 50], 'warn', {
    meaning: 'his points this season',
    unit: 'points per game',
    formula: 'mean of his games this season before the date, one decimal',
  }),
  feature('points_std_last_10', 50_000, [0, 22], 'warn', {
    meaning: 'how much his points vary',
    unit: 'points',
    formula: 'sample deviation (n − 1) over his last 10 games',
  }),
  feature(
    'games_in_last_7_days',
    30_000,
    [0, 7],
    'error',
    {
      meaning: 'his workload of the week',
      unit: 'games',
      formula: 'his games in the 7 days before the date',
    },
    'after_a_break',
  ),
  feature(
    'fatigue_score',
    500_000,
    [0, 100],
    'error',
    {
      meaning: 'how fresh he is, 100 = rested',
      unit: '',
      formula: '100 and the points of the fatigue rules that apply, within 0 to 100',
    },
    'after_a_break',
  ),
  feature(
    'shot_zone_mismatch_score',
    0,
    [-10, 10],
    'error',
    {
      meaning: 'whether the opponent is weak where he shoots, positive = weak',
      unit: 'index',
      formula:
        'allowed there against the league · min(share of his shots/50 %, 1), beyond ±5 times 1.2, within ±10',
    },
    'in_defaults',
  ),
  feature('pace_score', 0, [-3, 3], 'error', {
    meaning: 'whether the opponent plays faster than his team, positive = faster',
    unit: 'index',
    formula: '(opponent pace − own pace, last 10 games)/2, within ±3',
  }),
  feature('usage_spike_score', 0, [-3, 3], 'error', {
    meaning: 'whether his role grows, positive = grows',
    unit: 'index',
    formula:
      '0.3 · (usage of the last 3 games − of the last 7), if positive times 1.15 with one star teammate out and 1.3 with more, within ±3',
  }),
  feature('rest_advantage', 0, [-2, 2], 'error', {
    meaning: 'how much longer than the opponent he has rested',
    unit: 'days',
    formula:
      'his days of rest − those of the opponent, within ±2; a default where that has been idle for more than 30 days',
  }),
  // The reports of a date need not name anybody of a slate.
  feature(
    'injury_risk',
    0,
    [0, 3],
    'error',
    {
      meaning: 'what the latest injury report says of him',
      unit: '',
      formula:
        '0 available or not listed in the reports of the date, 1 probable, 2 questionable, 3 doubtful or out',
    },
    'on_any_date',
  ),
  feature('recent_trend', 0, [-2, 2], 'error', {
    meaning: 'whether his points rise within the last 5 games',
    unit: '',
    formula: 'mean of the 2 newest − mean of the 3 before: ±2 from 5 points, ±1 from 2, else 0',
  }),
  feature(
    'minutes_change',
    0,
    [-2, 2],
    'error',
    {
      meaning: 'whether his minutes rise against his season',
      unit: '',
      formula:
        'minutes of the last 10 games/minutes of the season: 2 from 1.2, 1 from 1.1, −1 up to 0.9, −2 up to 0.8, else 0',
    },
    'early_in_the_season',
  ),
  feature('opponent_def_rating', 1_120_000, [88, 130], 'warn', {
    meaning: 'what the opponent allows, lower = better defence',
    unit: 'points per 100 possessions',
    formula: 'mean defensive rating of its last 15 games, two decimals',
  }),
  feature('opponent_pace', 1_000_000, [90, 114], 'warn', {
    meaning: 'how fast games of the opponent are',
    unit: 'possessions per 48 minutes',
    formula: 'mean pace of those who played against it in its last 15 games, one decimal',
  }),
  feature('home_away', 0, [0, 1], 'error', {
    meaning: 'whether he plays at home',
    unit: '',
    formula: '1 at home, 0 away, by the schedule',
  }),
  // Nobody played yesterday on the date after a day without games; a check of its own compares it.
  feature(
    'back_to_back',
    0,
    [0, 1],
    'error',
    {
      meaning: 'whether he played yesterday',
      unit: '',
      formula: '1 if his last game was the day before, else 0',
    },
    'on_any_date',
  ),
  feature(
    'playoff_game',
    0,
    [0, 1],
    'error',
    { meaning: 'whether it is a playoff game', unit: '', formula: '1 in the playoffs, else 0' },
    'on_any_date',
  ),
  feature(
    'pct_paint',
    3000,
    [0, 1],
    'error',
    {
      meaning: 'how much he shoots in the paint',
      unit: 'ratio of his shots',
      formula: 'shots from the paint/all shots with a zone, last 10 games',
    },
    'in_defaults',
  ),
  feature(
    'pct_mid_range',
    2000,
    [0, 1],
    'error',
    {
      meaning: 'how much he shoots from mid-range',
      unit: 'ratio of his shots',
      formula: 'shots from mid-range/all shots with a zone, last 10 games',
    },
    'in_defaults',
  ),
  feature(
    'pct_three',
    3500,
    [0, 1],
    'error',
    {
      meaning: 'how much he shoots threes',
      unit: 'ratio of his shots',
      formula: 'shots from behind the arc/all shots with a zone, last 10 games',
    },
    'in_defaults',
  ),
  feature('pct_free_throw', 1500, [0, 0.5], 'error', {
    meaning: 'how much of his points are free throws',
    unit: 'ratio of his points',
    formula: 'free throws made/points, last 10 games (at least 5), at most 0.5',
  }),
  feature('team_pace', 1_000_000, [88, 114], 'warn', {
    meaning: 'how fast his team plays',
    unit: 'possessions per 48 minutes',
    formula: 'mean pace of the last 10 games of his team, one decimal',
  }),
  feature('team_off_rating', 1_120_000, [88, 134], 'warn', {
    meaning: 'how well his team scores',
    unit: 'points per 100 possessions',
    formula: 'mean offensive rating of the last 10 games of his team, two decimals',
  }),
  feature('team_win_pct', 5000, [0, 1], 'error', {
    meaning: 'how often his team wins',
    unit: 'ratio',
    formula: 'games won/games this season before the date (at least 5)',
  }),
] as const;

export type FeatureName = (typeof features)[number]['name'];
