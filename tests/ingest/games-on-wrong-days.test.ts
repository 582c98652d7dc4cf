import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  gameLog,
  type LoggedGame,
  playerId,
  type SourceRow,
  shotChart,
} from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt, type CommandResult } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  changeFile,
  differingUnits,
  partitionHashes,
  queryFile,
  tornPartitions,
} from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('wrong-days');
const opener = { id: '0022300061', date: '2023-11-03', away: 'LAL', home: 'DEN' };
const game = { id: '0022300062', date: '2023-11-06', away: 'BOS', home: 'NYK' };
const same = { id: '0022300063', date: '2023-11-06', away: 'MIA', home: 'MIL' };
const later = { id: '0022300064', date: '2023-11-08', away: 'PHX', home: 'UTA' };
const last = { id: '0022300065', date: '2023-11-10', away: 'LAL', home: 'DEN' };
const sound = [opener, game, same, later, last];
const on = (date: string, moved: LoggedGame): LoggedGame => ({ ...moved, date });

let count = 0;

function freshWarehouse(): string {
  count += 1;
  return join(folder, `${count}.duckdb`);
}

/** Loads player logs of some games, and their shot charts unless left out. */
async function load(
  warehouse: string,
  games: readonly LoggedGame[],
  flags: readonly string[] = [],
  charts: readonly LoggedGame[] = games,
): Promise<CommandResult> {
  count += 1;
  const files = [];
  if (games.length > 0)
    files.push(await writeParquet(folder, `log-${count}.parquet`, games.flatMap(gameLog)));
  if (charts.length > 0)
    files.push(await writeParquet(folder, `shots-${count}.parquet`, charts.flatMap(shotChart)));
  return backcourt(['ingest', 'nba-stats', ...files, '--warehouse', warehouse, ...flags]);
}

/** What a warehouse holds that never saw anything but these games. */
async function expectLikeOnly(warehouse: string, games: readonly LoggedGame[]): Promise<void> {
  const undisturbed = freshWarehouse();
  expect((await load(undisturbed, games)).exitCode).toBe(0);
  const units = differingUnits(
    await partitionHashes(undisturbed),
    await partitionHashes(warehouse),
  );
  expect(units.filter((unit) => !unit.includes('game_summary'))).toEqual([]);
  await expectProven(warehouse);
}

/** Runs a table over all days and proves everything. */
async function expectProven(warehouse: string): Promise<void> {
  expect(await tornPartitions(warehouse)).toEqual([]);
  const tables = 'team_offense_game_summary,player_game_summary';
  const days = ['--start-date', '2023-11-03', '--end-date', '2023-11-10'];
  const run = await backcourt([
    ...['run', '--backfill', '--tables', tables, ...days, '--warehouse', warehouse],
  ]);
  expect([run.exitCode, run.stdout]).toEqual([0, run.stdout]);
  const verified = await backcourt(['verify', '--warehouse', warehouse, '--tables', tables]);
  expect([verified.exitCode, verified.stdout]).toEqual([0, verified.stdout]);
}

test('a refused date also refuses the date that a game would have moved to from it', async () => {
  const warehouse = freshWarehouse();
  await load(warehouse, sound);
  const before = await partitionHashes(warehouse);
  // The free day gets a game of the 6th, and the 6th in its place one that stands on the 8th.
  const swapped = [opener, on('2023-11-07', game), same, on('2023-11-06', later), last];
  const { exitCode, lines } = await load(warehouse, swapped);

  expect(exitCode).toBe(3);
  expect(lines).toContain('refused player_box 2023-11-06: nothing of this date was written');
  expect(lines).toContain('refused player_box 2023-11-07: nothing of this date was written');
  expect(lines.join('\n')).toContain(
    'game 0022300064 stands on 2023-11-08; with --allow-shrink it is moved here',
  );
  expect(lines.join('\n')).toContain(
    'game 0022300062 stands on 2023-11-06 and stays there, for nothing of that date is written now',
  );
  expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([]);

  expect((await load(warehouse, sound)).exitCode).toBe(0);
  await expectLikeOnly(warehouse, sound);

  expect((await load(warehouse, swapped, ['--allow-shrink'])).exitCode).toBe(0);
  await expectLikeOnly(warehouse, swapped);
});

test('a date refused for an impossible row refuses whatever would have come from it', async () => {
  const warehouse = freshWarehouse();
  await load(warehouse, sound);
  const before = await partitionHashes(warehouse);
  const rows = [opener, on('2023-11-07', game), same, later, last].flatMap(gameLog);
  const broken = rows.map((row) => (row['GAME_ID'] === same.id ? { ...row, PTS: 99 } : row));
  const file = await writeParquet(folder, 'broken.parquet', broken);
  const flags = ['--warehouse', warehouse, '--allow-shrink'];
  const { exitCode, lines } = await backcourt(['ingest', 'nba-stats', file, ...flags]);

  expect(exitCode).toBe(3);
  expect(lines).toContain('refused player_box 2023-11-07: nothing of this date was written');
  expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([]);
});

test('a game loaded on a wrong free day moves to its right one, with its shots', async () => {
  const warehouse = freshWarehouse();
  await load(warehouse, [opener, on('2023-11-07', game), same, later, last]);

  const refused = await load(warehouse, sound, [], []);
  expect(refused.exitCode).toBe(3);
  expect(refused.stdout).toContain(
    'game 0022300062 stands on 2023-11-07; with --allow-shrink it is moved here',
  );
  const { exitCode, lines } = await load(warehouse, sound, ['--allow-shrink'], []);
  expect(exitCode).toBe(0);
  expect(lines).toContain('moved game 0022300062 from 2023-11-07 to 2023-11-06, by the player log');
  expect(lines).toContain('2023-11-07 has no game any more; what was computed for it is removed');
  await expectLikeOnly(warehouse, sound);
  expect((await load(warehouse, sound)).stdout).not.toContain('written');
});

test('nor does a wrong day that has games of its own keep a game', async () => {
  const warehouse = freshWarehouse();
  await load(warehouse, [opener, on('2023-11-08', game), same, later, last]);
  expect((await load(warehouse, [game, same])).exitCode).toBe(3);
  expect((await load(warehouse, [game, same], ['--allow-shrink'])).exitCode).toBe(0);
  await expectLikeOnly(warehouse, sound);
});

test('a warehouse that has a game on two days gets rid of one', async () => {
  const warehouse = freshWarehouse();
  await load(warehouse, sound);
  // An earlier release let this happen.
  for (const table of ['player_box', 'shots', 'schedule', 'game_results']) {
    await changeFile(
      warehouse,
      `INSERT INTO nba_raw.${table}
SELECT * REPLACE (DATE '2023-11-07' AS game_date) FROM nba_raw.${table} WHERE nba_game_id = '${game.id}'`,
    );
    await changeFile(
      warehouse,
      `INSERT INTO backcourt.partitions
SELECT * REPLACE (DATE '2023-11-07' AS partition_date, 'other' AS data_hash, (
  SELECT COUNT(*) FROM nba_raw.${table} WHERE game_date = '2023-11-07') AS row_count)
FROM backcourt.partitions WHERE table_name = '${table}' AND partition_date = '2023-11-06'`,
    );
  }
  const told = await load(warehouse, sound);
  expect(told.exitCode).toBe(3);
  expect(told.stdout).toContain('game 0022300062 stands on 2023-11-07');
  expect((await load(warehouse, sound, ['--allow-shrink'])).exitCode).toBe(0);
  await expectLikeOnly(warehouse, sound);
});

test('a schedule file that calls a game off takes its box scores from the date, if allowed', async () => {
  const warehouse = freshWarehouse();
  await load(warehouse, [opener, on('2023-11-07', game), same, later, last]);
  const right = sound.map((listed) => scheduledGame(listed));
  const refused = await loadRows(folder, warehouse, 'schedule', right);
  expect(refused.exitCode).toBe(3);
  expect(refused.stdout).toContain(
    'game 0022300062 has box scores on 2023-11-07; where that is wrong, list it there as postponed, with --allow-shrink',
  );
  expect((await loadRows(folder, warehouse, 'schedule', right, '--allow-shrink')).exitCode).toBe(3);

  const postponed = [...right, scheduledGame(on('2023-11-07', game), { status: 'postponed' })];
  const kept = await loadRows(folder, warehouse, 'schedule', postponed);
  expect(kept.exitCode).toBe(3);
  expect(kept.stdout).toContain('is postponed, but has box scores; --allow-shrink removes them');
  const moved = await loadRows(folder, warehouse, 'schedule', postponed, '--allow-shrink');
  expect([moved.exitCode, moved.stdout]).toEqual([0, moved.stdout]);
  expect(
    await queryFile(
      warehouse,
      "SELECT DISTINCT table_name FROM backcourt.partitions WHERE partition_date = '2023-11-07'",
    ),
  ).toEqual([]);
  expect((await load(warehouse, sound)).exitCode).toBe(0);
  await expectProven(warehouse);
});

test('shots of a game that is called off are told, and go if allowed', async () => {
  const warehouse = freshWarehouse();
  const never = { id: '0022300990', date: '2023-11-07', away: 'ATL', home: 'HOU' };
  await load(warehouse, sound, [], [...sound, never]);
  const cancelled = [scheduledGame(never, { status: 'cancelled' })];
  const told = await loadRows(folder, warehouse, 'schedule', cancelled);
  expect(told.exitCode).toBe(3);
  expect(told.stdout).toContain('is cancelled, but has shots; --allow-shrink removes them');
  expect(
    (await loadRows(folder, warehouse, 'schedule', cancelled, '--allow-shrink')).exitCode,
  ).toBe(0);
  await expectLikeOnly(warehouse, sound);
});

test('a game that was never played goes when a schedule file cancels it', async () => {
  const warehouse = freshWarehouse();
  const never = { id: '0022300990', date: '2023-11-07', away: 'ATL', home: 'HOU' };
  await load(warehouse, [...sound, never]);
  const cancelled = [scheduledGame(never, { status: 'cancelled' })];
  expect((await loadRows(folder, warehouse, 'schedule', cancelled)).exitCode).toBe(3);
  const gone = await loadRows(folder, warehouse, 'schedule', cancelled, '--allow-shrink');
  expect([gone.exitCode, gone.stdout]).toEqual([0, gone.stdout]);
  expect(gone.lines).toContain(
    'removed game 0022300990 from 2023-11-07, called off by the schedule file',
  );
  await expectLikeOnly(warehouse, sound);
});

test('a shot chart on another day than the box score is refused', async () => {
  const warehouse = freshWarehouse();
  await load(warehouse, sound, [], []);
  const wrong = sound.map((logged) => (logged === game ? on('2023-11-07', game) : logged));
  const { exitCode, stdout } = await load(warehouse, [], [], wrong);
  expect(exitCode).toBe(3);
  expect(stdout).toContain('game 0022300062 has box scores on 2023-11-06');
  expect((await load(warehouse, [], [], sound)).exitCode).toBe(0);
  await expectLikeOnly(warehouse, sound);
});

test('shots that came first go where their box score comes', async () => {
  const warehouse = freshWarehouse();
  await load(warehouse, [], [], [opener, on('2023-11-07', game), same, later, last]);
  expect((await load(warehouse, sound, [], [])).exitCode).toBe(0);
  await expectLikeOnly(warehouse, sound);
});

test('a team plays once on a date, and a date has one season', async () => {
  const warehouse = freshWarehouse();
  await load(warehouse, sound);
  const before = await partitionHashes(warehouse);
  const twice = await load(warehouse, [...sound, { ...game, id: '0022300999', home: 'ATL' }]);
  expect(twice.exitCode).toBe(3);
  expect(twice.stdout).toContain('BOS has two games on 2023-11-06: 0022300062 and 0022300999');
  const listed = await loadRows(folder, warehouse, 'schedule', [
    scheduledGame({ ...later, id: '0022300998', home: 'ATL' }),
  ]);
  expect(listed.exitCode).toBe(3);
  expect(listed.stdout).toContain('PHX has two games on 2023-11-08: 0022300064 and 0022300998');
  const other = { id: '0022200001', date: '2023-10-30', away: 'ATL', home: 'HOU' };
  const mixed = await load(warehouse, [
    ...sound,
    other,
    { ...other, id: '0022300066', away: 'IND', home: 'OKC' },
  ]);
  expect(mixed.exitCode).toBe(3);
  expect(mixed.stdout).toContain('0022200001');
  expect(
    differingUnits(before, await partitionHashes(warehouse)).filter(
      (unit) => !unit.endsWith('2023-10-30') && unit !== 'schedule_entries 2023-11-08',
    ),
  ).toEqual([]);
});

test('a player in two games of a day is refused at the door, and a corrected file clears it', async () => {
  const warehouse = freshWarehouse();
  const traded = playerId('BOS', 3);
  const rows = sound
    .flatMap(gameLog)
    .map((row) =>
      row['GAME_ID'] === same.id && row['PLAYER_ID'] === playerId('MIA', 3)
        ? { ...row, PLAYER_ID: traded }
        : row,
    );
  const file = await writeParquet(folder, 'traded.parquet', rows);
  const refused = await backcourt(['ingest', 'nba-stats', file, '--warehouse', warehouse]);
  expect(refused.exitCode).toBe(3);
  expect(refused.stdout).toContain(
    `(${traded}) plays in two games on 2023-11-06: ${game.id} and ${same.id}`,
  );
  const days = await queryFile(
    warehouse,
    'SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_raw.player_box ORDER BY ALL',
  );
  expect(days.flat()).toEqual(['2023-11-03', '2023-11-08', '2023-11-10']);
  await load(warehouse, sound);
  await expectLikeOnly(warehouse, sound);
});

test.each([
  ['game ids', { ...game, id: '0022390062' }, (row: SourceRow) => row],
  [
    'player ids',
    game,
    (row: SourceRow) => ({ ...row, PLAYER_ID: 500_000 + Number(row['PLAYER_ID']) }),
  ],
])('a shot chart with %s of another source replaces no shots', async (_, told, change) => {
  const warehouse = freshWarehouse();
  await load(warehouse, sound);
  const before = await partitionHashes(warehouse);
  const rows = [...shotChart(told).map(change), ...shotChart(same)];
  const chart = await writeParquet(folder, `chart-${count}.parquet`, rows);
  const { exitCode, stdout } = await backcourt([
    'ingest',
    'nba-stats',
    chart,
    '--warehouse',
    warehouse,
  ]);
  expect(exitCode).toBe(3);
  expect(stdout).toContain(
    `no box score of 2023-11-06 has a player of game ${told.id}, and game ${game.id} has no shots`,
  );
  expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([]);
});

test('shots of a game whose box score is late are taken', async () => {
  const warehouse = freshWarehouse();
  await load(warehouse, [opener, same, later, last], [], sound);
  await load(warehouse, sound, [], []);
  await expectLikeOnly(warehouse, sound);
});

test('a date is not rewritten from files that have nothing of it', async () => {
  const warehouse = freshWarehouse();
  await load(warehouse, sound);
  const before = await partitionHashes(warehouse);
  const refused = await load(
    warehouse,
    sound.filter(({ date }) => date !== later.date),
    ['--rewrite', '--dates', later.date],
  );
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain(`the files have no rows of ${later.date}; nothing was written`);
  expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([]);
  expect((await load(warehouse, sound, ['--rewrite', '--dates', later.date])).exitCode).toBe(0);
  await expectLikeOnly(warehouse, sound);
});

test('a log that is a day late beside right shots is refused by each of its dates, not by those of the shots alone', async () => {
  const warehouse = freshWarehouse();
  const games = [opener, game, on('2023-11-07', same), later, last];
  const late = games.map((one) =>
    on(
      one.date.replace(/\d$/, (digit) => `${Number(digit) + 1}`),
      one,
    ),
  );
  const { exitCode, stdout } = await load(warehouse, late, [], games);
  expect(exitCode).toBe(3);
  for (const date of ['2023-11-07', '2023-11-08']) {
    expect(stdout).toContain(`refused player_box ${date}: nothing of this date was written`);
  }
  expect((await backcourt(['status', '--warehouse', warehouse])).stdout).toContain(
    '2023-11-07 refused at ingest: ',
  );
  expect((await load(warehouse, games, ['--allow-shrink'])).exitCode).toBe(0);
  await expectLikeOnly(warehouse, games);
});

test('a player who would play twice because shots alone move a game is refused too', async () => {
  const warehouse = freshWarehouse();
  const standing = on('2023-11-07', same);
  const traded = playerId('BOS', 3);
  const afterTrade = (row: SourceRow) =>
    row['GAME_ID'] === same.id && row['PLAYER_ID'] === playerId('MIA', 3)
      ? { ...row, PLAYER_ID: traded }
      : row;
  const chartOn = async (moved: LoggedGame) =>
    writeParquet(folder, `chart-${moved.date}.parquet`, shotChart(moved).map(afterTrade));
  const log = [opener, game, standing, later, last].flatMap(gameLog).map(afterTrade);
  const files = [await writeParquet(folder, 'after-trade.parquet', log), await chartOn(standing)];
  const ingest = ['ingest', 'nba-stats', '--warehouse', warehouse];
  expect((await backcourt([...ingest, ...files])).exitCode).toBe(0);
  const before = await partitionHashes(warehouse);
  const refused = await backcourt([...ingest, await chartOn(same), '--allow-shrink']);
  expect([refused.exitCode, refused.stdout]).toEqual([
    3,
    expect.stringContaining(
      `(${traded}) plays in two games on 2023-11-06: ${game.id} and ${same.id}`,
    ),
  ]);
  const boxes = [...(await partitionHashes(warehouse))].filter(([unit]) =>
    unit.startsWith('player_box'),
  );
  expect(boxes.filter(([unit, content]) => before.get(unit) !== content)).toEqual([]);
});
