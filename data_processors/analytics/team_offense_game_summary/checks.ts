import { constantColumn, fullTeamSlateRows } from '../../../src/table/alarms.ts';
import type { TableCheck } from '../../../src/table/table-check.ts';
import { boxScoreChecks } from '../../shared/checks/box-score-checks.ts';
import { twoSidedGame } from '../../shared/checks/two-sided-game.ts';

export const checks: readonly TableCheck[] = [
  twoSidedGame(),
  ...boxScoreChecks('points_scored'),
  {
    kind: 'row',
    name: 'zones_do_not_add_up',
    severity: 'error',
    violation: `has_shot_zones AND (
      paint_attempts + mid_range_attempts + zone_three_pt_attempts <> fg_attempts
      OR paint_makes + mid_range_makes + zone_three_pt_makes <> fg_makes
      OR zone_three_pt_attempts <> three_pt_attempts
      OR zone_three_pt_makes <> three_pt_makes)`,
  },
  ...['points_scored', 'possessions', 'offensive_rating', 'pace', 'ts_pct', 'paint_attempts'].map(
    (name) => constantColumn(name, undefined, fullTeamSlateRows),
  ),
  {
    kind: 'row',
    name: 'team_seconds_off_the_clock',
    severity: 'warn',
    violation: 'ABS(team_seconds - 14400 - 1500 * overtime_periods) > 60',
  },
];
