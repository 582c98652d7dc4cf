import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { teams } from '../src/league/teams.ts';
import { type SimulatedLeagueRequest, writeSimulatedLeague } from './write-simulated-league.ts';

let folder: string;
let paths: readonly string[];
const seen: number[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulated-'));
  paths = await write('first', { seasons: 2, onSeason: (year) => seen.push(year) });
});
afterAll(() => rm(folder, { recursive: true }));

async function write(
  name: string,
  request: Partial<SimulatedLeagueRequest>,
): Promise<readonly string[]> {
  const directory = await mkdtemp(join(folder, `${name}-`));
  return writeSimulatedLeague({ directory, seasons: 1, gamesPerTeam: 10, ...request });
}

async function rows(sql: string): Promise<readonly (readonly unknown[])[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const files = (all: readonly string[], kind: string) =>
  `read_parquet([${all
    .filter((path) => basename(path).startsWith(kind))
    .map((path) => `'${path}'`)
    .join(', ')}])`;
const logs = () => files(paths, 'playergamelogs');
const shots = () => files(paths, 'shotchartdetail');

const digests = async (all: readonly string[]) =>
  Promise.all(
    all.map(async (path) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ),
  );

it('names its files by season and reports each', () => {
  expect(paths.map((path) => basename(path))).toEqual([
    'playergamelogs_2021-22.parquet',
    'shotchartdetail_2021-22.parquet',
    'playergamelogs_2022-23.parquet',
    'shotchartdetail_2022-23.parquet',
  ]);
  expect(seen).toEqual([2021, 2022]);
});

describe('the same seed', () => {
  it('writes the same bytes again, whatever follows', async () => {
    const [again, one] = await Promise.all([
      write('again', { seasons: 2, seed: 1 }),
      write('one', { seasons: 1 }),
    ]);
    expect(await digests(again)).toEqual(await digests(paths));
    expect(await digests(one)).toEqual(await digests(paths.slice(0, 2)));
  });

  it('and no other seed', async () => {
    const other = await write('other', { seed: 2 });
    const [mine, theirs] = await Promise.all([digests(paths.slice(0, 2)), digests(other)]);
    expect(theirs[0]).not.toBe(mine[0]);
    expect(theirs[1]).not.toBe(mine[1]);
  });
});

it('has the columns and types of the source, and says that it is simulated', async () => {
  const columns = async (relation: string) =>
    (await rows(`DESCRIBE FROM ${relation}`)).map(([name, type]) => `${name} ${type}`).join(', ');
  expect(await columns(logs())).toBe(LOG_COLUMNS);
  expect(await columns(shots())).toBe(SHOT_COLUMNS);
  for (const relation of [logs(), shots()]) {
    expect(await rows(`SELECT DISTINCT DATA_KIND FROM ${relation}`)).toEqual([['simulated']]);
  }
});

it('writes lines that obey every identity', async () => {
  const broken = await rows(`SELECT GAME_ID, PLAYER_NAME FROM ${logs()}
    WHERE PTS <> 2 * (FGM - FG3M) + 3 * FG3M + FTM OR REB <> OREB + DREB
      OR round(MIN * 60) <> CAST(split_part(MIN_SEC, ':', 1) AS INT) * 60 + CAST(split_part(MIN_SEC, ':', 2) AS INT)
      OR NOT regexp_full_match(MIN_SEC, '[0-9]{1,2}:[0-5][0-9]')
      OR NOT regexp_full_match(GAME_ID, '00[245][0-9]{7}')
      OR NOT regexp_full_match(GAME_DATE, '[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00')
      OR NOT regexp_full_match(MATCHUP, TEAM_ABBREVIATION || ' (vs\\.|@) [A-Z]{3}')
      OR (FG_PCT IS NULL) <> (FGA = 0) OR (FT_PCT IS NULL) <> (FTA = 0) OR (FG3_PCT IS NULL) <> (FG3A = 0)
      OR FG_PCT NOT BETWEEN 0 AND 1 OR PLAYER_ID < 9000001
      OR SEASON_YEAR <> concat('20', substr(GAME_ID, 4, 2), '-', CAST(substr(GAME_ID, 4, 2) AS INT) + 1)
      OR SEASON_TYPE <> CASE substr(GAME_ID, 3, 1) WHEN '2' THEN 'Regular Season' WHEN '4' THEN 'Playoffs' ELSE 'PlayIn' END`);
  expect(broken).toEqual([]);
  const games = await rows(`WITH team AS (
      SELECT GAME_ID, TEAM_ID, sum(PTS) AS points, sum(PLUS_MINUS) AS plus, min(WL) AS wl, max(WL) AS wl2,
        min(MATCHUP) AS matchup, count(DISTINCT MATCHUP) AS matchups
      FROM ${logs()} GROUP BY ALL
    ) SELECT GAME_ID FROM team GROUP BY GAME_ID
    HAVING count(*) <> 2 OR sum(plus) <> 0 OR max(matchups) <> 1
      OR count_if(matchup LIKE '% vs. %') <> 1
      OR bool_or(wl <> wl2) OR arg_max(wl, points) <> 'W' OR arg_min(wl, points) <> 'L'`);
  expect(games).toEqual([]);
});

it('writes shots that agree with the lines, for the regular season only', async () => {
  const disagreeing = await rows(`WITH shot AS (
      SELECT GAME_ID, PLAYER_ID, TEAM_ID, PLAYER_NAME, count(*) AS fga, sum(SHOT_MADE_FLAG) AS fgm,
        count_if(SHOT_TYPE = '3PT Field Goal') AS fg3a,
        count_if(SHOT_TYPE = '3PT Field Goal' AND EVENT_TYPE = 'Made Shot') AS fg3m,
        min(GAME_DATE) AS day, min(HTM) AS home, min(VTM) AS away
      FROM ${shots()} GROUP BY ALL
    ) SELECT * FROM (FROM ${logs()} WHERE SEASON_TYPE = 'Regular Season') AS box
    FULL JOIN shot USING (GAME_ID, PLAYER_ID, TEAM_ID, PLAYER_NAME)
    WHERE coalesce(box.FGA, -1) <> coalesce(shot.fga, 0) OR box.FGM <> coalesce(shot.fgm, 0)
      OR box.FG3A <> coalesce(shot.fg3a, 0) OR box.FG3M <> coalesce(shot.fg3m, 0)
      OR day <> replace(substr(box.GAME_DATE, 1, 10), '-', '')
      OR home IS NOT NULL AND box.MATCHUP NOT IN (concat(home, ' vs. ', away), concat(away, ' @ ', home))`);
  expect(disagreeing).toEqual([]);
  const odd = await rows(`SELECT GAME_ID, GAME_EVENT_ID FROM ${shots()}
    WHERE SHOT_DISTANCE <> floor(sqrt(LOC_X ^ 2 + LOC_Y ^ 2) / 10) OR SHOT_ATTEMPTED_FLAG <> 1
      OR (SHOT_MADE_FLAG = 1) <> (EVENT_TYPE = 'Made Shot')
      OR (SHOT_TYPE = '3PT Field Goal') <> (SHOT_ZONE_BASIC LIKE '% 3' OR SHOT_ZONE_BASIC = 'Backcourt')
      OR MINUTES_REMAINING > 11 OR SECONDS_REMAINING > 59 OR PERIOD NOT BETWEEN 1 AND 8
    UNION ALL
    SELECT GAME_ID, GAME_EVENT_ID FROM ${shots()} GROUP BY ALL HAVING count(*) > 1`);
  expect(odd).toEqual([]);
});

it('carries the ids of the real teams', async () => {
  const found = await rows(`SELECT DISTINCT TEAM_ABBREVIATION, TEAM_ID FROM ${logs()} ORDER BY 1`);
  const real = teams.map((team) => [team.tricode, String(team.nbaTeamId)]);
  expect(found).toEqual(real.toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)));
});

it('can leave the postseason out', async () => {
  const regular = await write('regular', {
    postseason: false,
    firstSeasonYear: 1999,
    gamesPerTeam: 2,
  });
  expect(basename(regular[0] ?? '')).toBe('playergamelogs_1999-00.parquet');
  expect(
    await rows(`SELECT SEASON_TYPE, SEASON_YEAR, count(DISTINCT GAME_ID), min(GAME_ID)
      FROM ${files(regular, 'playergamelogs')} GROUP BY ALL`),
  ).toEqual([['Regular Season', '1999-00', '30', '0029900001']]);
});

it.each([
  [{ seasons: 0 }, /number of seasons must be at least 1, not 0/],
  [{ firstSeasonYear: 1945 }, /between 1946 and 2045, not 1945–1945/],
  [{ firstSeasonYear: 2045, seasons: 2 }, /not 2045–2046/],
  [{ gamesPerTeam: 21 }, /even number from 2 to 82, not 21/],
])('refuses %o', async (request, message) => {
  await expect(write('refused', request)).rejects.toThrow(message);
});

const LOG_COLUMNS =
  'SEASON_YEAR VARCHAR, SEASON_TYPE VARCHAR, PLAYER_ID BIGINT, PLAYER_NAME VARCHAR, TEAM_ID BIGINT, ' +
  'TEAM_ABBREVIATION VARCHAR, GAME_ID VARCHAR, GAME_DATE VARCHAR, MATCHUP VARCHAR, WL VARCHAR, MIN DOUBLE, ' +
  'FGM BIGINT, FGA BIGINT, FG_PCT DOUBLE, FG3M BIGINT, FG3A BIGINT, FG3_PCT DOUBLE, FTM BIGINT, FTA BIGINT, ' +
  'FT_PCT DOUBLE, OREB BIGINT, DREB BIGINT, REB BIGINT, AST BIGINT, TOV BIGINT, STL BIGINT, BLK BIGINT, ' +
  'PF BIGINT, PTS BIGINT, PLUS_MINUS BIGINT, MIN_SEC VARCHAR, DATA_KIND VARCHAR';

const SHOT_COLUMNS =
  'GRID_TYPE VARCHAR, GAME_ID VARCHAR, GAME_EVENT_ID BIGINT, PLAYER_ID BIGINT, PLAYER_NAME VARCHAR, ' +
  'TEAM_ID BIGINT, PERIOD UTINYINT, MINUTES_REMAINING UTINYINT, SECONDS_REMAINING UTINYINT, ' +
  'EVENT_TYPE VARCHAR, ACTION_TYPE VARCHAR, SHOT_TYPE VARCHAR, SHOT_ZONE_BASIC VARCHAR, ' +
  'SHOT_ZONE_AREA VARCHAR, SHOT_ZONE_RANGE VARCHAR, SHOT_DISTANCE UTINYINT, LOC_X INTEGER, LOC_Y INTEGER, ' +
  'SHOT_ATTEMPTED_FLAG INTEGER, SHOT_MADE_FLAG INTEGER, GAME_DATE VARCHAR, HTM VARCHAR, VTM VARCHAR, ' +
  'DATA_KIND VARCHAR';
