import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import { between, gameDatesOf, groupsInOrder, hashesAfter } from '../support/equal-hashes.ts';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { differingUnits } from '../support/warehouse-file.ts';

announceRealData('exact numbers of a real season');

const computed = (await loadTables()).computed.map(({ name }) => name);

type Runs = readonly (readonly string[])[];

async function expectEqualHowever(
  folder: string,
  path: string,
  ways: (dates: readonly string[]) => readonly Runs[],
  last = '9999-12-31',
): Promise<void> {
  const dates = (await gameDatesOf(path)).filter((date) => date <= last);
  const all = between(dates[0], dates.at(-1));
  const atOnce = await hashesAfter(folder, path, all);
  const recorded = new Set([...atOnce.keys()].map((unit) => unit.split(' ')[0]));
  expect(computed.filter((name) => !recorded.has(name))).toEqual([]);
  expect(groupsInOrder.flatMap((group) => group.split(',')).toSorted()).toEqual(
    computed.toSorted(),
  );
  for (const runs of ways(dates)) {
    const hashes = await hashesAfter(folder, path, ...runs);
    expect([runs, differingUnits(atOnce, hashes)]).toEqual([runs, []]);
  }
}

/** Each group of tables by itself, the later half of the dates before the earlier. */
function laterHalfFirst(dates: readonly string[]): Runs {
  const half = Math.floor(dates.length / 2);
  const later = between(dates[half], dates.at(-1));
  const earlier = between(dates[0], dates[half - 1]);
  return groupsInOrder.flatMap((tables) => [
    ['--tables', tables, ...later],
    ['--tables', tables, ...earlier],
  ]);
}

test('two whole made-up seasons come out equal in weeks, with more threads, in another order', async () => {
  const folder = tempFolderOfTest('exact-season');
  const { path } = await simulatedWarehouse(folder, { gamesPerTeam: 40, seasons: 2 });
  await expectEqualHowever(folder, path, (dates) => {
    const all = between(dates[0], dates.at(-1));
    return [
      [[...all, '--batch-days', '7', '--threads', '1']],
      [[...all, '--threads', '4']],
      laterHalfFirst(dates),
    ];
  });
});

describe.runIf(realDataFolder)('the real season 2023-24', () => {
  const folder = tempFolder('exact-real');
  const path = join(folder, 'real.duckdb');
  beforeAll(() => prepare(['ingest', 'nba-stats', ...realFiles('2023-24'), '--warehouse', path]));

  test('comes out equal with one thread, in another order', async () => {
    await expectEqualHowever(folder, path, (dates) => [
      [[...between(dates[0], dates.at(-1)), '--batch-days', '40', '--threads', '1']],
      laterHalfFirst(dates),
    ]);
  });

  test('its first ten weeks come out equal day by day', async () => {
    await expectEqualHowever(
      folder,
      path,
      (dates) => [[[...between(dates[0], dates.at(-1)), '--batch-days', '1']]],
      '2023-12-31',
    );
  });
});
