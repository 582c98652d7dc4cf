import type { TableCheck } from '../../../src/table/table-check.ts';

/**
 * A check of the rows of a game taken together.
 * @param having SQL condition over the rows of one game, TRUE where they break the rule.
 */
export function gameCheck(
  name: string,
  severity: TableCheck['severity'],
  having: string,
): TableCheck {
  return {
    kind: 'group',
    name,
    severity,
    sql: (staged) => `
SELECT partition_date, COUNT(*) AS violations, 'game ' || MIN(nba_game_id) AS example
FROM (
  SELECT game_date AS partition_date, nba_game_id
  FROM ${staged} AS staged
  GROUP BY game_date, nba_game_id
  HAVING ${having}
) AS games
GROUP BY partition_date`,
  };
}
