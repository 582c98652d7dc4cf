/** The same games as the endpoints' own JSON and as box scores without dates give the same rows; what cannot be loaded is refused by name. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { gameLog, type SourceRow } from '../support/game-log.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeCsv, writeParquet } from '../support/write-source.ts';

const folder = tempFolder('shapes');
const game = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' };
const logs = gameLog(game);
const columns = Object.keys(logs[0] ?? {});
let warehouses = 0;
let sound: readonly unknown[];

const schedule = () => writeCsv(folder, 'schedule.csv', [scheduledGame(game)]);

function writeJson(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

async function rowsOf(...files: readonly string[]): Promise<readonly unknown[]> {
  warehouses += 1;
  const warehouse = join(folder, `${warehouses}.duckdb`);
  await prepare(['ingest', ...files, '--warehouse', warehouse]);
  return queryFile(warehouse, 'SELECT * FROM nba_raw.player_box ORDER BY player_id');
}

/** A row of the third version of the box score, its counts by themselves. */
function writtenOut(row: SourceRow) {
  return {
    personId: row['PLAYER_ID'],
    firstName: String(row['PLAYER_NAME']).split(' ')[0],
    familyName: String(row['PLAYER_NAME']).split(' ').slice(1).join(' '),
    statistics: {
      minutes: 'PT30M00.00S',
      fieldGoalsMade: row['FGM'],
      fieldGoalsAttempted: row['FGA'],
      threePointersMade: row['FG3M'],
      threePointersAttempted: row['FG3A'],
      freeThrowsMade: row['FTM'],
      freeThrowsAttempted: row['FTA'],
      reboundsOffensive: row['OREB'],
      reboundsDefensive: row['DREB'],
      assists: row['AST'],
      turnovers: row['TOV'],
      steals: row['STL'],
      blocks: row['BLK'],
      foulsPersonal: row['PF'],
      points: row['PTS'],
      plusMinusPoints: row['PLUS_MINUS'],
    },
  };
}

const side = (team: string) => ({
  teamTricode: team,
  players: logs.filter((row) => row['TEAM_ABBREVIATION'] === team).map(writtenOut),
});

const nested = () =>
  writeJson('v3.json', {
    boxScoreTraditional: {
      gameId: game.id,
      homeTeam: side(game.home),
      awayTeam: side(game.away),
    },
  });

const secondVersion = (row: SourceRow): SourceRow => {
  const { TOV, MATCHUP, GAME_DATE, SEASON_YEAR, WL, MIN, ...same } = row;
  return { ...same, START_POSITION: '', TO: TOV ?? null, MIN: '30:00' };
};

beforeAll(async () => {
  sound = await rowsOf(writeCsv(folder, 'sound.csv', logs));
  expect(sound).toHaveLength(16);
});

test.each<readonly [string, () => string | Promise<string>, boolean]>([
  [
    'resultSets with headers and rowSet',
    () =>
      writeJson('sets.json', {
        resultSets: [
          { name: 'Other', headers: ['A'], rowSet: [] },
          {
            name: 'PlayerGameLogs',
            headers: columns,
            rowSet: logs.map((row) => columns.map((name) => row[name])),
          },
        ],
      }),
    false,
  ],
  ['a list of objects', () => writeJson('list.json', logs), false],
  ['a nested box score, with a schedule', nested, true],
  [
    'a box score of the second version, with a schedule',
    () => writeParquet(folder, 'v2.parquet', logs.map(secondVersion)),
    true,
  ],
])('the same rows: %s', async (_, file, isWithSchedule) => {
  const files = [await file(), ...(isWithSchedule ? [schedule()] : [])];
  expect(await rowsOf(...files)).toEqual(sound);
});

test('a box score without a date and without a schedule is refused, with what to do', async () => {
  const warehouse = join(folder, 'no-schedule.duckdb');
  const { exitCode, stdout } = await backcourt(['ingest', nested(), '--warehouse', warehouse]);
  expect(exitCode).toBe(3);
  expect(stdout).toContain(`game ${game.id} is in no schedule that is loaded`);
});

test('of a game in two shapes the one that has more of it counts, of equals the one declared first; the other is told', async () => {
  const coarse = writeCsv(folder, 'coarse.csv', logs.map(secondVersion));
  const exact = logs.map((row) => ({ ...row, MIN_SEC: '29:59' }));
  const log = writeCsv(folder, 'exact.csv', exact);
  const seconds = async (name: string, ...files: readonly string[]) => {
    const warehouse = join(folder, `${name}.duckdb`);
    const { stdout } = await backcourt([
      ...['ingest', ...files, schedule(), '--warehouse', warehouse],
    ]);
    expect(stdout).toContain('another file has');
    return queryFile(warehouse, 'SELECT DISTINCT seconds_played FROM nba_raw.player_box');
  };
  expect(await seconds('equal', coarse, log)).toEqual([['1799']]);
  const part = writeCsv(folder, 'part.csv', exact.slice(0, 3));
  expect(await seconds('more', coarse, part)).toEqual([['1800']]);
});

test.each<readonly [string, SourceRow]>([
  ['of basketball-reference', { Rk: 1, Tm: 'IND', MP: '23:54', TRB: 4 }],
  ['of hoopR or ESPN', { game_id: 401585300, athlete_id: 1 }],
  ['the list of CommonAllPlayers', { PERSON_ID: 1, ROSTERSTATUS: 1, FROM_YEAR: '2001' }],
  ['a log without GAME_ID', { PLAYER_ID: 1, MATCHUP: 'A @ B', MIN: 1, PTS: 1, FGM: 1, FGA: 1 }],
])('refused by name, with the page to read: %s', async (is, row) => {
  const warehouse = join(folder, 'foreign.duckdb');
  const { exitCode, stderr } = await backcourt([
    ...['ingest', writeCsv(folder, 'foreign.csv', [row]), '--warehouse', warehouse],
  ]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`is ${is}`);
  expect(stderr).toMatch(/docs\/inputs\/\S+\.md/);
  expect(existsSync(warehouse)).toBe(false);
});
