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

/** What the league's site serves of a game, under way or over. */
const live = (gameStatus = 3, tipoff: object = { gameEt: `${game.date}T19:30:00-04:00` }) => ({
  meta: { version: 1 },
  game: {
    ...{ gameId: game.id, ...tipoff, gameStatus },
    ...{ homeTeam: side(game.home), awayTeam: side(game.away) },
  },
});

function writeLines(name: string, values: readonly unknown[]): string {
  const path = join(folder, name);
  writeFileSync(path, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
  return path;
}

/** A day of the schedule that the league's site serves. */
const day = {
  gameDate: '10/24/2023 00:00:00',
  games: [
    {
      ...{ gameId: game.id, gameStatus: 1, gameStatusText: '7:30 pm ET' },
      ...{ gameDateEst: '2023-10-24T00:00:00Z', gameDateTimeEst: '2023-10-24T19:30:00Z' },
      homeTeam: { teamId: 1610612743, teamTricode: game.home, score: 0 },
      awayTeam: { teamId: 1610612747, teamTricode: game.away, score: 0 },
      broadcasters: { homeTvBroadcasters: [] },
    },
  ],
};

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
  ['a live box score', () => writeJson('live.json', live()), false],
  [
    'a live box score with a time by UTC in the place of the Eastern one',
    () => writeJson('utc.json', live(3, { gameEt: '2023-10-25T00:30:00Z' })),
    false,
  ],
  [
    'a live box score with a time by UTC alone',
    () => writeJson('utc-only.json', live(3, { gameTimeUTC: '2023-10-25T00:30:00Z' })),
    false,
  ],
  ['live box scores, one by one', () => writeLines('live.ndjson', [live()]), false],
  ['live box scores in a list', () => writeJson('lives.json', [live()]), false],
  ['the game of a live box score by itself', () => writeJson('game.json', live().game), false],
  [
    'a box score of the second version, with a schedule',
    () => writeParquet(folder, 'v2.parquet', logs.map(secondVersion)),
    true,
  ],
])('the same rows: %s', async (_, file, isWithSchedule) => {
  const files = [await file(), ...(isWithSchedule ? [schedule()] : [])];
  expect(await rowsOf(...files)).toEqual(sound);
});

test('a game that is under way is left out and told, and the others of the date stay', async () => {
  const open = live(2);
  const other = { ...open, game: { ...open.game, gameId: '0022300062' } };
  const running = writeLines('running.ndjson', [live(), other]);
  const warehouse = join(folder, 'running.duckdb');
  const { stdout } = await backcourt(['ingest', running, '--warehouse', warehouse]);
  expect(stdout).toContain(
    'dropped from player_box: 1 game, 16 rows: under way when the file was made (0022300062)',
  );
  expect(await queryFile(warehouse, 'SELECT DISTINCT nba_game_id FROM nba_raw.player_box')).toEqual(
    [[game.id]],
  );
});

test.each<readonly [string, () => string]>([
  ['whole', () => writeJson('scheduleLeagueV2_1.json', { leagueSchedule: { gameDates: [day] } })],
  [
    'whole, on a line',
    () => writeLines('whole.ndjson', [{ leagueSchedule: { gameDates: [day] } }]),
  ],
  ['what is in it', () => writeJson('inner.json', { seasonYear: '2023-24', gameDates: [day] })],
  ['its days', () => writeLines('days.ndjson', [day])],
  ['its games', () => writeLines('games.ndjson', day.games)],
])("the league's schedule as JSON: %s", async (_, file) => {
  warehouses += 1;
  const warehouse = join(folder, `${warehouses}.duckdb`);
  await prepare(['ingest', file(), '--warehouse', warehouse]);
  const entries = `SELECT nba_game_id, CAST(game_date AS VARCHAR), home_team_abbr, away_team_abbr,
    epoch(tipoff_at) = epoch(TIMESTAMPTZ '2023-10-24 23:30:00+00') FROM nba_raw.schedule_entries`;
  expect(await queryFile(warehouse, entries)).toEqual([
    [game.id, game.date, game.home, game.away, true],
  ]);
});

test("a game of the league's schedule that is postponed by its flag is called off, one with a time or over is not", async () => {
  const [listed] = day.games;
  const texts = ['TBD', '7:30 pm ET', 'Final'];
  const games = texts.map((gameStatusText, index) => ({
    ...listed,
    ...{ gameId: `002230007${index}`, gameStatusText, gameStatus: index === 2 ? 3 : 1 },
    ...{ gameDateEst: `2023-10-2${4 + index}T00:00:00Z`, gameDateTimeEst: undefined },
    postponedStatus: 'Y',
    homeTeam: { ...listed?.homeTeam, score: index },
  }));
  const warehouse = join(folder, 'postponed.duckdb');
  await prepare(['ingest', writeLines('postponed.ndjson', games), '--warehouse', warehouse]);
  expect(
    await queryFile(warehouse, 'SELECT nba_game_id FROM nba_raw.schedule_entries ORDER BY 1'),
  ).toEqual([['0022300071'], ['0022300072']]);
});

/** Days of games of LAL at DEN, as a file of one form writes them. */
const daysOf = (form: (day: string, month: string) => string, dates: readonly string[]) =>
  dates.flatMap((date, index) => {
    const [, month = '', day = ''] = date.split('-');
    return gameLog({ ...game, id: `00223007${10 + index}`, date }).map((row) => ({
      ...row,
      GAME_DATE: form(day, month),
    }));
  });
const dayFirst = (day: string, month: string) => `${day}/${month}/2024`;
const monthsFirst = (day: string, month: string) => `${month}/${day}/2024`;
const february = ['2024-02-01', '2024-02-02', '2024-02-03', '2024-02-05', '2024-02-07'];

test.each([
  ['proven by a day beyond the twelfth', dayFirst, ['2024-02-03', '2024-02-14'], true],
  ['likely by days of one month', dayFirst, february, true],
  [
    'the month first, by a day beyond the twelfth',
    monthsFirst,
    ['2024-02-03', '2024-02-14'],
    false,
  ],
  ['the month first, by days of one month', monthsFirst, february, false],
  ['the month first where nothing tells', monthsFirst, ['2024-02-03'], false],
])('dates with strokes, %s', async (name, form, dates, isTold) => {
  const file = writeCsv(folder, `${name}.csv`.replaceAll(' ', '_'), daysOf(form, dates));
  const warehouse = join(folder, `${name}.duckdb`.replaceAll(' ', '_'));
  const { exitCode, stdout } = await backcourt(['ingest', file, '--warehouse', warehouse]);
  expect([exitCode, stdout.includes('are read with the day first')]).toEqual([0, isTold]);
  expect(
    await queryFile(
      warehouse,
      'SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_raw.player_box ORDER BY 1',
    ),
  ).toEqual(dates.map((date) => [date]));
});

test("times of the league's schedule that by the clock of the East would be at night are read as UTC, and told", async () => {
  const [listed] = day.games;
  const games = Array.from({ length: 5 }, (_, index) => ({
    ...listed,
    gameId: `002230006${1 + index}`,
    // One of five begins so early that both clocks are possible.
    gameDateTimeEst: index === 0 ? '2023-10-24T17:30:00Z' : `2023-10-${25 + index}T00:30:00Z`,
    gameDateEst: undefined,
  }));
  const warehouse = join(folder, 'utc-schedule.duckdb');
  const { stdout } = await backcourt([
    ...['ingest', writeLines('utc-schedule.ndjson', games), '--warehouse', warehouse],
  ]);
  expect(stdout).toContain('the times of utc-schedule.ndjson are read as UTC');
  expect(
    await queryFile(
      warehouse,
      `SELECT CAST(game_date AS VARCHAR), strftime(timezone('America/New_York', tipoff_at), '%H:%M')
FROM nba_raw.schedule_entries ORDER BY nba_game_id LIMIT 2`,
    ),
  ).toEqual([
    ['2023-10-24', '13:30'],
    ['2023-10-25', '20:30'],
  ]);
});

test.each<readonly [string, unknown]>([
  ['a play-by-play', { meta: {}, game: { gameId: game.id, actions: [{ actionNumber: 2 }] } }],
  ['the answer of a site that has sent no data', { Message: 'Access Denied' }],
  ['the scoreboard of a day', { meta: {}, scoreboard: { games: day.games } }],
])('refused by name, as JSON: %s', async (is, value) => {
  const { exitCode, stderr } = await backcourt([
    ...['ingest', writeJson('foreign.json', value), '--warehouse', join(folder, 'foreign.duckdb')],
  ]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`is ${is}`);
  expect(stderr).toMatch(/docs\/inputs\/\S+\.md/);
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
