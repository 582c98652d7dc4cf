import { constantColumn, fullSlateRows } from '../../../src/table/alarms.ts';
import type { TableCheck } from '../../../src/table/table-check.ts';
import { gameCheck } from '../../shared/checks/game-check.ts';

/** Measures that differ between the players of any full slate. */
const measures = [
  'points_avg_last_5',
  'points_avg_last_10',
  'projected_usage_rate',
  'avg_usage_rate_last_7_games',
  'minutes_in_last_14_days',
  'pace_differential',
  'opponent_def_rating_last_10',
  'opponent_ft_rate_allowed',
];

/** Measures that nearly everybody has once the teams have played ten games. */
const expected = ['pace_differential', 'opponent_def_rating_last_10', 'projected_usage_rate'];

export const checks: readonly TableCheck[] = [
  {
    kind: 'row',
    name: 'plays_against_himself',
    severity: 'error',
    violation: 'team_abbr = opponent_team_abbr',
  },
  {
    kind: 'row',
    name: 'knows_the_date_itself',
    severity: 'error',
    violation: 'last_game_date >= game_date OR days_rest < 1',
  },
  {
    kind: 'row',
    name: 'more_in_7_days_than_in_14',
    severity: 'error',
    violation:
      'games_in_last_7_days > games_in_last_14_days OR minutes_in_last_7_days > minutes_in_last_14_days',
  },
  {
    kind: 'row',
    name: 'two_streaks_at_once',
    severity: 'error',
    violation: 'prop_over_streak > 0 AND prop_under_streak > 0',
  },
  ...measures.map((name) => constantColumn(name)),
  ...expected.map(
    (name): TableCheck => ({
      kind: 'date',
      name: `${name}_is_often_missing`,
      severity: 'warn',
      violation: `COUNT(*) >= ${fullSlateRows} AND MAX(games_played_season) >= 20 AND 10 * COUNT(${name}) < 9 * COUNT(*)`,
    }),
  ),
  gameCheck(
    'rows_per_game_outside_20_to_40',
    'warn',
    `COUNT(*) > 40
    OR COUNT(*) < 20 AND MAX(games_played_season) >= 10`,
  ),
];
