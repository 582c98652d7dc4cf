import type { SqlContext } from '../../../src/table/sql-context.ts';
import { pointsLineCtes } from '../../shared/lines/points-line-sql.ts';
import { zoneColumnNames, zoneCounts } from '../../shared/shots/shot-zones-sql.ts';

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
    team.team_seconds,
    100 * box.fga + 44 * box.fta AS true_shot_hundredths,
    100 * box.fga + 44 * box.fta + 100 * box.tov AS play_hundredths,
    100 * team.fg_attempts + 44 * team.ft_attempts + 100 * team.turnovers AS team_play_hundredths,
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
),
rated AS (
  SELECT
    players.*,
    play_hundredths * team_seconds AS usage_num,
    5 * seconds_played * team_play_hundredths AS usage_den
  FROM players
)
SELECT
  CAST(player_id AS STRING) AS universal_player_id,
  player_lookup,
  player_name AS player_full_name,
  game_id,
  nba_game_id,
  game_date,
  season_year,
  game_type,
  team_abbr,
  opponent_team_abbr,
  home_game,
  COALESCE(seconds_played > 0, FALSE) AS is_active,
  starter AS starter_flag,
  win_flag,
  seconds_played,
  ${sql.ratio('seconds_played', '60', 1)} AS minutes_played,
  pts AS points,
  ast AS assists,
  oreb AS offensive_rebounds,
  dreb AS defensive_rebounds,
  oreb + dreb AS rebounds,
  stl AS steals,
  blk AS blocks,
  tov AS turnovers,
  pf AS personal_fouls,
  plus_minus,
  fgm AS fg_makes,
  fga AS fg_attempts,
  fg3m AS three_pt_makes,
  fg3a AS three_pt_attempts,
  ftm AS ft_makes,
  fta AS ft_attempts,
  has_shot_zones,
  ${zoneColumnNames.join(',\n  ')},
  assisted_fg_makes,
  unassisted_fg_makes,
  CASE WHEN usage_num <= usage_den THEN ${sql.ratio('100 * usage_num', 'usage_den', 1)} END AS usage_rate,
  ${sql.ratio('50 * pts', 'true_shot_hundredths', 3)} AS ts_pct,
  ${sql.ratio('2 * fgm + fg3m', '2 * fga', 3)} AS efg_pct,
  line AS points_line,
  bookmaker AS points_line_source,
  CASE WHEN pts > line THEN 'OVER' WHEN pts < line THEN 'UNDER' WHEN pts = line THEN 'PUSH' END AS over_under_result,
  CAST(pts AS NUMERIC) - line AS margin,
  ${sql.issues([
    { code: 'home_side_unknown', when: 'home_game IS NULL' },
    { code: 'shot_chart_mismatch', when: 'game_mismatch OR own_mismatch' },
    { code: 'usage_over_100', when: 'seconds_played > 0 AND usage_num > usage_den' },
    { code: 'zero_seconds', when: 'seconds_played = 0' },
  ])} AS data_quality_issues
FROM rated`;
}

/** Lines without a capture time are allowed here: this table describes the game itself. */
function offeredLines({ input }: SqlContext): string {
  return `
  SELECT game_date, player_lookup, bookmaker, line, captured_at
  FROM ${input('player_props')} AS prop
  WHERE market = 'points'
    AND (captured_at IS NULL OR tipoff_at IS NULL OR captured_at <= tipoff_at)`;
}
