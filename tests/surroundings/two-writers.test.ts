import { expect, test } from 'vitest';
import { copyOf } from '../support/copy-of.ts';
import { tornRecords } from '../support/recorded-rows.ts';
import { commandFile, runNode } from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, differingUnits, partitionHashes } from '../support/warehouse-file.ts';

const folder = tempFolder('writers');
const season = smallSeason(folder);

test('four runs at once: one at a time writes, the others are told who it is, nothing is doubled', async () => {
  const { ingested, run, hashes } = season();
  const warehouse = copyOf(ingested);
  const args = [...run, '--batch-days', '4', '--wait', '0', '--warehouse', warehouse];
  const ended = await Promise.all(Array.from({ length: 4 }, () => runNode(commandFile, args)));

  for (const { exitCode, stderr } of ended) {
    expect([0, 6]).toContain(exitCode);
    if (exitCode === 6) expect(stderr).toMatch(/is held by process \d+/);
  }
  expect(ended.filter(({ exitCode }) => exitCode === 0).length).toBeGreaterThan(0);
  expect(ended.filter(({ exitCode }) => exitCode === 6).length).toBeGreaterThan(0);
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
  expect(await tornRecords(warehouse)).toEqual([]);
});

test('with --wait a second one takes its turn and finds everything done', async () => {
  const { ingested, run, hashes } = season();
  const warehouse = copyOf(ingested);
  const args = [...run, '--wait', '120', '--warehouse', warehouse];
  const ended = await Promise.all([runNode(commandFile, args), runNode(commandFile, args)]);

  expect(ended.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  expect(ended.filter(({ stdout }) => stdout.includes('nothing to do'))).toHaveLength(1);
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
  expect(await cellOf(warehouse, 'SELECT MAX(attempts) FROM backcourt.partitions')).toBe('1');
});

test('a reader beside a writer: it waits its turn or is told, and never sees half a batch', async () => {
  const { ingested, run, hashes } = season();
  const warehouse = copyOf(ingested);
  // It waits too, for a reader may be first.
  const writing = runNode(commandFile, [
    ...run,
    '--batch-days',
    '5',
    '--wait',
    '60',
    '--warehouse',
    warehouse,
  ]);
  let writes = true;
  void writing.then(() => {
    writes = false;
  });
  let readings = 0;
  while (writes) {
    const { exitCode, stderr } = await runNode(commandFile, [
      ...['status', '--wait', '0', '--warehouse', warehouse],
    ]);
    expect([0, 6]).toContain(exitCode);
    if (exitCode === 6) expect(stderr).toMatch(/is held by process \d+/);
    readings += 1;
  }
  expect([(await writing).exitCode, (await writing).stderr]).toEqual([0, '']);
  expect(readings).toBeGreaterThan(0);
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
});
