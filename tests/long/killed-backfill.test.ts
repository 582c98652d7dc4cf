import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepare } from '../support/run-command.ts';
import { commandFile, startNode } from '../support/run-process.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolderOfTest } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes, tornPartitions } from '../support/warehouse-file.ts';

const kills = 10;

/** Numbers from 0 to 1 that a seed repeats. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed >>> 0;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

test(`a backfill killed ${kills} times at random ends like one that was left alone`, async () => {
  const folder = tempFolderOfTest('killed');
  const seed = Number(process.env['BACKCOURT_TEST_SEED'] ?? Date.now() % 1_000_000);
  process.stderr.write(`killed backfill: BACKCOURT_TEST_SEED=${seed}\n`);
  const { path } = await simulatedWarehouse(folder, { gamesPerTeam: 82 });
  const undisturbed = join(folder, 'undisturbed.duckdb');
  copyFileSync(path, undisturbed);
  const range = ['--start-date', '2023-10-24', '--end-date', '2024-06-30'];
  await prepare(['run', '--backfill', ...range, '--warehouse', undisturbed]);

  const random = numbers(seed);
  const args = ['run', '--backfill', ...range, '--batch-days', '2', '--warehouse', path];
  const recorded: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const running = startNode(commandFile, args);
    const afterMs = 300 + Math.floor(random.next().value * 1500);
    const timer = setTimeout(() => running.kill('SIGKILL'), afterMs);
    const { signal, exitCode } = await running.ended;
    clearTimeout(timer);
    expect([signal, exitCode]).toContainEqual(signal === null ? 0 : 'SIGKILL');
    expect([seed, kill, afterMs, await tornPartitions(path)]).toEqual([seed, kill, afterMs, []]);
    recorded.push((await partitionHashes(path)).size);
  }
  // Work done before a kill is never done again: the ledger only grows.
  expect(recorded).toEqual(recorded.toSorted((a, b) => a - b));

  await prepare(['run', '--backfill', ...range, '--warehouse', path]);
  expect(differingUnits(await partitionHashes(undisturbed), await partitionHashes(path))).toEqual(
    [],
  );
  expect(await tornPartitions(path)).toEqual([]);
});
