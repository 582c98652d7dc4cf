import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { backcourt, prepare } from '../support/run-command.ts';
import { runNode } from '../support/run-process.ts';
import { withSmallDisk } from '../support/small-disk.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { changeFile } from '../support/warehouse-file.ts';

const folder = tempFolder('output-files');
const season = smallSeason(folder);

let place: string;
let warehouse: string;

beforeEach(() => {
  place = tempFolderOfTest('output');
  warehouse = join(place, 'w.duckdb');
  copyFileSync(season().computed, warehouse);
});

const table = 'team_defense_zone_analysis';

/** The two commands that write a file where they are told to, each told to replace what is there. */
const writers = (path: string): readonly (readonly string[])[] => [
  ['plan', '--backfill', '--save', path],
  ['plan', '--backfill', '--save', path, '--overwrite'],
  ['export', table, '--format', 'csv', '--overwrite', '--out', path],
];

async function expectRefused(path: string, told: string): Promise<void> {
  for (const argv of writers(path)) {
    const { exitCode, stdout, stderr } = await backcourt([...argv, '--warehouse', warehouse]);
    expect([argv[0], exitCode, stdout]).toEqual([argv[0], 2, '']);
    expect(stderr).toContain(`error: ${argv[0] === 'plan' ? '--save' : '--out'} "${path}": `);
    expect(stderr).toContain(told);
  }
}

describe('no command writes over', () => {
  test('a warehouse: its own, another one, by whatever name', async () => {
    const other = join(place, 'other.duckdb');
    const named = join(place, 'named.csv');
    const hard = join(place, 'hard.csv');
    await changeFile(other, 'CREATE TABLE t AS SELECT 1 AS n');
    symlinkSync(warehouse, named);
    linkSync(warehouse, hard);
    const bytes = readFileSync(warehouse);
    for (const path of [warehouse, other, named, hard]) {
      await expectRefused(path, 'it is a file of DuckDB, perhaps a warehouse, and is not replaced');
    }
    expect(readFileSync(warehouse).equals(bytes)).toBe(true);
  });

  test.each(['.wal', '.writer.json'])('what DuckDB or a run keeps beside it: %s', async (end) => {
    await expectRefused(`${warehouse}${end}`, 'it is a file of DuckDB');
    writeFileSync(`${warehouse}${end}`, '');
    await expectRefused(`${warehouse}${end}`, 'it is a file of DuckDB');
  });

  test('a folder, a pipe, a device', async () => {
    const pipe = join(place, 'pipe');
    execFileSync('mkfifo', [pipe]);
    mkdirSync(join(place, 'folder'));
    await expectRefused(join(place, 'folder'), 'it is a folder');
    await expectRefused(pipe, 'it is a pipe or a device, not a file');
    await expectRefused('/dev/null', 'it is a pipe or a device, not a file');
    expect([statSync(pipe).isFIFO(), statSync('/dev/null').isCharacterDevice()]).toEqual([
      true,
      true,
    ]);
  });
});

test.each([
  ['s3://bucket/x.csv', 'only a file of this machine can be written'],
  ['http://127.0.0.1:9/x.csv', 'only a file of this machine can be written'],
  [`${'n'.repeat(300)}.csv`, 'the name is too long'],
  [' ', 'it must name a file'],
])('a place where no file can stand is refused by its own name: %s', async (path, told) => {
  await expectRefused(path, told);
});

test('a plan is saved over an earlier plan, and over nothing else unless told to', async () => {
  const file = join(place, 'tonight.json');
  const plan = (...more: readonly string[]) =>
    backcourt(['plan', '--backfill', '--save', file, ...more, '--warehouse', warehouse]);
  writeFileSync(file, '{"mine": true}');
  const refused = await plan();
  expect([refused.exitCode, refused.stderr]).toEqual([
    2,
    expect.stringContaining(`"${file}" exists; replace it with --overwrite`),
  ]);
  expect(readFileSync(file, 'utf8')).toBe('{"mine": true}');
  expect((await plan('--overwrite')).exitCode).toBe(0);
  const first = readFileSync(file, 'utf8');
  expect((await plan('--option', 'min_games=4')).exitCode).toBe(0);
  expect(readFileSync(file, 'utf8')).not.toBe(first);
  expect(readdirSync(place).sort()).toEqual(['tonight.json', 'w.duckdb']);
});

test('a disk that fills up: the earlier file stands whole, and the message names the file that had no room', async () => {
  const disk = join(place, 'disk');
  const mounted = await withSmallDisk(disk, 64 * 1024, async () => {
    const [plan, rows] = [join(disk, 'tonight.json'), join(disk, 'rows.csv')];
    await prepare([
      ...['plan', '--backfill', '--tables', table, '--dates', season().dates[9] ?? ''],
      ...['--save', plan, '--warehouse', warehouse],
    ]);
    writeFileSync(rows, 'earlier\n');
    const earlier = readFileSync(plan);
    expect(() => writeFileSync(join(disk, 'filler'), Buffer.alloc(64 * 1024))).toThrow('ENOSPC');
    for (const [argv, path] of [
      [['plan', '--backfill', '--save', plan], plan],
      [['export', 'ml_feature_store', '--overwrite', '--out', rows], rows],
    ] as const) {
      const { exitCode, stderr } = await backcourt([...argv, '--warehouse', warehouse]);
      expect([exitCode, stderr]).toEqual([8, expect.stringContaining(`"${path}"`)]);
      expect(stderr).toContain('there is no room on the disk');
      expect(stderr).not.toContain(`"${warehouse}"`);
    }
    expect(readFileSync(plan).equals(earlier)).toBe(true);
    expect(readFileSync(rows, 'utf8')).toBe('earlier\n');
    expect(readdirSync(disk).sort()).toEqual(['filler', 'rows.csv', 'tonight.json']);
  });
  if (!mounted) process.stderr.write('output files: no tmpfs may be mounted here\n');
});

test('a symbolic link stays one, and what it names is written', async () => {
  const [real, link] = [join(place, 'real.csv'), join(place, 'link.csv')];
  writeFileSync(real, 'earlier\n');
  symlinkSync(real, link);
  await prepare(['export', table, '--overwrite', '--out', link, '--warehouse', warehouse]);
  expect(readFileSync(real, 'utf8')).toContain('analysis_date');
});

describe('names of output files are no patterns', () => {
  test.each(['out[1].csv', 'o*?.csv', '~.csv', "it's {uuid}.csv", '🏀.csv'])('%s', async (name) => {
    await prepare([...['export', table, '--out', join(place, name), '--warehouse', warehouse]]);
    expect(readdirSync(place)).toContain(name);
  });
});

test('what a killed export has left is gone with the next one; what a living process writes is not', async () => {
  const out = join(place, 'rows.csv');
  const gone = await runNode('-e', ['process.stdout.write(process.pid + "@" + os.hostname())']);
  const leftover = `${out}.partial-${gone.stdout}-000001`;
  const living = `${out}.partial-${process.pid}@${gone.stdout.split('@')[1]}-zzzzzz`;
  for (const path of [leftover, living]) writeFileSync(path, '');
  await prepare(['export', table, '--out', out, '--warehouse', warehouse]);
  expect([existsSync(leftover), existsSync(living), existsSync(out)]).toEqual([false, true, true]);
});
