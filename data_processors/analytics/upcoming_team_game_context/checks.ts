import { constantColumn, fullTeamSlateRows, mostlyMissing } from '../../../src/table/alarms.ts';
import type { TableCheck } from '../../../src/table/table-check.ts';
import { gameCheck } from '../../shared/checks/game-check.ts';

/** Measures that differ between the teams of any full slate after the first games. */
const measures = ['last_game_margin', 'miles_traveled_last_14_days', 'travel_miles'];

export const checks: readonly TableCheck[] = [
  gameCheck(
    'two_sides_of_a_game_disagree',
    'error',
    `COUNT(*) <> 2
    OR MIN(game_id) <> MAX(game_id)
    OR MIN(team_abbr) <> MIN(opponent_team_abbr)
    OR MAX(team_abbr) <> MAX(opponent_team_abbr)
    OR COUNT(home_game) = 1
    OR COUNT(home_game) = 2 AND SUM(CASE WHEN home_game THEN 1 ELSE 0 END) <> 1
    OR COUNT(game_spread) = 1
    OR SUM(game_spread) <> 0
    OR COUNT(game_total) = 1
    OR MIN(game_total) <> MAX(game_total)`,
  ),
  {
    kind: 'row',
    name: 'winning_and_losing_at_once',
    severity: 'error',
    violation: 'team_win_streak_entering > 0 AND team_loss_streak_entering > 0',
  },
  {
    kind: 'row',
    name: 'a_streak_without_its_last_result',
    severity: 'error',
    violation: `(team_win_streak_entering > 0) <> (COALESCE(last_game_result, '') = 'W')
      OR (team_loss_streak_entering > 0) <> (COALESCE(last_game_result, '') = 'L')`,
  },
  {
    kind: 'row',
    name: 'more_games_in_7_days_than_in_14',
    severity: 'error',
    violation: 'games_in_last_7_days > games_in_last_14_days',
  },
  {
    kind: 'row',
    name: 'back_to_back_without_a_game_the_day_before',
    severity: 'error',
    violation: 'team_back_to_back <> (COALESCE(days_since_last_game, 99) = 1)',
  },
  ...measures.map((name) =>
    constantColumn(
      name,
      "game_type = 'regular_season' AND game_number_in_season > 1",
      fullTeamSlateRows,
    ),
  ),
  mostlyMissing('travel_miles', fullTeamSlateRows),
];
