import type { TableCheck } from '../../../src/table/table-check.ts';

export const checks: readonly TableCheck[] = [
  {
    kind: 'row',
    name: 'more_games_than_the_window',
    severity: 'error',
    violation: 'games_in_sample > 15 OR games_with_shot_zones > games_in_sample',
  },
  {
    kind: 'row',
    name: 'zones_without_shot_data',
    severity: 'error',
    violation: `2 * games_with_shot_zones < games_in_sample AND (
      paint_attempts_allowed_per_game IS NOT NULL
      OR mid_range_attempts_allowed_per_game IS NOT NULL
      OR three_pt_attempts_allowed_per_game IS NOT NULL)`,
  },
];
