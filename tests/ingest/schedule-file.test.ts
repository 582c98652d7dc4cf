import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, shotChart, withEach } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  differingUnits,
  partitionHashes,
  queryFile,
  tornPartitions,
} from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('schedule-file');
const opener = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' };
const second = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' };
const later = { id: '0022300063', date: '2023-10-28', away: 'MIA', home: 'MIL' };
let warehouses = 0;

function newWarehouse(): string {
  warehouses += 1;
  return join(folder, `${warehouses}.duckdb`);
}

async function ingestLogs(warehouse: string, ...games: readonly (typeof opener)[]) {
  const name = `logs-${warehouses}-${games.map(({ id }) => id).join('-')}.parquet`;
  const file = await writeParquet(folder, name, games.flatMap(gameLog));
  return prepare(['ingest', 'nba-stats', file, '--warehouse', warehouse]);
}

const scheduleOf = (warehouse: string, columns: string) =>
  queryFile(warehouse, `SELECT ${columns} FROM nba_raw.schedule ORDER BY game_id`);
const resultsOf = (warehouse: string) =>
  queryFile(
    warehouse,
    `SELECT nba_game_id, status, CAST(home_points AS INT), CAST(away_points AS INT)
FROM nba_raw.game_results ORDER BY nba_game_id`,
  );

test('a game of the file is scheduled, with what the file says of it', async () => {
  const warehouse = newWarehouse();
  const row = scheduledGame(opener, {
    neutral_site: 'false',
    tipoff_at: '2023-10-24T19:30:00-04:00',
  });
  const { exitCode, lines } = await loadRows(folder, warehouse, 'schedule', [row]);

  expect(exitCode).toBe(0);
  expect(lines[1]).toMatch(/schedule_entries +1 row +1 date +1 date written: 2023-10-24/);
  expect(
    await scheduleOf(
      warehouse,
      `game_id, CAST(season_year AS INT), game_type, home_team_abbr, team_a_abbr, venue,
CAST(neutral_site AS VARCHAR), CAST(tipoff_at AS VARCHAR), venue_lat`,
    ),
  ).toEqual([
    [
      ...['20231024_LAL_DEN', 2023, 'regular_season', 'DEN', 'DEN', 'DEN'],
      ...['false', '2023-10-24 23:30:00+00', null],
    ],
  ]);
  expect(await resultsOf(warehouse)).toEqual([['0022300061', 'scheduled', null, null]]);
  expect(await tornPartitions(warehouse)).toEqual([]);
});

test.each(['TBD', 'tba'])(
  'a tip-off that is %s is not known yet, and costs no game of its date',
  async (tipoff_at) => {
    const warehouse = newWarehouse();
    const rows = [scheduledGame(opener, { tipoff_at }), scheduledGame(later, { tipoff_at: null })];
    const { exitCode } = await loadRows(folder, warehouse, 'schedule', rows);

    expect(exitCode).toBe(0);
    expect(await scheduleOf(warehouse, 'game_id, tipoff_at')).toEqual([
      ['20231024_LAL_DEN', null],
      ['20231028_MIA_MIL', null],
    ]);
  },
);

test('the result of a player log leaves the schedule as it was, to the byte', async () => {
  const warehouse = newWarehouse();
  const rows = [opener, second, later].map((game) =>
    scheduledGame(game, { tipoff_at: `${game.date}T23:30:00Z` }),
  );
  await loadRows(folder, warehouse, 'schedule', rows);
  const before = await partitionHashes(warehouse);
  await ingestLogs(warehouse, opener, second);

  expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([
    'game_results 2023-10-24',
    'game_results 2023-10-25',
    'player_box 2023-10-24',
    'player_box 2023-10-25',
  ]);
  expect(await resultsOf(warehouse)).toEqual([
    ['0022300061', 'final', 89, 88],
    ['0022300062', 'final', 89, 88],
    ['0022300063', 'scheduled', null, null],
  ]);
});

test('the file and the log in the other order end in the same schedule', async () => {
  const [one, other] = [newWarehouse(), newWarehouse()];
  const rows = [opener, second].map((game) => scheduledGame(game));
  await loadRows(folder, one, 'schedule', rows);
  await ingestLogs(one, opener, second);
  await ingestLogs(other, opener, second);
  await loadRows(folder, other, 'schedule', rows);

  expect(differingUnits(await partitionHashes(one), await partitionHashes(other))).toEqual([]);
});

test('a game of the log that the file lacks is still there', async () => {
  const warehouse = newWarehouse();
  await ingestLogs(warehouse, opener, { ...second, date: '2023-10-24' });
  await loadRows(folder, warehouse, 'schedule', [scheduledGame(opener)]);

  expect((await scheduleOf(warehouse, 'game_id')).flat()).toEqual([
    '20231024_BOS_NYK',
    '20231024_LAL_DEN',
  ]);
});

test('the file counts before marks, corrections and shot chart', async () => {
  const warehouse = newWarehouse();
  const corrected = { id: '0022400147', date: '2024-11-02', away: 'MIA', home: 'WAS' };
  const logs = await writeParquet(folder, 'sides.parquet', [
    ...gameLog(opener),
    ...withEach(gameLog(corrected), ({ MATCHUP }) => ({
      MATCHUP: String(MATCHUP).replace('vs.', '@'),
    })),
  ]);
  const shots = await writeParquet(folder, 'sides-shots.parquet', shotChart(opener));
  await prepare(['ingest', 'nba-stats', logs, shots, '--warehouse', warehouse]);
  const swapped = [opener, corrected].map((game) =>
    scheduledGame({ ...game, home: game.away, away: game.home }),
  );
  await loadRows(folder, warehouse, 'schedule', swapped);

  expect((await scheduleOf(warehouse, 'game_id')).flat()).toEqual([
    '20231024_DEN_LAL',
    '20241102_WAS_MIA',
  ]);
  expect(await resultsOf(warehouse)).toEqual([
    ['0022300061', 'final', 88, 89],
    ['0022400147', 'final', 88, 89],
  ]);
});

test('a score of the file is known, and only the box score makes a game final', async () => {
  const warehouse = newWarehouse();
  const score = { status: 'Final', home_points: 101, away_points: 99 };
  await loadRows(folder, warehouse, 'schedule', [
    scheduledGame(opener, score),
    scheduledGame(second, { status: 'scheduled' }),
    scheduledGame(later, { status: 'final' }),
  ]);
  expect(await resultsOf(warehouse)).toEqual([
    ['0022300061', 'score_only', 101, 99],
    ['0022300062', 'scheduled', null, null],
    ['0022300063', 'scheduled', null, null],
  ]);

  await ingestLogs(warehouse, opener);
  expect((await resultsOf(warehouse))[0]).toEqual(['0022300061', 'final', 89, 88]);
});

const paris = { venue_lat: 48.83859, venue_lon: 2.378501 };
const copenhagen = { venue_lat: 55.625, venue_lon: 12.5797 };

test('coordinates of an arena give its key, others a key and distances of their own', async () => {
  const warehouse = newWarehouse();
  const rows = [
    scheduledGame(opener, { venue_lat: 39.7491, venue_lon: -105.0071 }),
    scheduledGame(second, { neutral_site: 'TRUE', ...copenhagen }),
    scheduledGame(later, { neutral_site: 'TRUE' }),
    scheduledGame({ id: '0022300071', date: '2023-10-30', away: 'UTA', home: 'PHX' }, paris),
    scheduledGame(
      { id: '0022300070', date: '2023-10-30', away: 'IND', home: 'WAS' },
      { neutral_site: 1, venue_lat: 19.4042, venue_lon: -99.0965 },
    ),
  ];
  const { exitCode, lines } = await loadRows(folder, warehouse, 'schedule', rows);

  expect(exitCode).toBe(0);
  expect(lines.find((line) => line.includes('venue_distances'))).toMatch(/160 rows +written$/);
  expect(await scheduleOf(warehouse, 'game_id, venue, CAST(neutral_site AS VARCHAR)')).toEqual([
    ['20231024_LAL_DEN', 'DEN', null],
    ['20231025_BOS_NYK', '55.6250,12.5797', 'true'],
    ['20231028_MIA_MIL', null, 'true'],
    ['20231030_IND_WAS', '19.4042,-99.0965', 'true'],
    // A known place has no distances here: they are constants, as those of the arenas are.
    ['20231030_UTA_PHX', '48.8386,2.3785', null],
  ]);
  const miles = await queryFile(
    warehouse,
    `SELECT venue_a, venue_b, CAST(miles AS INT) FROM nba_raw.venue_distances
WHERE venue_a IN ('BOS', '55.6250,12.5797', '19.4042,-99.0965')
  AND venue_b IN ('BOS', '55.6250,12.5797', '19.4042,-99.0965')
  AND '55.6250,12.5797' IN (venue_a, venue_b)
ORDER BY ALL`,
  );
  expect(miles).toEqual([
    ['19.4042,-99.0965', '55.6250,12.5797', 5912],
    ['55.6250,12.5797', '19.4042,-99.0965', 5912],
    ['55.6250,12.5797', '55.6250,12.5797', 0],
    ['55.6250,12.5797', 'BOS', 3659],
    ['BOS', '55.6250,12.5797', 3659],
  ]);

  const again = await loadRows(folder, warehouse, 'schedule', rows);
  expect(again.lines.filter((line) => line.endsWith('nothing changed'))).toHaveLength(2);
  expect(again.lines.some((line) => line.includes('written'))).toBe(false);
});

test('distances of a venue stay when a later file knows others', async () => {
  const warehouse = newWarehouse();
  await loadRows(folder, warehouse, 'schedule', [scheduledGame(opener, copenhagen)]);
  await loadRows(folder, warehouse, 'schedule', [
    scheduledGame(second, { venue_lat: 19.4042, venue_lon: -99.0965 }),
  ]);

  expect(
    await queryFile(
      warehouse,
      `SELECT COUNT(*), COUNT(DISTINCT venue_a), (SELECT CAST(row_count AS INT) FROM backcourt.partitions WHERE table_name = 'venue_distances')
FROM nba_raw.venue_distances`,
    ),
  ).toEqual([['160', '41', 160]]);
});

test('a game to come is not yet to be worked, a free day in the reach of the file has no games', async () => {
  const warehouse = newWarehouse();
  await loadRows(folder, warehouse, 'schedule', [
    scheduledGame(opener),
    scheduledGame(second),
    scheduledGame(later),
  ]);
  await ingestLogs(warehouse, opener, second);
  const { lines } = await backcourt(
    [
      ...['run', '--backfill', '--dry-run', '--tables', 'team_offense_game_summary'],
      ...['--start-date', '2023-10-24', '--end-date', '2023-10-28', '--warehouse', warehouse],
    ],
    { today: '2023-10-26' },
  );

  const stateOn = (date: string) =>
    lines.find((line) => line.includes(date) && !line.startsWith('dry run'));
  expect(stateOn('2023-10-25')).toMatch(/missing/);
  expect(stateOn('2023-10-27')).toContain('Skipping 2023-10-27 (no games scheduled)');
  expect(stateOn('2023-10-28')).toMatch(/not_yet|later than today/);
});

test('names of teams, short ids and other columns are taken as they come', async () => {
  const [plain, other] = [newWarehouse(), newWarehouse()];
  await loadRows(folder, plain, 'schedule', [scheduledGame(opener)]);
  await loadRows(folder, other, 'schedule', [
    {
      BROADCASTER: 'somebody',
      Away_Team_Abbr: 'LA Lakers',
      Home_Team_Abbr: 'denver nuggets',
      GAME_DATE: '20231024',
      NBA_GAME_ID: '22300061',
    },
  ]);

  expect(differingUnits(await partitionHashes(plain), await partitionHashes(other))).toEqual([]);
});

test('preseason and all-star games are dropped and counted', async () => {
  const { exitCode, lines } = await loadRows(folder, newWarehouse(), 'schedule', [
    scheduledGame(opener),
    scheduledGame({ ...later, id: '0012300001' }),
  ]);

  expect(exitCode).toBe(0);
  expect(lines).toContain(
    'dropped from schedule_entries: 1 game, 1 row: preseason, all-star or another kind that is not kept (0012300001)',
  );
});

test('a schedule that a copy brought without its entries is derived again by the next ingest', async () => {
  const before = newWarehouse();
  await ingestLogs(before, opener);
  const warehouse = newWarehouse();
  await prepare(['copy', '--from', before, '--to', warehouse]);
  const row = scheduledGame(opener, { tipoff_at: '2023-10-24T19:30:00-04:00' });
  await loadRows(folder, warehouse, 'schedule', [row]);
  const tipoffs = () => scheduleOf(warehouse, 'game_id, CAST(tipoff_at AS VARCHAR)');
  const known = [['20231024_LAL_DEN', '2023-10-24 23:30:00+00']];
  expect(await tipoffs()).toEqual(known);

  await prepare(['copy', '--from', before, '--to', warehouse, '--tables', 'schedule']);
  expect(await tipoffs()).toEqual([['20231024_LAL_DEN', null]]);

  await ingestLogs(warehouse, second);
  expect((await tipoffs())[0]).toEqual(known[0]);
  const again = await loadRows(folder, warehouse, 'schedule', [row]);
  expect(again.lines.join('\n')).not.toContain('date written');
});

test('a schedule that was copied without anything it follows from stays', async () => {
  const before = newWarehouse();
  await ingestLogs(before, opener);
  const warehouse = newWarehouse();
  const parts = ['--tables', 'schedule,game_results'];
  await prepare(['copy', '--from', before, '--to', warehouse, ...parts]);

  await ingestLogs(warehouse, second);
  expect(await scheduleOf(warehouse, 'game_id')).toEqual([
    ['20231024_LAL_DEN'],
    ['20231025_BOS_NYK'],
  ]);
});
