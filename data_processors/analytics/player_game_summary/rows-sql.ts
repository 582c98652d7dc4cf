import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { playHundredths, usage } from '../../shared/formulas-sql.ts';
import { capturedInTime, pointsLineCtes } from '../../shared/lines/points-line-sql.ts';
import { zoneColumnNames, zoneCounts } from '../../shared/shots/shot-zones-sql.ts';
import { measures } from './measures.ts';

/** One row per row of the box score. */
export function rowsSql(context: SqlContext): string {
  const { sql, input } = context;
  const zones = zoneColumnNames
    .map(
      (name) => `CASE WHEN team.has_shot_zones THEN COALESCE(own_shots.${name}, 0) END AS ${name}`,
    )
    .join(',\n    ');
  const knownAssists = (column: string) =>
    `CASE
      WHEN team.has_shot_zones AND game_assists.known AND COALESCE(own_shots.unknown_assists, 0) = 0
      THEN COALESCE(own_shots.${column}, 0)
    END AS ${column}`;
  const usageShare = usage({
    plays: playHundredths('box.fga', 'box.fta', 'box.tov'),
    seconds: 'box.seconds_played',
    teamPlays: playHundredths('team.fg_attempts', 'team.ft_attempts', 'team.turnovers'),
    teamSeconds: 'team.team_seconds',
  });
  return `
WITH own_shots AS (
  SELECT
    nba_game_id,
    game_date,
    player_id,
    COUNT(*) AS fg_attempts,
    ${sql.countIf('made')} AS fg_makes,
    ${sql.countIf('made AND is_assisted')} AS assisted_fg_makes,
    ${sql.countIf('made AND NOT is_assisted')} AS unassisted_fg_makes,
    ${sql.countIf('made AND is_assisted IS NULL')} AS unknown_assists,
    ${zoneCounts(sql)}
  FROM ${input('shots')} AS shot
  GROUP BY nba_game_id, game_date, player_id
),
game_assists AS (
  SELECT nba_game_id, game_date, LOGICAL_OR(is_assisted IS NOT NULL) AS known
  FROM ${input('shots')} AS shot
  GROUP BY nba_game_id, game_date
),
${pointsLineCtes('player_lookup', offeredLines(context))},
players AS (
  SELECT
    box.*,
    team.game_id,
    team.opponent_team_abbr,
    team.home_game,
    team.win_flag,
    team.has_shot_zones,
    ${usageShare.num} AS usage_num,
    ${usageShare.den} AS usage_den,
    ${zones},
    ${knownAssists('assisted_fg_makes')},
    ${knownAssists('unassisted_fg_makes')},
    game_assists.nba_game_id IS NOT NULL AND NOT team.has_shot_zones AS game_mismatch,
    team.has_shot_zones AND (
      COALESCE(own_shots.fg_attempts, 0) <> COALESCE(box.fga, 0)
      OR COALESCE(own_shots.fg_makes, 0) <> COALESCE(box.fgm, 0)
      OR COALESCE(own_shots.zone_three_pt_attempts, 0) <> COALESCE(box.fg3a, 0)
      OR COALESCE(own_shots.zone_three_pt_makes, 0) <> COALESCE(box.fg3m, 0)
    ) AS own_mismatch,
    points_lines.line,
    points_lines.bookmaker
  FROM ${input('player_box')} AS box
  INNER JOIN target_dates
    ON target_dates.analysis_date = box.game_date
  INNER JOIN ${input('team_offense_game_summary')} AS team
    ON team.nba_game_id = box.nba_game_id
    AND team.game_date = box.game_date
    AND team.team_abbr = box.team_abbr
  LEFT JOIN own_shots
    ON own_shots.nba_game_id = box.nba_game_id
    AND own_shots.game_date = box.game_date
    AND own_shots.player_id = box.player_id
  LEFT JOIN game_assists
    ON game_assists.nba_game_id = box.nba_game_id
    AND game_assists.game_date = box.game_date
  LEFT JOIN points_lines
    ON points_lines.game_date = box.game_date
    AND points_lines.player_lookup = box.player_lookup
)
SELECT
  ${selectList(measures, sql)}
FROM players`;
}

/** Lines without a capture time are allowed here: this table describes the game itself. */
function offeredLines({ input }: SqlContext): string {
  return `
  SELECT prop.game_date, prop.player_lookup, prop.bookmaker, prop.line, prop.captured_at
  FROM ${input('player_props')} AS prop
  INNER JOIN ${input('player_box')} AS box
    ON box.game_date = prop.game_date
    AND box.player_lookup = prop.player_lookup
  INNER JOIN ${input('schedule')} AS game
    ON game.nba_game_id = box.nba_game_id
    AND game.game_date = box.game_date
  WHERE prop.market = 'points'
    AND ${capturedInTime('prop', 'game')}`;
}
