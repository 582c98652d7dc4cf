import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  linkSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeEach, describe, expect, test } from 'vitest';
import { tornRecords } from '../support/recorded-rows.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { commandFile, repositoryRoot, startNode } from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes } from '../support/warehouse-file.ts';

const folder = tempFolder('left-log');
const season = smallSeason(folder);

/** Kills a command when all is committed and nothing of it is in the file itself. */
async function killAtClose(...args: readonly string[]): Promise<void> {
  const killed = startNode(commandFile, args, {
    preload: resolve(repositoryRoot, 'tests/crash/kill-at-step.ts'),
    env: { BACKCOURT_CRASH: JSON.stringify({ kind: 'label', label: 'close', moment: 'before' }) },
  });
  expect((await killed.ended).signal).toBe('SIGKILL');
}

/** A run over all dates with other options than a computed warehouse has. */
const otherRun = (minGames: number) => [...season().run, '--option', `min_games=${minGames}`];

async function expectRefused(path: string, told = 'the log of another state of this file') {
  const before = readdirSync(join(path, '..'));
  for (const verb of [['status'], otherRun(4), ['ingest', 'simulated', ...season().files]]) {
    const { exitCode, stdout, stderr } = await backcourt([...verb, '--warehouse', path]);
    expect([verb[0], exitCode, stdout]).toEqual([verb[0], 8, '']);
    expect(stderr).toContain(`error: cannot open "${path}": a killed process has left `);
    expect(stderr).toContain(told);
    expect(stderr).toContain(`delete "${path}.wal"`);
  }
  expect(readdirSync(join(path, '..'))).toEqual(before);
}

/** Without the log the file is what was put there. */
async function expectWhole(path: string, hashes: ReadonlyMap<string, string>): Promise<void> {
  rmSync(`${path}.wal`);
  expect(differingUnits(hashes, await partitionHashes(path))).toEqual([]);
  await prepare([...season().run, '--restate-options', '--allow-shrink', '--warehouse', path]);
  expect(differingUnits(season().hashes, await partitionHashes(path))).toEqual([]);
  expect(await tornRecords(path)).toEqual([]);
  const { exitCode } = await backcourt([
    ...['verify', '--hashes', '--sample', '0', '--warehouse', path],
  ]);
  expect(exitCode).toBe(0);
}

let path: string;
let yesterday: string;

beforeEach(() => {
  const place = tempFolderOfTest('log');
  path = join(place, 'w.duckdb');
  yesterday = join(place, 'yesterday.duckdb');
  copyFileSync(season().computed, path);
});

describe('the log of a killed process beside a copy that was put back', () => {
  test('of yesterday, while the file has moved on', async () => {
    copyFileSync(path, yesterday);
    await prepare([...otherRun(4), '--warehouse', path]);
    await killAtClose(...otherRun(3), '--batch-days', '5', '--warehouse', path);
    copyFileSync(yesterday, path);
    await expectRefused(path);
    await expectWhole(path, season().hashes);
  });

  test('made right before the run that was killed', async () => {
    copyFileSync(path, yesterday);
    await killAtClose(...otherRun(3), '--warehouse', path);
    copyFileSync(yesterday, path);
    await expectRefused(path);
    await expectWhole(path, season().hashes);
  });

  test('that has gone its own way just as far', async () => {
    copyFileSync(path, yesterday);
    await prepare([...otherRun(4), '--warehouse', yesterday]);
    const hashes = await partitionHashes(yesterday);
    await killAtClose(...otherRun(3), '--warehouse', path);
    copyFileSync(yesterday, path);
    await expectRefused(path);
    await expectWhole(path, hashes);
  });

  test('after an ingest that was killed', async () => {
    const { ingested, files } = season();
    const hashes = await partitionHashes(ingested);
    const [log = '', shots = ''] = files;
    copyFileSync(ingested, path);
    copyFileSync(path, yesterday);
    await killAtClose('ingest', 'simulated', log, shots, '--allow-shrink', '--warehouse', path);
    copyFileSync(yesterday, path);
    await expectRefused(path);
    await expectWhole(path, hashes);
  });

  test.each(['before_truncate', 'before_header'])(
    'after a run that was killed while it closed the file, %s',
    async (moment) => {
      copyFileSync(path, yesterday);
      await killAtClose(...otherRun(3), '--warehouse', path);
      await checkpointUpTo(path, moment);
      copyFileSync(path, `${path}.killed`);
      copyFileSync(yesterday, path);
      await expectRefused(path);

      // The same log beside its own file is no harm.
      copyFileSync(`${path}.killed`, path);
      const { exitCode, lines } = await backcourt([...otherRun(3), '--warehouse', path]);
      expect([exitCode, lines.some((line) => line.includes('nothing to do'))]).toEqual([0, true]);
      expect(await tornRecords(path)).toEqual([]);
    },
  );
});

async function checkpointUpTo(file: string, moment: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`ATTACH '${file}' AS f`);
  await connection.run(`SET debug_checkpoint_abort = '${moment}'`);
  await expect(connection.run('CHECKPOINT f')).rejects.toThrow('Checkpoint aborted');
  connection.closeSync();
  instance.closeSync();
  expect(existsSync(`${file}.wal`)).toBe(true);
}

test('a file with two names: the log under one of them is not applied to what the other has written', async () => {
  const hard = join(path, '..', 'hard.duckdb');
  linkSync(path, hard);
  await killAtClose(...otherRun(3), '--warehouse', hard);
  await prepare([...otherRun(4), '--warehouse', path]);
  const hashes = await partitionHashes(path);
  await expectRefused(hard);
  await expectWhole(hard, hashes);
});

describe('a file of DuckDB’s older format', () => {
  beforeEach(async () => {
    rmSync(path);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`ATTACH '${season().computed}' AS made (READ_ONLY)`);
    await connection.run(`ATTACH '${path}' AS older (STORAGE_VERSION 'v1.0.0')`);
    await connection.run('COPY FROM DATABASE made TO older');
    await connection.run('DROP VIEW older.backcourt.last_writer');
    connection.closeSync();
    instance.closeSync();
    copyFileSync(path, yesterday);
  });

  test('is worked on as it is; what a run leaves in it is told apart as well', async () => {
    await killAtClose(...otherRun(3), '--warehouse', path);
    copyFileSync(yesterday, path);
    await expectRefused(path);
    await expectWhole(path, season().hashes);
  });

  test('whose log does not say to what it belongs is not guessed at', async () => {
    await killAtClose(...otherRun(3), '--warehouse', path);
    // The note of an older Backcourt has no mark.
    writeFileSync(`${path}.writer.json`, '{"pid":1,"host":"here","startedAt":"2026-01-01"}');
    await expectRefused(path, 'does not say to which state of the file it belongs');
  });
});

test('a log whose end is zeros, after a power failure: what was committed before can be kept', async () => {
  copyFileSync(season().ingested, path);
  await killAtClose(...season().run, '--batch-days', '3', '--warehouse', path);
  appendFileSync(`${path}.wal`, Buffer.alloc(4096));
  const { exitCode, stderr } = await backcourt(['status', '--warehouse', path]);
  expect([exitCode, stderr]).toEqual([
    8,
    expect.stringContaining('the end of the log is damaged; what was committed before is kept by'),
  ]);
  const command = /"(truncate -s \d+ [^"]+)"/.exec(stderr)?.[1] ?? '';
  execFileSync('sh', ['-c', command]);

  const { lines } = await prepare([...season().run, '--warehouse', path]);
  expect(lines.some((line) => line.includes('nothing to do'))).toBe(true);
  expect(differingUnits(season().hashes, await partitionHashes(path))).toEqual([]);
  expect(await tornRecords(path)).toEqual([]);
});

test('a name so long that no second one fits beside it: the file is looked at in a copy', async () => {
  const long = join(path, '..', `${'n'.repeat(220)}.duckdb`);
  copyFileSync(path, long);
  await killAtClose(...otherRun(3), '--warehouse', long);
  const { exitCode, lines } = await backcourt([...otherRun(3), '--warehouse', long]);
  expect([exitCode, lines.some((line) => line.includes('nothing to do'))]).toEqual([0, true]);
});
