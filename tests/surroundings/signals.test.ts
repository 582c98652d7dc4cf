import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Order } from '../crash/order.ts';
import { copyOf } from '../support/copy-of.ts';
import { tornRecords } from '../support/recorded-rows.ts';
import { prepare } from '../support/run-command.ts';
import {
  commandFile,
  type Ended,
  type Running,
  repositoryRoot,
  startNode,
} from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('signals');
const season = smallSeason(folder);
const said = 'stopping after what is in hand; a second signal leaves at once\n';

/** A command that waits at a step until its stdin is closed. */
async function heldAt(
  label: string,
  moment: 'before' | 'after',
  args: readonly string[],
): Promise<Running> {
  const order: Order = { kind: 'hold', label, moment };
  const running = startNode(commandFile, args, {
    preload: resolve(repositoryRoot, 'tests/crash/kill-at-step.ts'),
    env: { BACKCOURT_CRASH: JSON.stringify(order) },
  });
  await running.says('held');
  return running;
}

function release(running: Running): Promise<Ended> {
  running.closeStdin();
  return running.ended;
}

async function exitCodes(path: string): Promise<readonly unknown[]> {
  const rows = await queryFile(
    path,
    'SELECT verb, exit_code, finished_at IS NULL FROM backcourt.runs ORDER BY run_id',
  );
  return rows;
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s in the midst of a commit: the batch is finished, the rest is untouched, 130, and it goes on',
  async (signal) => {
    const { ingested, run, hashes } = season();
    const warehouse = copyOf(ingested);
    const before = await partitionHashes(warehouse);
    const args = [...run, '--batch-days', '4', '--warehouse', warehouse];
    const running = await heldAt('INSERT INTO backcourt.partitions', 'before', args);
    running.kill(signal);
    await running.complains(said);
    const { exitCode, stdout, stderr } = await release(running);

    expect([exitCode, stderr]).toEqual([130, said]);
    expect(stdout).toMatch(/interrupted: what was committed stays, run it again to go on/);
    expect(stdout).toMatch(/\d+ units not reached/);
    expect(await tornRecords(warehouse)).toEqual([]);
    const now = await partitionHashes(warehouse);
    // Four new dates go through all tables in one commit; the first days of a season have five of them.
    expect(differingUnits(before, now)).toHaveLength(5 * 4);
    expect(
      differingUnits(
        now,
        new Map(
          [...now].filter(([unit, content]) => (before.get(unit) ?? hashes.get(unit)) === content),
        ),
      ),
    ).toEqual([]);
    expect((await exitCodes(warehouse)).at(-1)).toEqual(['run', '130', false]);

    await prepare([...run, '--warehouse', warehouse]);
    expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
  },
);

test('a second signal leaves at once: 130, and of the batch in hand nothing is there', async () => {
  const { ingested, run, hashes } = season();
  const warehouse = copyOf(ingested);
  const before = await partitionHashes(warehouse);
  const args = [...run, '--batch-days', '4', '--warehouse', warehouse];
  const running = await heldAt('COMMIT', 'before', args);
  running.kill('SIGINT');
  await running.complains(said);
  running.kill('SIGTERM');
  const { exitCode } = await running.ended;

  expect(exitCode).toBe(130);
  expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([]);
  expect(await tornRecords(warehouse)).toEqual([]);
  await prepare([...run, '--warehouse', warehouse]);
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
});

test('SIGINT before an ingest writes: 130, nothing of it is there, and it says so', async () => {
  const { files, ingested } = season();
  const warehouse = join(tempFolderOfTest('signal'), 'w.duckdb');
  const ingest = ['ingest', 'simulated', ...files, '--warehouse', warehouse];
  const running = await heldAt('INSERT INTO backcourt.runs', 'after', ingest);
  running.kill('SIGINT');
  await running.complains(said);
  const { exitCode, stdout, stderr } = await release(running);

  expect([exitCode, stdout]).toEqual([130, 'held\n']);
  expect(stderr).toBe(`${said}error: interrupted; nothing was written\n`);
  expect((await partitionHashes(warehouse)).size).toBe(0);
  expect(await exitCodes(warehouse)).toEqual([['ingest', '130', false]]);
  await prepare(ingest);
  expect(differingUnits(await partitionHashes(ingested), await partitionHashes(warehouse))).toEqual(
    [],
  );
});

test('SIGTERM while an ingest writes: it is one commit, and is finished', async () => {
  const { files, ingested } = season();
  const warehouse = join(tempFolderOfTest('signal'), 'w.duckdb');
  const ingest = ['ingest', 'simulated', ...files, '--warehouse', warehouse];
  const running = await heldAt('INSERT INTO nba_raw.player_box', 'after', ingest);
  running.kill('SIGTERM');
  await running.complains(said);
  const { exitCode, stdout } = await release(running);

  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('ingested 2 files')]);
  expect(differingUnits(await partitionHashes(ingested), await partitionHashes(warehouse))).toEqual(
    [],
  );
});

test('a verb that only reads is given up at once', async () => {
  const running = await heldAt('SELECT', 'after', ['status', '--warehouse', season().computed]);
  running.kill('SIGINT');
  await running.complains(said);
  const { exitCode, stdout } = await release(running);

  expect([exitCode, stdout]).toEqual([130, 'held\n']);
});
