import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { possessionHundredths } from '../../shared/formulas-sql.ts';
import { zoneColumnNames, zoneCounts } from '../../shared/shots/shot-zones-sql.ts';
import { boxTotals, measures } from './measures.ts';

/** Two rows per final game. */
export function rowsSql({ sql, input }: SqlContext): string {
  const possessions = possessionHundredths({
    fga: 'own.fg_attempts',
    fta: 'own.ft_attempts',
    turnovers: 'own.turnovers',
    offensiveRebounds: 'own.offensive_rebounds',
  });
  const zones = zoneColumnNames
    .map((name) => `CASE WHEN usable THEN COALESCE(zones.${name}, 0) END AS ${name}`)
    .join(',\n    ');
  return `
WITH totals AS (
  SELECT
    nba_game_id,
    game_date,
    team_abbr,
    ${selectList(boxTotals, sql, 4)}
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
    ${possessions} AS possession_hundredths,
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
  ${selectList(measures, sql)}
FROM games`;
}
