import type { SqlContext } from '../../../src/table/sql-context.ts';
import { zoneColumnNames, zoneCounts } from '../../shared/shots/shot-zones-sql.ts';

const boxTotals: readonly (readonly [column: string, total: string])[] = [
  ['pts', 'points_scored'],
  ['fgm', 'fg_makes'],
  ['fga', 'fg_attempts'],
  ['fg3m', 'three_pt_makes'],
  ['fg3a', 'three_pt_attempts'],
  ['ftm', 'ft_makes'],
  ['fta', 'ft_attempts'],
  ['oreb', 'offensive_rebounds'],
  ['dreb', 'defensive_rebounds'],
  ['ast', 'assists'],
  ['tov', 'turnovers'],
  ['stl', 'steals'],
  ['blk', 'blocks'],
  ['pf', 'personal_fouls'],
  ['seconds_played', 'team_seconds'],
];

/** Possessions in hundredths: FGA + 0.44·FTA + TOV − OREB, so that they stay an integer. */
const possessionHundredths =
  '100 * own.fg_attempts + 44 * own.ft_attempts + 100 * own.turnovers - 100 * own.offensive_rebounds';

/** Two rows per final game. */
export function rowsSql({ sql, input }: SqlContext): string {
  const totals = boxTotals
    .map(([column, total]) => `COALESCE(${sql.sum(column)}, 0) AS ${total}`)
    .join(',\n    ');
  const zones = zoneColumnNames
    .map((name) => `CASE WHEN usable THEN COALESCE(zones.${name}, 0) END AS ${name}`)
    .join(',\n    ');
  const whenPossessions = (expression: string) =>
    `CASE WHEN possession_hundredths > 0 THEN ${expression} END`;
  return `
WITH totals AS (
  SELECT
    nba_game_id,
    game_date,
    team_abbr,
    ${totals}
  FROM ${input('player_box')} AS box
  GROUP BY nba_game_id, game_date, team_abbr
),
zones AS (
  SELECT
    nba_game_id,
    game_date,
    team_abbr,
    COUNT(*) AS fg_attempts,
    ${sql.countIf('made')} AS fg_makes,
    ${zoneCounts(sql)}
  FROM ${input('shots')} AS shot
  GROUP BY nba_game_id, game_date, team_abbr
),
shot_charts AS (
  SELECT
    totals.nba_game_id,
    totals.game_date,
    LOGICAL_OR(zones.team_abbr IS NOT NULL) AS any_shots,
    LOGICAL_AND(
      zones.team_abbr IS NOT NULL
      AND zones.fg_attempts = totals.fg_attempts
      AND zones.fg_makes = totals.fg_makes
      AND zones.zone_three_pt_attempts = totals.three_pt_attempts
      AND zones.zone_three_pt_makes = totals.three_pt_makes
    ) AS usable
  FROM totals
  LEFT JOIN zones
    ON zones.nba_game_id = totals.nba_game_id
    AND zones.game_date = totals.game_date
    AND zones.team_abbr = totals.team_abbr
  GROUP BY totals.nba_game_id, totals.game_date
),
sides AS (
  SELECT game.*, team_a_abbr AS team_abbr, team_b_abbr AS opponent_team_abbr
  FROM ${input('schedule')} AS game
  UNION ALL
  SELECT game.*, team_b_abbr AS team_abbr, team_a_abbr AS opponent_team_abbr
  FROM ${input('schedule')} AS game
),
games AS (
  SELECT
    sides.game_id,
    sides.season_year,
    sides.game_type,
    sides.opponent_team_abbr,
    sides.home_team_abbr = sides.team_abbr AS home_game,
    own.*,
    opponent.points_scored AS opponent_points,
    shot_charts.any_shots,
    shot_charts.usable,
    ${possessionHundredths} AS possession_hundredths,
    100 * own.fg_attempts + 44 * own.ft_attempts AS true_shot_hundredths,
    ${zones}
  FROM sides
  INNER JOIN target_dates
    ON target_dates.analysis_date = sides.game_date
  INNER JOIN totals AS own
    ON own.nba_game_id = sides.nba_game_id
    AND own.game_date = sides.game_date
    AND own.team_abbr = sides.team_abbr
  INNER JOIN totals AS opponent
    ON opponent.nba_game_id = sides.nba_game_id
    AND opponent.game_date = sides.game_date
    AND opponent.team_abbr = sides.opponent_team_abbr
  INNER JOIN shot_charts
    ON shot_charts.nba_game_id = sides.nba_game_id
    AND shot_charts.game_date = sides.game_date
  LEFT JOIN zones
    ON zones.nba_game_id = sides.nba_game_id
    AND zones.game_date = sides.game_date
    AND zones.team_abbr = sides.team_abbr
)
SELECT
  game_id,
  nba_game_id,
  game_date,
  season_year,
  game_type,
  team_abbr,
  opponent_team_abbr,
  home_game,
  points_scored,
  fg_makes,
  fg_attempts,
  three_pt_makes,
  three_pt_attempts,
  ft_makes,
  ft_attempts,
  offensive_rebounds,
  defensive_rebounds,
  assists,
  turnovers,
  steals,
  blocks,
  personal_fouls,
  offensive_rebounds + defensive_rebounds AS rebounds,
  team_seconds,
  CASE
    WHEN team_seconds <= 14400 THEN 0
    ELSE div(2 * (team_seconds - 14400) + 1500, 3000)
  END AS overtime_periods,
  usable AS has_shot_zones,
  ${zoneColumnNames.join(',\n  ')},
  2 * paint_makes AS points_in_paint_scored,
  ${sql.decimal('possession_hundredths', 2)} AS possessions,
  ${whenPossessions(sql.ratio('10000 * points_scored', 'possession_hundredths', 2))} AS offensive_rating,
  ${whenPossessions(sql.ratio('144 * possession_hundredths', 'team_seconds', 1))} AS pace,
  ${sql.ratio('50 * points_scored', 'true_shot_hundredths', 3)} AS ts_pct,
  points_scored > opponent_points AS win_flag,
  points_scored - opponent_points AS margin_of_victory,
  ${sql.issues([
    { code: 'home_side_unknown', when: 'home_game IS NULL' },
    { code: 'shot_chart_mismatch', when: 'any_shots AND NOT usable' },
  ])} AS data_quality_issues
FROM games`;
}
