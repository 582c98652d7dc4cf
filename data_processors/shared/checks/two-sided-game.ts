import type { TableCheck } from '../../../src/table/table-check.ts';
import { gameCheck } from './game-check.ts';

/** Both rows of a game must tell one story; shared by the tables with one row per team and game. */
export function twoSidedGame(): TableCheck {
  const conditions = [
    'COUNT(*) <> 2',
    'MIN(game_id) <> MAX(game_id)',
    'SUM(CASE WHEN win_flag THEN 1 ELSE 0 END) <> 1',
    'SUM(margin_of_victory) <> 0',
    'COUNT(home_game) > 0 AND SUM(CASE WHEN home_game THEN 1 ELSE 0 END) <> 1',
    'MIN(overtime_periods) <> MAX(overtime_periods)',
  ];
  return gameCheck('two_sides_of_a_game_disagree', 'error', conditions.join('\n    OR '));
}
