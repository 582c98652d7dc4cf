import { constantColumn } from '../../../src/table/alarms.ts';
import type { TableCheck } from '../../../src/table/table-check.ts';
import { marketForm, minutesForm } from './player-features.ts';

export const checks: readonly TableCheck[] = [
  {
    kind: 'row',
    name: 'more_in_7_days_than_in_14',
    severity: 'error',
    violation:
      'games_in_last_7_days > games_in_last_14_days OR minutes_in_last_7_days > minutes_in_last_14_days',
  },
  ...[...marketForm, ...minutesForm].map(({ name }) => constantColumn(name)),
];
