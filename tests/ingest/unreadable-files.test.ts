import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { gameLog, shotChart, withEach } from '../support/game-log.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { partitionHashes, queryFile } from '../support/warehouse-file.ts';
import { renamed, writeParquet } from '../support/write-source.ts';

const folder = tempFolder('unreadable');
const game = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' };
const warehouse = join(folder, 'never.duckdb');

function ingest(...args: readonly string[]) {
  return backcourt(['ingest', 'nba-stats', ...args, '--warehouse', warehouse]);
}

const without = (column: string) => (name: string) => (name === column ? `${name}_RENAMED` : name);

test('a missing column is named, with what was found', async () => {
  const file = await writeParquet(
    folder,
    'no-ast.parquet',
    renamed(renamed(gameLog(game), without('AST')), without('TOV')),
  );
  const { exitCode, stderr } = await ingest(file);

  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    `"${file}" lacks AST, TOV, which PlayerGameLogs has; found SEASON_YEAR,`,
  );
});

test('a shot chart without the shooter is told apart from a log', async () => {
  const file = await writeParquet(
    folder,
    'no-shooter.parquet',
    renamed(shotChart(game), without('PLAYER_ID')),
  );
  const { exitCode, stderr } = await ingest(file);

  expect(exitCode).toBe(2);
  expect(stderr).toContain('lacks PLAYER_ID, which ShotChartDetail has');
});

test('a table of something else is not guessed at', async () => {
  const file = await writeParquet(folder, 'other.parquet', [{ CITY: 'Boston', POPULATION: 1 }]);
  const { exitCode, stderr } = await ingest(file);

  expect(exitCode).toBe(2);
  expect(stderr).toContain('neither a player game log (no MATCHUP) nor a shot chart');
  expect(stderr).toContain('found CITY, POPULATION');
});

test('a Parquet file that is none is said to be unreadable', async () => {
  const file = join(folder, 'text.parquet');
  writeFileSync(file, 'this is not parquet\n');
  const { exitCode, stderr } = await ingest(file);

  expect(exitCode).toBe(2);
  expect(stderr).toContain(`cannot read "${file}"`);
});

test('a file that is not there, another ending, no file at all, an unknown source', async () => {
  const missing = await ingest(join(folder, 'nowhere.parquet'));
  expect([missing.exitCode, missing.stderr]).toEqual([
    2,
    expect.stringContaining('no such file: "'),
  ]);

  const sheet = join(folder, 'logs.xlsx');
  writeFileSync(sheet, '');
  const other = await ingest(sheet);
  expect([other.exitCode, other.stderr]).toEqual([
    2,
    expect.stringContaining(
      'it is a workbook; save its sheet as CSV (docs/inputs/README.md lists the files that are read)',
    ),
  ]);

  expect((await ingest()).exitCode).toBe(2);
  const unknown = await backcourt(['ingest', 'espn', sheet, '--warehouse', warehouse]);
  expect([unknown.exitCode, unknown.stderr]).toEqual([
    2,
    expect.stringContaining('unknown source "espn"'),
  ]);
});

test('a command that could read nothing leaves no warehouse behind', async () => {
  const fresh = join(folder, 'fresh.duckdb');
  await backcourt([
    ...['ingest', 'nba-stats', join(folder, 'nowhere.parquet'), '--warehouse', fresh],
  ]);

  expect(existsSync(fresh)).toBe(false);
});

test('a bad file keeps no good one out, and the run is on record with its end', async () => {
  const held = join(folder, 'held.duckdb');
  const good = await writeParquet(folder, 'good.parquet', gameLog(game));
  await prepare(['ingest', 'nba-stats', good, '--warehouse', held]);
  const before = await partitionHashes(held);
  const next = await writeParquet(
    folder,
    'next.parquet',
    gameLog({ ...game, id: '0022300070', date: '2023-10-26' }),
  );
  const bad = join(folder, 'bad.parquet');
  writeFileSync(bad, 'nothing');
  const { exitCode, stdout } = await backcourt([
    ...['ingest', 'nba-stats', next, bad, '--warehouse', held],
  ]);

  expect(exitCode).toBe(3);
  expect(stdout).toContain('refused bad.parquet: it cannot be read: ');
  expect((await partitionHashes(held)).size).toBeGreaterThan(before.size);
  const ends = await queryFile(held, 'SELECT exit_code FROM backcourt.runs ORDER BY started_at');
  expect(ends.map(([code]) => code)).not.toContain(null);
});

test('simulated and real data never mix, in either direction', async () => {
  const simulated = await writeSimulatedLeague({
    directory: folder,
    seasons: 1,
    firstSeasonYear: 2019,
    gamesPerTeam: 2,
    postseason: false,
  });
  const real = await writeParquet(folder, 'real.parquet', gameLog(game));
  const realHome = join(folder, 'real.duckdb');
  const simulatedHome = join(folder, 'simulated.duckdb');
  await prepare(['ingest', 'nba-stats', real, '--warehouse', realHome]);
  await prepare(['ingest', 'simulated', ...simulated, '--warehouse', simulatedHome]);

  const attempts = [
    await backcourt(['ingest', 'simulated', ...simulated, '--warehouse', realHome]),
    await backcourt(['ingest', 'nba-stats', real, '--warehouse', simulatedHome]),
    await backcourt(['ingest', 'nba-stats', ...simulated, '--warehouse', realHome]),
    await backcourt(['ingest', 'simulated', real, '--warehouse', simulatedHome]),
  ];
  expect(attempts.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
  expect(attempts.map(({ stderr }) => stderr)).toEqual([
    expect.stringContaining('holds real data; real and simulated never mix'),
    expect.stringContaining('holds simulated data; real and simulated never mix'),
    expect.stringContaining('comes from the simulated league'),
    expect.stringContaining('does not come from the simulated league'),
  ]);
  const rows = await queryFile(realHome, 'SELECT COUNT(*) FROM nba_raw.player_box');
  expect(rows).toEqual([['16']]);
});

test('a log of which no row is kept changes nothing, and is no success', async () => {
  const home = join(folder, 'empty.duckdb');
  const file = await writeParquet(folder, 'some.parquet', gameLog(game));
  await prepare(['ingest', 'nba-stats', file, '--warehouse', home]);
  const before = await partitionHashes(home);
  const preseason = withEach(gameLog(game), () => ({ GAME_ID: '0012300001' }));
  const nothing = await writeParquet(folder, 'nothing.parquet', preseason);
  const { exitCode, lines } = await backcourt([
    ...['ingest', 'nba-stats', nothing, '--warehouse', home],
  ]);

  expect(exitCode).toBe(3);
  expect(lines).toContain('nothing of nothing.parquet was used: 16 rows, all dropped');
  expect(lines.some((line) => line.includes('nothing changed'))).toBe(true);
  expect(await partitionHashes(home)).toEqual(before);
});
