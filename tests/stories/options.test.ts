import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, partitionHashes, queryFile } from '../support/warehouse-file.ts';

announceRealData('options on real data');

const folder = tempFolder('options');
const table = 'team_defense_zone_analysis';
const inputs = 'team_offense_game_summary,team_defense_game_summary';
const rowsOf = (date: string) =>
  `SELECT CAST(COUNT(*) AS INT) FROM nba_precompute.${table} WHERE analysis_date = '${date}'`;
let path: string;
let day: string;
let copies = 0;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder));
  day = String(
    await cellOf(
      path,
      'SELECT CAST(game_date AS VARCHAR) FROM nba_raw.schedule GROUP BY game_date ORDER BY game_date OFFSET 20 LIMIT 1',
    ),
  );
  await prepare([
    ...['run', '--backfill', '--tables', inputs],
    ...['--start-date', '2023-10-24', '--end-date', day, '--warehouse', path],
  ]);
});

function copy(): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  return target;
}

function run(warehouse: string, ...args: readonly string[]) {
  return backcourt(['run', '--backfill', '--tables', table, '--warehouse', warehouse, ...args]);
}

test.each([
  ['min_game=5', 'unknown option "min_game"; did you mean "min_games"?'],
  ['is_backfill=true', 'unknown option "is_backfill"'],
  ['min_games', '--option "min_games" is not name=value'],
  ['min_games=', 'option min_games="" is not a whole number from 1 to 82'],
  ['min_games=0', 'option min_games="0" is not a whole number from 1 to 82'],
  ['min_games=five', 'option min_games="five" is not a whole number from 1 to 82'],
  ['min_games=5.5', 'option min_games="5.5" is not a whole number'],
  ['quality_threshold=101', 'option quality_threshold="101" is not a whole number from 0 to 100'],
  ['backfill_mode=yes', 'option backfill_mode="yes" is neither true nor false'],
])('--option %s is a usage error and writes nothing', async (option, message) => {
  const warehouse = copy();
  const before = await partitionHashes(warehouse);
  const { exitCode, stderr, stdout } = await run(warehouse, '--dates', day, '--option', option);

  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`error: ${message}`);
  expect(await partitionHashes(warehouse)).toEqual(before);
});

test('an option of another table is unknown to one that has none', async () => {
  const { exitCode, stderr } = await backcourt([
    ...['run', '--backfill', '--tables', 'player_game_summary', '--dates', day],
    ...['--option', 'min_games=5', '--warehouse', path],
  ]);

  expect(exitCode).toBe(2);
  expect(stderr).toContain('unknown option "min_games"');
});

test('the same option twice is an error', async () => {
  const { exitCode, stderr } = await run(
    copy(),
    ...['--dates', day, '--option', 'min_games=5', '--option', 'min_games=6'],
  );
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('"min_games" is given twice')]);
});

test('analysis_date is another way to name the one date', async () => {
  const warehouse = copy();
  const { exitCode } = await run(warehouse, '--option', `analysis_date=${day}`);
  expect([exitCode, await cellOf(warehouse, rowsOf(day))]).toEqual([0, 30]);

  const both = await run(warehouse, '--dates', day, '--option', `analysis_date=${day}`);
  expect([both.exitCode, both.stderr]).toEqual([
    2,
    expect.stringContaining('cannot be combined with other dates'),
  ]);
  const wrong = await run(warehouse, '--option', 'analysis_date=2023-02-30');
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('no such day')]);
});

test('another min_games makes a done date stale, changes its rows, and back again', async () => {
  const warehouse = copy();
  await run(warehouse, '--dates', day);
  const hashes = await partitionHashes(warehouse);
  const strict = ['--dates', day, '--option', 'min_games=82'];

  const planned = await run(warehouse, '--dry-run', ...strict);
  expect(
    planned.lines.some((line) =>
      line.startsWith(`${day}  stale  would run: options were {"min_games":5`),
    ),
  ).toBe(true);

  const refused = await run(warehouse, ...strict);
  expect(refused.exitCode).toBe(5);
  expect(refused.stdout).toContain('30 rows would be replaced by 0; allow it with --allow-shrink');
  expect(await partitionHashes(warehouse)).toEqual(hashes);

  const changed = await run(warehouse, ...strict, '--allow-shrink');
  expect([changed.exitCode, await cellOf(warehouse, rowsOf(day))]).toEqual([0, 0]);
  expect(
    await queryFile(
      warehouse,
      `SELECT state, CAST(excluded_count AS INT) FROM backcourt.partitions WHERE table_name = '${table}'`,
    ),
  ).toEqual([['empty', 30]]);

  const plain = await run(warehouse, '--dates', day);
  expect([plain.exitCode, await cellOf(warehouse, rowsOf(day))]).toEqual([0, 0]);
  const back = await run(warehouse, '--dates', day, '--restate-options');
  expect([back.exitCode, await cellOf(warehouse, rowsOf(day))]).toEqual([0, 30]);
  expect(await partitionHashes(warehouse)).toEqual(hashes);
});

test('the retry of a run keeps its options, the status judges a date by its own', async () => {
  const warehouse = copy();
  await run(warehouse, '--dates', day, '--option', 'min_games=6');
  const { lines } = await backcourt(['status', '--missing', '--json', '--warehouse', warehouse]);

  expect(lines.some((line) => line.includes(day) && line.includes('stale'))).toBe(false);
});

test('quality_threshold leaves rows out under its own reason', async () => {
  const warehouse = copy();
  const early = String(
    await cellOf(
      warehouse,
      `SELECT CAST(game_date AS VARCHAR) FROM nba_raw.schedule WHERE game_date >= '2023-11-06' GROUP BY ALL ORDER BY 1 LIMIT 1`,
    ),
  );
  await run(warehouse, '--dates', early);
  const all = Number(await cellOf(warehouse, rowsOf(early)));
  const threshold = await cellOf(
    warehouse,
    `SELECT CAST(floor(MIN(quality_score)) + 1 AS INT) FROM nba_precompute.${table} WHERE analysis_date = '${early}'`,
  );
  const option = ['--option', `quality_threshold=${threshold}`];
  await run(warehouse, '--dates', early, ...option, '--allow-shrink');
  const kept = Number(await cellOf(warehouse, rowsOf(early)));
  const left = await cellOf(
    warehouse,
    `SELECT CAST(COUNT(*) AS INT) FROM backcourt.exclusions WHERE reason_code = 'BELOW_QUALITY_THRESHOLD'`,
  );

  expect(all).toBeGreaterThan(kept);
  expect(left).toBe(all - kept);
});

describe.runIf(realDataFolder)('on real data', () => {
  test('with min_games 15 all thirty teams first have a row on 2023-11-29', async () => {
    const warehouse = join(folder, 'real.duckdb');
    await prepare(['ingest', 'nba-stats', ...realFiles('2023-24'), '--warehouse', warehouse]);
    const range = [
      '--start-date',
      '2023-10-24',
      '--end-date',
      '2023-11-30',
      '--warehouse',
      warehouse,
    ];
    await prepare(['run', '--backfill', '--tables', inputs, ...range]);
    await prepare([
      ...['run', '--backfill', '--tables', table, '--option', 'min_games=15', ...range],
    ]);

    const full = await queryFile(
      warehouse,
      `SELECT CAST(analysis_date AS VARCHAR) FROM nba_precompute.${table} GROUP BY 1 HAVING COUNT(*) = 30 ORDER BY 1`,
    );
    expect(full.flat()).toEqual(['2023-11-29', '2023-11-30']);
  });
});
