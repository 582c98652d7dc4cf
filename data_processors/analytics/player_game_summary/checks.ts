import type { TableCheck } from '../../../src/table/table-check.ts';
import { boxScoreChecks } from '../../shared/box-score-checks.ts';

export const checks: readonly TableCheck[] = [
  ...boxScoreChecks('points'),
  {
    kind: 'row',
    name: 'plays_against_himself',
    severity: 'error',
    violation: 'team_abbr = opponent_team_abbr',
  },
  {
    kind: 'group',
    name: 'rows_per_game_outside_13_to_30',
    severity: 'error',
    sql: (staged) => `
SELECT partition_date, COUNT(*) AS violations
FROM (
  SELECT game_date AS partition_date, nba_game_id
  FROM ${staged} AS staged
  GROUP BY game_date, nba_game_id
  HAVING COUNT(*) < 13 OR COUNT(*) > 30
) AS games
GROUP BY partition_date`,
  },
  {
    kind: 'group',
    name: 'team_usage_is_not_20',
    severity: 'warn',
    sql: (staged, dialect) => `
SELECT partition_date, COUNT(*) AS violations
FROM (
  SELECT game_date AS partition_date, nba_game_id, team_abbr
  FROM (
    SELECT game_date, nba_game_id, team_abbr, seconds_played, usage_rate,
      ${dialect.units('usage_rate', 1)} * seconds_played AS tenth_seconds
    FROM ${staged} AS staged
    WHERE is_active
  ) AS active
  GROUP BY game_date, nba_game_id, team_abbr
  HAVING COUNT(usage_rate) = COUNT(*)
    AND ABS(SUM(tenth_seconds) - 200 * SUM(seconds_played)) > 2 * SUM(seconds_played)
) AS team_games
GROUP BY partition_date`,
  },
];
