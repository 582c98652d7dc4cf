import { constantColumn, fullBoxScoreRows } from '../../../src/table/alarms.ts';
import type { TableCheck } from '../../../src/table/table-check.ts';
import { boxScoreChecks } from '../../shared/checks/box-score-checks.ts';
import { gameCheck } from '../../shared/checks/game-check.ts';

export const checks: readonly TableCheck[] = [
  ...boxScoreChecks('points'),
  {
    kind: 'row',
    name: 'plays_against_himself',
    severity: 'error',
    violation: 'team_abbr = opponent_team_abbr',
  },
  ...['points', 'seconds_played', 'usage_rate', 'ts_pct', 'plus_minus'].map((name) =>
    constantColumn(name, 'is_active', fullBoxScoreRows),
  ),
  {
    kind: 'date',
    name: 'usage_rate_is_often_missing',
    severity: 'warn',
    violation: `COUNT(*) >= ${fullBoxScoreRows} AND 100 * COUNT(usage_rate) < 97 * COUNT(*)`,
  },
  {
    // A chart of one game of ten is a load that was cut short, not a source without charts.
    kind: 'date',
    name: 'only_some_games_have_shot_zones',
    severity: 'warn',
    violation: `COUNT(CASE WHEN has_shot_zones THEN 1 END) > 0
      AND 2 * COUNT(CASE WHEN has_shot_zones THEN 1 END) < COUNT(*)`,
  },
  {
    // In the seasons at hand 11 to 12 % of those who play do not score, in the playoffs up to 19 %.
    kind: 'date',
    name: 'too_many_or_too_few_without_a_point',
    severity: 'warn',
    violation: `COUNT(CASE WHEN is_active THEN 1 END) >= ${fullBoxScoreRows}
      AND (100 * COUNT(CASE WHEN is_active AND points = 0 THEN 1 END) > 35 * COUNT(CASE WHEN is_active THEN 1 END)
        OR COUNT(CASE WHEN is_active AND points = 0 THEN 1 END) = 0)`,
  },
  // Some logs list all who are on the roster; who did not play is no row too many.
  gameCheck(
    'rows_per_game_outside_13_to_30',
    'error',
    `COUNT(*) < 13 OR COUNT(CASE WHEN is_active THEN 1 END) > 30`,
  ),
  {
    kind: 'group',
    name: 'team_usage_is_not_20',
    severity: 'warn',
    sql: (staged, dialect) => `
SELECT partition_date, COUNT(*) AS violations, 'game ' || MIN(nba_game_id) AS example
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
