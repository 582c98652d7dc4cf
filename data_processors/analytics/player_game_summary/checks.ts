import type { TableCheck } from '../../../src/table/table-check.ts';

const counts = [
  'points',
  'assists',
  'offensive_rebounds',
  'defensive_rebounds',
  'steals',
  'blocks',
  'turnovers',
  'personal_fouls',
  'fg_makes',
  'fg_attempts',
  'three_pt_makes',
  'three_pt_attempts',
  'ft_makes',
  'ft_attempts',
];

export const checks: readonly TableCheck[] = [
  {
    kind: 'row',
    name: 'more_makes_than_attempts',
    severity: 'error',
    violation:
      'fg_makes > fg_attempts OR three_pt_makes > three_pt_attempts OR three_pt_attempts > fg_attempts OR ft_makes > ft_attempts OR three_pt_makes > fg_makes',
  },
  {
    kind: 'row',
    name: 'negative_count',
    severity: 'error',
    violation: counts.map((name) => `${name} < 0`).join(' OR '),
  },
  {
    kind: 'row',
    name: 'points_identity',
    severity: 'error',
    violation: 'points <> 2 * (fg_makes - three_pt_makes) + 3 * three_pt_makes + ft_makes',
  },
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
