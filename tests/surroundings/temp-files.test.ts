import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyOf } from '../support/copy-of.ts';
import { tornRecords } from '../support/recorded-rows.ts';
import { prepare } from '../support/run-command.ts';
import { commandFile, repositoryRoot, runNode, startNode } from '../support/run-process.ts';
import { withSmallDisk } from '../support/small-disk.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes } from '../support/warehouse-file.ts';

const folder = tempFolder('temp-files');
const season = smallSeason(folder);

describe('the folder for temporary files', () => {
  test('may have a name that is a pattern', async () => {
    const folder = tempFolderOfTest('temp');
    const odd = join(folder, 't[1]*');
    mkdirSync(odd);
    const { exitCode, stderr } = await runNode(
      commandFile,
      [
        ...['ingest', 'simulated', '--seasons', '1', '--first-season', '2023'],
        ...['--warehouse', join(folder, 'w.duckdb')],
      ],
      { env: { TMPDIR: odd } },
    );
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  test('is full: exit 8, it is named, nothing is left in it', async () => {
    const place = tempFolderOfTest('temp');
    const full = join(place, 'full');
    const mounted = await withSmallDisk(full, 128 * 1024, async () => {
      for (const argv of [
        ['ingest', 'simulated', '--seasons', '1'],
        ['demo', '--seasons', '1'],
      ]) {
        const { exitCode, stderr } = await runNode(
          commandFile,
          [...argv, '--warehouse', join(place, 'w.duckdb')],
          { env: { TMPDIR: full, NODE_DISABLE_COMPILE_CACHE: '1' } },
        );
        expect([argv[0], exitCode]).toEqual([argv[0], 8]);
        expect(stderr).toMatch(new RegExp(`^error: cannot write to "${full}/`));
        expect(stderr).toContain('there is no room on the disk');
        expect(readdirSync(full)).toEqual([]);
      }
    });
    if (!mounted) process.stderr.write('temp files: no tmpfs may be mounted here\n');
  });
});

test('what killed processes have left is removed by the next one, and nothing of a living one', async () => {
  const warehouse = copyOf(season().ingested);
  const temp = tempFolderOfTest('temp');
  const env = { TMPDIR: temp, NODE_DISABLE_COMPILE_CACHE: '1' };
  const killed = startNode(commandFile, ['ingest', 'simulated', '--warehouse', `${warehouse}-2`], {
    env,
  });
  while (!readdirSync(temp).some((name) => name.startsWith('backcourt-league-'))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  killed.kill('SIGKILL');
  await killed.ended;
  const gone = `${killed.pid}@${hostname()}-000001`;
  const living = `${process.pid}@${hostname()}-000001`;
  const elsewhere = `${killed.pid}@another-machine-000001`;
  for (const owner of [gone, living, elsewhere]) {
    mkdirSync(join(temp, `backcourt-copy-${owner}`));
    mkdirSync(`${warehouse}.tmp-${owner}`);
    writeFileSync(`${warehouse}.look-${owner}`, '');
  }
  const { exitCode } = await runNode(commandFile, [...season().run, '--warehouse', warehouse], {
    env,
  });
  expect(exitCode).toBe(0);
  expect(readdirSync(temp).sort()).toEqual(
    [`backcourt-copy-${elsewhere}`, `backcourt-copy-${living}`].sort(),
  );
  const beside = [`w.duckdb.tmp-${living}`, `w.duckdb.tmp-${elsewhere}`];
  const looks = [`w.duckdb.look-${living}`, `w.duckdb.look-${elsewhere}`];
  expect(readdirSync(join(warehouse, '..')).sort()).toEqual(
    ['w.duckdb', ...beside, ...looks].sort(),
  );
});

test('the note beside a file is not written through a link of its name', async () => {
  const warehouse = copyOf(season().ingested);
  const victim = join(tempFolderOfTest('temp'), 'victim');
  writeFileSync(victim, 'precious');
  symlinkSync(victim, `${warehouse}.writer.json`);
  await prepare([...season().run, '--warehouse', warehouse]);
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(existsSync(`${warehouse}.writer.json`)).toBe(false);
});

describe('the log of a run has no room', () => {
  const inShell = async (command: string) => {
    const child = spawn('bash', ['-c', command], { cwd: repositoryRoot });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const exitCode = await new Promise((resolve) => child.on('close', resolve));
    return { exitCode, stderr };
  };

  test.each(['> /dev/full', '> /dev/full 2>&1'])(
    '%s: the run does its work, exit 8, no crash',
    async (redirection) => {
      const { ingested, run, hashes } = season();
      const warehouse = copyOf(ingested);
      const command = [process.execPath, commandFile, ...run, '--batch-days', '5'].join(' ');
      const { exitCode, stderr } = await inShell(
        `${command} --warehouse ${warehouse} ${redirection}`,
      );
      expect(exitCode).toBe(8);
      expect(stderr).toMatch(redirection.includes('2>') ? /^$/ : /^error: cannot write to stdout/);
      expect(stderr).not.toContain('node:');
      expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
      expect(await tornRecords(warehouse)).toEqual([]);
    },
  );

  test('a pipe of both streams that closes early is nobody’s concern', async () => {
    const { ingested, run, hashes } = season();
    const warehouse = copyOf(ingested);
    copyFileSync(ingested, warehouse);
    const command = [process.execPath, commandFile, ...run].join(' ');
    const { exitCode } = await inShell(
      `${command} --warehouse ${warehouse} 2>&1 | true; exit \${PIPESTATUS[0]}`,
    );
    expect(exitCode).toBe(0);
    expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
  });
});
