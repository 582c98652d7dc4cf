import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tornRecords } from '../support/recorded-rows.ts';
import { backcourt } from '../support/run-command.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { cellOf, differingUnits, partitionHashes, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('clock');
const season = smallSeason(folder);

/** A clock that is set back by an hour whenever somebody looks. */
function backwards(): () => string {
  let ms = Date.parse('2031-05-05T12:00:00Z');
  return () => {
    ms -= 3_600_000;
    return new Date(ms).toISOString();
  };
}

test('a clock that goes backwards changes no result and makes nothing take less than no time', async () => {
  const { files, run, hashes } = season();
  const warehouse = join(tempFolderOfTest('back'), 'w.duckdb');
  const now = backwards();
  for (const argv of [['ingest', 'simulated', ...files], [...run, '--batch-days', '5'], run]) {
    const { exitCode, stdout, stderr } = await backcourt([...argv, '--warehouse', warehouse], {
      now,
    });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(/ -\d/);
  }
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
  expect(await tornRecords(warehouse)).toEqual([]);
  expect(
    await cellOf(warehouse, 'SELECT COUNT(*) FROM backcourt.partitions WHERE seconds < 0'),
  ).toBe('0');
  const runs = await queryFile(
    warehouse,
    'SELECT verb, exit_code, finished_at >= started_at FROM backcourt.runs',
  );
  // The run that found nothing to do is not recorded.
  expect(runs.toSorted()).toEqual([
    ['ingest', '0', true],
    ['run', '0', true],
  ]);
});

test('after runs of the future the next one goes on as usual', async () => {
  const { computed, run, hashes, dates } = season();
  const warehouse = join(tempFolderOfTest('future'), 'w.duckdb');
  copyFileSync(computed, warehouse);
  const again = [
    'run',
    '--backfill',
    '--dates',
    dates[12] ?? '',
    '--option',
    'min_games=6',
    '--allow-shrink',
  ];
  const future = await backcourt([...again, '--warehouse', warehouse], {
    now: () => '2999-01-01T00:00:00.000Z',
  });
  expect(future.exitCode).toBe(0);
  const { exitCode } = await backcourt([...run, '--restate-options', '--warehouse', warehouse]);
  expect(exitCode).toBe(0);
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
});

test('a clock set back to the middle of the season: later dates are not yet, their rows stay', async () => {
  const { computed, run, hashes, dates } = season();
  const warehouse = join(tempFolderOfTest('early'), 'w.duckdb');
  copyFileSync(computed, warehouse);
  const today = dates[8] ?? '';
  const { exitCode, stdout } = await backcourt([...run, '--warehouse', warehouse], { today });

  expect(exitCode).toBe(0);
  expect(stdout).toContain(`Skipping ${dates[9]} (scheduled, but later than today, ${today})`);
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
  expect(await tornRecords(warehouse)).toEqual([]);
});
