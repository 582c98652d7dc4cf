import { copyFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tornRecords } from '../support/recorded-rows.ts';
import { prepare } from '../support/run-command.ts';
import { commandFile, type Ended, runNode } from '../support/run-process.ts';
import { withSmallDisk } from '../support/small-disk.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes } from '../support/warehouse-file.ts';

const folder = tempFolder('full-disk');
const season = smallSeason(folder);

function expectNoRoom({ exitCode, signal, stdout, stderr }: Ended, warehouse: string): void {
  expect([exitCode, signal]).toEqual([8, null]);
  expect(stderr).toMatch(new RegExp(`^error: (cannot \\w+ (beside )?)?"${warehouse}": `));
  expect(stderr).toContain(
    'there is no room on the disk; make some and run the same command again',
  );
  // It is no date's fault, and no date is blamed for it.
  expect(stdout).not.toMatch(/ {2}failed {2}|bad_data|retry with/);
}

/** What was committed is whole, and once there is room the same command ends as if nothing had been. */
async function expectGoesOn(warehouse: string): Promise<void> {
  expect(await tornRecords(warehouse)).toEqual([]);
  const { run, hashes } = season();
  await prepare(['status', '--warehouse', warehouse]);
  await prepare([...run, '--warehouse', warehouse]);
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
  expect(await tornRecords(warehouse)).toEqual([]);
}

// A limit on the size of files can be had everywhere; it hits the log of the file first, as a disk would.
test.each([100_000, 700_000, 1_500_000])(
  'a run that may write %i bytes: exit 8, nothing torn, and it goes on where it stopped',
  async (bytes) => {
    const { ingested, run } = season();
    const warehouse = join(tempFolderOfTest('limit'), 'w.duckdb');
    copyFileSync(ingested, warehouse);
    const ended = await runNode(
      commandFile,
      [...run, '--batch-days', '4', '--warehouse', warehouse],
      { mostFileBytes: bytes },
    );
    expectNoRoom(ended, warehouse);
    await expectGoesOn(warehouse);
  },
);

test('an ingest that has no room: exit 8, and nothing of it is there', async () => {
  const { files, ingested } = season();
  const warehouse = join(tempFolderOfTest('limit'), 'w.duckdb');
  const ingest = ['ingest', 'simulated', ...files, '--warehouse', warehouse];
  expectNoRoom(await runNode(commandFile, ingest, { mostFileBytes: 300_000 }), warehouse);
  expect(await tornRecords(warehouse)).toEqual([]);
  expect((await partitionHashes(warehouse)).size).toBe(0);

  await prepare(ingest);
  expect(differingUnits(await partitionHashes(ingested), await partitionHashes(warehouse))).toEqual(
    [],
  );
});

test.each([200_000, 1_200_000, 2_400_000])(
  'a disk with %i bytes left, where one can be mounted',
  async (left) => {
    const { ingested, run } = season();
    const size = statSync(ingested).size + left;
    const place = join(folder, `disk-${left}`);
    const mounted = await withSmallDisk(place, size, async (disk) => {
      const warehouse = join(disk.folder, 'w.duckdb');
      copyFileSync(ingested, warehouse);
      const args = [...run, '--batch-days', '4', '--warehouse', warehouse];
      expectNoRoom(await runNode(commandFile, args), warehouse);
      // Full to the last byte: reading needs no room.
      await prepare(['status', '--warehouse', warehouse]);
      disk.resize(10 * size);
      await expectGoesOn(warehouse);
    });
    if (!mounted) process.stderr.write('full disk: no tmpfs may be mounted here, limits alone\n');
    expect(existsSync(place)).toBe(false);
  },
);
