/**
 * SQL that turns the numbers of a season into the two files of the source: its column names, its types,
 * its spellings. Names and labels are joined in here, so that the simulation hands over numbers only.
 */
import { seasonName } from '../src/calendar/season-name.ts';
import { boxColumnNames, shotColumnNames } from './season-columns.ts';

/** Written into every row, so that nothing takes these files for real ones. */
export const SIMULATED = 'simulated';

/** Empty tables for one season at a time and the labels that never change. */
export const createTables: readonly string[] = [
  `CREATE TABLE box (${boxColumnNames.map((name) => `${name} INTEGER`).join(', ')})`,
  `CREATE TABLE shot (${shotColumnNames.map((name) => `${name} INTEGER`).join(', ')})`,
  `CREATE TABLE game (
  game INTEGER, game_id VARCHAR, game_date VARCHAR, season_type VARCHAR,
  home INTEGER, away INTEGER, home_won BOOLEAN
)`,
  'CREATE TABLE player (player_id INTEGER, player_name VARCHAR)',
  'CREATE TABLE team (team INTEGER, tricode VARCHAR, nba_team_id INTEGER)',
  'CREATE TABLE court_area (area INTEGER, zone_basic VARCHAR, zone_area VARCHAR, zone_range VARCHAR)',
  'CREATE TABLE shot_action (action INTEGER, action_type VARCHAR)',
];

/** Names of the tables that hold one season at a time. */
export const seasonTables = ['box', 'shot', 'game', 'player'] as const;

/** Writes the player game logs of the loaded season to `path`. */
export function copyPlayerGameLogs(seasonYear: number, path: string): string {
  const counts = ['oreb', 'dreb', 'reb', 'ast', 'tov', 'stl', 'blk', 'pf', 'pts', 'plus_minus'];
  return copy(
    `WITH line AS (
  SELECT *,
    oreb + dreb AS reb,
    2 * (fgm - fg3m) + 3 * fg3m + ftm AS pts
  FROM box
)
SELECT
  ${text(seasonName(seasonYear))} AS SEASON_YEAR,
  season_type AS SEASON_TYPE,
  ${bigint('player_id')},
  player_name AS PLAYER_NAME,
  CAST(own.nba_team_id AS BIGINT) AS TEAM_ID,
  own.tricode AS TEAM_ABBREVIATION,
  game_id AS GAME_ID,
  concat(game_date, 'T00:00:00') AS GAME_DATE,
  concat(own.tricode, if(is_home = 1, ' vs. ', ' @ '), opponent.tricode) AS MATCHUP,
  if((is_home = 1) = home_won, 'W', 'L') AS WL,
  seconds / 60 AS MIN,
  ${shooting('fgm', 'fga', 'FG_PCT')},
  ${shooting('fg3m', 'fg3a', 'FG3_PCT')},
  ${shooting('ftm', 'fta', 'FT_PCT')},
  ${counts.map(bigint).join(',\n  ')},
  printf('%d:%02d', seconds // 60, seconds % 60) AS MIN_SEC,
  ${text(SIMULATED)} AS DATA_KIND
FROM line
${joinGame}
ORDER BY row_number`,
    path,
  );
}

/** Writes the shot chart of the loaded season to `path`. */
export function copyShotChart(path: string): string {
  return copy(
    `SELECT
  'Shot Chart Detail' AS GRID_TYPE,
  game_id AS GAME_ID,
  CAST(event_id AS BIGINT) AS GAME_EVENT_ID,
  ${bigint('player_id')},
  player_name AS PLAYER_NAME,
  CAST(own.nba_team_id AS BIGINT) AS TEAM_ID,
  CAST(period AS UTINYINT) AS PERIOD,
  CAST(seconds_left // 60 AS UTINYINT) AS MINUTES_REMAINING,
  CAST(seconds_left % 60 AS UTINYINT) AS SECONDS_REMAINING,
  if(made = 1, 'Made Shot', 'Missed Shot') AS EVENT_TYPE,
  action_type AS ACTION_TYPE,
  if(is_three = 1, '3PT Field Goal', '2PT Field Goal') AS SHOT_TYPE,
  zone_basic AS SHOT_ZONE_BASIC,
  zone_area AS SHOT_ZONE_AREA,
  zone_range AS SHOT_ZONE_RANGE,
  CAST(distance AS UTINYINT) AS SHOT_DISTANCE,
  x AS LOC_X,
  y AS LOC_Y,
  1 AS SHOT_ATTEMPTED_FLAG,
  made AS SHOT_MADE_FLAG,
  replace(game_date, '-', '') AS GAME_DATE,
  if(is_home = 1, own.tricode, opponent.tricode) AS HTM,
  if(is_home = 1, opponent.tricode, own.tricode) AS VTM,
  ${text(SIMULATED)} AS DATA_KIND
FROM shot
${joinGame}
JOIN court_area USING (area)
JOIN shot_action USING (action)
ORDER BY row_number`,
    path,
  );
}

const joinGame = `JOIN game USING (game)
JOIN player USING (player_id)
JOIN team AS own ON own.team = if(is_home = 1, home, away)
JOIN team AS opponent ON opponent.team = if(is_home = 1, away, home)`;

function copy(query: string, path: string): string {
  return `COPY (\n${query}\n) TO ${text(path)} (FORMAT parquet, COMPRESSION zstd)`;
}

function bigint(column: string): string {
  return `CAST(${column} AS BIGINT) AS ${column.toUpperCase()}`;
}

/** Makes, attempts and their quotient, which is NULL without attempts. */
function shooting(makes: string, attempts: string, quotient: string): string {
  return `${bigint(makes)},
  ${bigint(attempts)},
  round(${makes} / nullif(${attempts}, 0), 3) AS ${quotient}`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
