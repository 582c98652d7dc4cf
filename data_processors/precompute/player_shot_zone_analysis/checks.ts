import type { TableCheck } from '../../../src/table/table-check.ts';

export const checks: readonly TableCheck[] = [
  {
    kind: 'row',
    name: 'rates_do_not_sum_to_100',
    severity: 'error',
    violation:
      'ABS(paint_rate_last_10 + mid_range_rate_last_10 + three_pt_rate_last_10 - 100) > 0.02',
  },
  {
    kind: 'row',
    name: 'more_games_than_the_window',
    severity: 'error',
    violation:
      'games_in_sample_10 > 10 OR games_in_sample_20 > 20 OR games_with_shot_zones > games_in_sample_10',
  },
  {
    kind: 'row',
    name: 'zones_without_shot_data',
    severity: 'error',
    violation:
      '2 * games_with_shot_zones < games_in_sample_10 AND (total_shots_last_10 IS NOT NULL OR paint_rate_last_10 IS NOT NULL)',
  },
];
