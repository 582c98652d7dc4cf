import type { TableCheck } from '../../../src/table/table-check.ts';
import { constantColumn, mostlyMissing } from '../../shared/checks/alarms.ts';

export const checks: readonly TableCheck[] = [
  {
    kind: 'row',
    name: 'zone_rates_do_not_sum_to_100',
    severity: 'error',
    violation:
      'ABS(paint_rate_last_10 + mid_range_rate_last_10 + three_pt_rate_last_10 - 100) > 0.02',
  },
  {
    kind: 'row',
    name: 'more_in_7_days_than_in_14',
    severity: 'error',
    violation:
      'games_in_last_7_days > games_in_last_14_days OR minutes_in_last_7_days > minutes_in_last_14_days',
  },
  {
    // Ten games or fewer: the window is the season.
    kind: 'row',
    name: 'last_10_is_not_the_season',
    severity: 'error',
    violation: `games_played_season <= 10 AND (
      points_avg_last_10 <> points_avg_season
      OR minutes_avg_last_10 <> minutes_avg_season
      OR usage_rate_last_10 <> player_usage_rate_season)`,
  },
  ...[
    'points_avg_last_5',
    'points_avg_last_10',
    'points_avg_season',
    'points_std_last_10',
    'minutes_avg_last_10',
    'minutes_avg_season',
    'usage_rate_last_10',
    'player_usage_rate_season',
    'ts_pct_last_10',
    'team_pace_last_10',
    'team_off_rating_last_10',
    'paint_rate_last_10',
    'mid_range_rate_last_10',
    'three_pt_rate_last_10',
    'assisted_rate_last_10',
  ].map((name) => constantColumn(name)),
  ...[
    'points_std_last_10',
    'usage_rate_last_10',
    'player_usage_rate_season',
    'ts_pct_last_10',
    'team_pace_last_10',
    'team_off_rating_last_10',
  ].map(mostlyMissing),
];
