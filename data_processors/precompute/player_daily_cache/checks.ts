import { constantColumn, mostlyMissing } from '../../../src/table/alarms.ts';
import type { TableCheck } from '../../../src/table/table-check.ts';
import { playerMeasures, teamMeasures, zoneMeasures } from './measures.ts';

const measured = [...playerMeasures, ...teamMeasures];
const rates = zoneMeasures.filter(({ type }) => type.kind === 'NUMERIC');

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
    // With ten games or fewer the window is the season, so that their averages must be equal.
    kind: 'row',
    name: 'last_10_is_not_the_season',
    severity: 'error',
    violation: `games_played_season <= 10 AND (
      points_avg_last_10 <> points_avg_season
      OR minutes_avg_last_10 <> minutes_avg_season
      OR usage_rate_last_10 <> player_usage_rate_season)`,
  },
  ...measured.map(({ name }) => constantColumn(name)),
  ...rates.map(({ name }) => constantColumn(name)),
  ...measured
    .filter(({ nullWhen }) => nullWhen !== undefined)
    .map(({ name }) => mostlyMissing(name)),
];
