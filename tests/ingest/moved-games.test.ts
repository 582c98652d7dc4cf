import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, type LoggedGame } from '../support/game-log.ts';
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

const folder = tempFolder('moved');
const opener = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' };
const second = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' };
const third = { id: '0022300063', date: '2023-10-25', away: 'MIA', home: 'MIL' };
const moved = { ...third, date: '2023-10-27' };
let warehouses = 0;

async function scheduled(...games: readonly LoggedGame[]): Promise<string> {
  warehouses += 1;
  const warehouse = join(folder, `${warehouses}.duckdb`);
  await loadSchedule(warehouse, games);
  return warehouse;
}

function loadSchedule(
  warehouse: string,
  games: readonly LoggedGame[],
  ...flags: readonly string[]
) {
  const rows = games.map((game) => scheduledGame(game, { tipoff_at: `${game.date}T23:00:00Z` }));
  return loadRows(folder, warehouse, 'schedule', rows, ...flags);
}

async function ingestLogs(warehouse: string, ...games: readonly LoggedGame[]) {
  const name = `logs-${warehouses}-${games.map(({ id, date }) => `${id}-${date}`).join('-')}.parquet`;
  const file = await writeParquet(folder, name, games.flatMap(gameLog));
  return backcourt(['ingest', 'nba-stats', file, '--warehouse', warehouse]);
}

const gamesOf = async (warehouse: string, table = 'schedule') =>
  (
    await queryFile(
      warehouse,
      `SELECT CAST(game_date AS VARCHAR) || ' ' || nba_game_id FROM nba_raw.${table} ORDER BY 1`,
    )
  ).flat();

async function expectSound(warehouse: string) {
  expect(await tornPartitions(warehouse)).toEqual([]);
  const twice = `SELECT nba_game_id FROM nba_raw.schedule GROUP BY 1 HAVING COUNT(*) > 1`;
  expect(await queryFile(warehouse, twice)).toEqual([]);
}

test('a newer file moves a game, and its old date is written without it', async () => {
  const warehouse = await scheduled(opener, second, third);
  const { exitCode, lines } = await loadSchedule(warehouse, [opener, second, moved]);

  expect(exitCode).toBe(0);
  expect(lines).toContain(
    'moved game 0022300063 from 2023-10-25 to 2023-10-27, by the schedule file',
  );
  expect(await gamesOf(warehouse)).toEqual([
    '2023-10-24 0022300061',
    '2023-10-25 0022300062',
    '2023-10-27 0022300063',
  ]);
  await expectSound(warehouse);
});

test('even when the file no longer has the old date; nothing of it stays behind', async () => {
  const warehouse = await scheduled(opener, third);
  const { exitCode, lines } = await loadSchedule(warehouse, [moved]);

  expect(exitCode).toBe(0);
  expect(lines).toContain('2023-10-25 has no game any more; what was computed for it is removed');
  expect(await gamesOf(warehouse)).toEqual(['2023-10-24 0022300061', '2023-10-27 0022300063']);
  expect(
    await queryFile(
      warehouse,
      "SELECT table_name FROM backcourt.partitions WHERE partition_date = '2023-10-25'",
    ),
  ).toEqual([]);
  await expectSound(warehouse);

  const back = await loadSchedule(warehouse, [opener, third]);
  expect(back.exitCode).toBe(0);
  expect(await gamesOf(warehouse)).toEqual(['2023-10-24 0022300061', '2023-10-25 0022300063']);
  await expectSound(warehouse);
});

test('what was computed for a date without games is removed with it', async () => {
  const late = { ...third, date: '2023-11-05' };
  const warehouse = await scheduled(opener, second, late);
  await ingestLogs(warehouse, opener, second);
  await prepare([
    ...['run', '--backfill', '--start-date', '2023-10-24', '--end-date', '2023-11-05'],
    ...[
      '--tables',
      'team_offense_game_summary,team_defense_game_summary',
      '--warehouse',
      warehouse,
    ],
  ]).catch(() => undefined);
  await prepare([
    ...['run', '--backfill', '--dates', '2023-11-05', '--tables', 'team_defense_zone_analysis'],
    ...['--warehouse', warehouse],
  ]);
  const computed = `SELECT table_name FROM backcourt.partitions
WHERE partition_date = '2023-11-05' AND table_name LIKE 'team_defense_%' ORDER BY 1`;
  expect((await queryFile(warehouse, computed)).flat()).toContain('team_defense_zone_analysis');

  await loadSchedule(warehouse, [{ ...late, date: '2023-11-07' }]);

  expect(await queryFile(warehouse, computed)).toEqual([]);
  expect(
    await queryFile(
      warehouse,
      "SELECT * FROM backcourt.exclusions WHERE partition_date = '2023-11-05'",
    ),
  ).toEqual([]);
  await expectSound(warehouse);
});

test('a played game does not move by a file', async () => {
  const warehouse = await scheduled(opener, second, third);
  await ingestLogs(warehouse, second, third);
  const before = await partitionHashes(warehouse);
  const { exitCode, lines, file } = await loadSchedule(warehouse, [opener, moved]);

  expect(exitCode).toBe(3);
  expect(lines).toContain('refused schedule_entries 2023-10-27: nothing of this date was written');
  expect(lines).toContain(
    `  ${file} row 2: game 0022300063 has box scores on 2023-10-25; where that is wrong, list it there as postponed, with --allow-shrink`,
  );
  expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([]);
  await expectSound(warehouse);
});

test('a player log on another date moves the entry of the game', async () => {
  const warehouse = await scheduled(opener, second, third);
  const { exitCode, lines } = await ingestLogs(warehouse, second, moved);

  expect(exitCode).toBe(0);
  expect(lines).toContain('moved game 0022300063 from 2023-10-25 to 2023-10-27, by the player log');
  expect(await gamesOf(warehouse, 'schedule_entries')).toEqual(await gamesOf(warehouse));
  expect(
    await queryFile(
      warehouse,
      `SELECT CAST(schedule.game_date AS VARCHAR), status, CAST(tipoff_at AS VARCHAR)
FROM nba_raw.schedule JOIN nba_raw.game_results USING (nba_game_id) ORDER BY 1`,
    ),
  ).toEqual([
    ['2023-10-24', 'scheduled', '2023-10-24 23:00:00+00'],
    ['2023-10-25', 'final', '2023-10-25 23:00:00+00'],
    ['2023-10-27', 'final', null],
  ]);
  await expectSound(warehouse);

  const again = await ingestLogs(warehouse, second, moved);
  expect(again.lines.some((line) => line.includes('written'))).toBe(false);
});

test('the only game of a date that was played on another one leaves no date behind', async () => {
  const warehouse = await scheduled(opener, third);
  const { exitCode, lines } = await ingestLogs(warehouse, moved);

  expect(exitCode).toBe(0);
  expect(lines).toContain('2023-10-25 has no game any more; what was computed for it is removed');
  expect(await gamesOf(warehouse)).toEqual(['2023-10-24 0022300061', '2023-10-27 0022300063']);
  await expectSound(warehouse);
});

test('a file that lost a game is refused for that date, and taken with --allow-shrink', async () => {
  const warehouse = await scheduled(opener, second, third);
  const before = await partitionHashes(warehouse);
  const refused = await loadSchedule(warehouse, [opener, second]);

  expect(refused.exitCode).toBe(5);
  expect(refused.lines).toContain(
    'refused schedule_entries 2023-10-25: 2 rows would become 1; allow it with --allow-shrink',
  );
  expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([]);

  const taken = await loadSchedule(warehouse, [opener, second], '--allow-shrink');
  expect(taken.exitCode).toBe(0);
  expect(await gamesOf(warehouse)).toEqual(['2023-10-24 0022300061', '2023-10-25 0022300062']);
  await expectSound(warehouse);
});

test('a date that a newer file passes over in silence has lost its games', async () => {
  const warehouse = await scheduled(opener, second, moved);
  const refused = await loadSchedule(warehouse, [opener, moved]);

  expect(refused.exitCode).toBe(5);
  expect(refused.lines).toContain(
    'refused schedule_entries 2023-10-25: 1 row would become 0; allow it with --allow-shrink',
  );

  const taken = await loadSchedule(warehouse, [opener, moved], '--allow-shrink');
  expect(taken.exitCode).toBe(0);
  expect(await gamesOf(warehouse)).toEqual(['2023-10-24 0022300061', '2023-10-27 0022300063']);
  await expectSound(warehouse);
});

test('a date of which a newer file only calls games off has lost the others', async () => {
  const last = { ...moved, id: '0022300064' };
  const warehouse = await scheduled(opener, second, third, last);
  const rows = [opener, last].map((game) => scheduledGame(game));
  const calledOff = scheduledGame(third, { status: 'postponed' });
  const { lines } = await loadRows(folder, warehouse, 'schedule', [...rows, calledOff]);

  expect(lines).toContain(
    'refused schedule_entries 2023-10-25: 2 rows would become 0; allow it with --allow-shrink',
  );
});

test('a file is silent neither about dates beyond its own nor about games of another type', async () => {
  const cupFinal = { ...second, id: '0062300001' };
  const warehouse = await scheduled(opener, cupFinal, moved);
  const { exitCode } = await loadSchedule(warehouse, [opener, moved]);
  const later = await loadSchedule(warehouse, [cupFinal, moved]);

  expect([exitCode, later.exitCode]).toEqual([0, 0]);
  expect(await gamesOf(warehouse)).toHaveLength(3);
});

test('a game swapped for another one is a lost game, however many rows there are', async () => {
  const warehouse = await scheduled(second);
  const { exitCode } = await loadSchedule(warehouse, [third]);

  expect(exitCode).toBe(5);
  expect(await gamesOf(warehouse)).toEqual(['2023-10-25 0022300062']);
});

test('a game moves only together with its new date', async () => {
  const warehouse = await scheduled(opener, second, third);
  const before = await partitionHashes(warehouse);
  // The new date is refused for an impossible row of another game.
  const broken = { id: '0022300064', date: moved.date, away: 'ATL', home: 'ATL' };
  const { exitCode, lines } = await loadSchedule(warehouse, [opener, second, moved, broken]);

  expect(exitCode).toBe(3);
  expect(lines).toContain(
    'refused schedule_entries 2023-10-25: 2 rows would become 1; allow it with --allow-shrink',
  );
  expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([
    'schedule_entries 2023-10-27',
  ]);
});

test('a refused date is known again when a later file reaches beyond it without a game on it', async () => {
  const warehouse = await scheduled(opener);
  const broken = { id: '0022300064', date: '2023-10-26', away: 'ATL', home: 'ATL' };
  await loadSchedule(warehouse, [opener, broken, moved]);
  const refused = "SELECT COUNT(*) FROM backcourt.partitions WHERE state = 'failed'";
  expect(await queryFile(warehouse, refused)).toEqual([['1']]);

  await loadSchedule(warehouse, [opener, second]);
  expect(await queryFile(warehouse, refused)).toEqual([['1']]);
  await loadSchedule(warehouse, [opener, moved]);
  expect(await queryFile(warehouse, refused)).toEqual([['0']]);
});

test.each(['postponed', 'Cancelled'])(
  'a game that is %s is taken from its date',
  async (status) => {
    const warehouse = await scheduled(opener, second, third);
    const { exitCode, lines } = await loadRows(folder, warehouse, 'schedule', [
      scheduledGame(opener),
      scheduledGame(second),
      scheduledGame(third, { status }),
    ]);

    expect(exitCode).toBe(0);
    expect(lines).toContain(
      'removed game 0022300063 from 2023-10-25, called off by the schedule file',
    );
    expect(lines).toContain('dropped from schedule_entries: 1 row: postponed or cancelled');
    expect(await gamesOf(warehouse)).toEqual(['2023-10-24 0022300061', '2023-10-25 0022300062']);
    await expectSound(warehouse);
  },
);

test('a played game cannot be called off', async () => {
  const warehouse = await scheduled(opener, second, third);
  await ingestLogs(warehouse, third);
  const { exitCode, lines, file } = await loadRows(folder, warehouse, 'schedule', [
    scheduledGame(second),
    scheduledGame(third, { status: 'Postponed' }),
  ]);

  expect(exitCode).toBe(3);
  expect(lines).toContain(
    `  ${file} row 2: game 0022300063 is postponed, but has box scores; --allow-shrink removes them`,
  );
  expect(await gamesOf(warehouse, 'schedule_entries')).toEqual([
    '2023-10-24 0022300061',
    '2023-10-25 0022300062',
    '2023-10-25 0022300063',
  ]);
  await expectSound(warehouse);
});

test('a file without rows changes nothing, and is no success', async () => {
  const warehouse = await scheduled(opener);
  const before = await partitionHashes(warehouse);
  const path = join(folder, 'header.csv');
  writeFileSync(path, 'nba_game_id,game_date,home_team_abbr,away_team_abbr\n');
  const { exitCode } = await backcourt(['ingest', 'schedule', path, '--warehouse', warehouse]);

  expect(exitCode).toBe(3);
  expect(await partitionHashes(warehouse)).toEqual(before);
});

test('a file and box scores that do not agree on the teams: who comes second is refused', async () => {
  const other = { ...second, away: 'PHX' };
  const fileFirst = await scheduled(opener, other);
  const log = await ingestLogs(fileFirst, opener, second);
  expect(log.exitCode).toBe(3);
  expect(log.lines).toContain('refused player_box 2023-10-25: nothing of this date was written');
  expect(log.stdout).toContain(
    'row 17: game 0022300062 is of BOS and NYK here, but of NYK and PHX in the schedule file',
  );
  await expectSound(fileFirst);

  const logFirst = join(folder, 'log-first.duckdb');
  await ingestLogs(logFirst, opener, second);
  const { exitCode, lines, file } = await loadSchedule(logFirst, [opener, other]);
  expect(exitCode).toBe(3);
  expect(lines).toContain(`  ${file} row 2: game 0022300062 has box scores of BOS and NYK`);
  expect(await gamesOf(logFirst)).toEqual(['2023-10-24 0022300061', '2023-10-25 0022300062']);
  await expectSound(logFirst);
});

test('a log that lost a played game is refused although the file still lists it', async () => {
  const warehouse = await scheduled(second, third);
  await ingestLogs(warehouse, second, third);
  const before = await partitionHashes(warehouse);
  // As many rows as before, but of one game.
  const doubled = gameLog(second).flatMap((row) => [
    row,
    {
      ...row,
      PLAYER_ID: 500_000 + Number(row['PLAYER_ID']),
      PLAYER_NAME: `${row['PLAYER_NAME']} II`,
    },
  ]);
  const file = await writeParquet(folder, 'doubled.parquet', doubled);
  const { exitCode, lines } = await backcourt([
    ...['ingest', 'nba-stats', file, '--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(5);
  expect(lines).toContain(
    'refused game_results 2023-10-25: 2 final games would become 1; allow it with --allow-shrink',
  );
  expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([]);
});
