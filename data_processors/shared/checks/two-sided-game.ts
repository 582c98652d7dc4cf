import type { TableCheck } from '../../../src/table/table-check.ts';

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
  return {
    kind: 'group',
    name: 'two_sides_of_a_game_disagree',
    severity: 'error',
    sql: (staged) => `
SELECT partition_date, COUNT(*) AS violations
FROM (
  SELECT game_date AS partition_date, nba_game_id
  FROM ${staged} AS staged
  GROUP BY game_date, nba_game_id
  HAVING ${conditions.join('\n    OR ')}
) AS games
GROUP BY partition_date`,
  };
}
