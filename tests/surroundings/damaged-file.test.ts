import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { printedSeed, randomNumbers } from '../support/random-numbers.ts';
import { tornRecords } from '../support/recorded-rows.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { commandFile, repositoryRoot, startNode } from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes } from '../support/warehouse-file.ts';

const folder = tempFolder('damaged');
const season = smallSeason(folder);

function overwrite(path: string, at: number, bytes: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(bytes, 0xa5), 0, bytes, at);
  closeSync(file);
}

function copyOf(path: string, name: string): string {
  const copy = join(folder, `${name}.duckdb`);
  rmSync(`${copy}.wal`, { force: true });
  copyFileSync(path, copy);
  return copy;
}

/** All that reads much: every record, every row of what is recomputed, every raw row. */
const verbs = (path: string, { run, files }: ReturnType<typeof season>) => [
  ['status', '--warehouse', path],
  [...run, '--option', 'min_games=4', '--warehouse', path],
  ['ingest', 'simulated', ...files, '--warehouse', path],
];

test('bytes overwritten anywhere, or the end cut off: told with exit 8, never computed with', async () => {
  const seed = printedSeed('damaged file');
  const random = randomNumbers(seed);
  const { computed } = season();
  const size = statSync(computed).size;
  const untouched = copyOf(computed, 'untouched');
  await prepare(verbs(untouched, season())[1] ?? []);
  const expected = await partitionHashes(untouched);
  let told = 0;
  for (let round = 0; round < 10; round += 1) {
    const damaged = copyOf(computed, 'damaged');
    const at = Math.floor(random() * size);
    const bytes = round % 3 === 0 ? 64 : 262_144;
    if (round % 5 === 4) truncateSync(damaged, at);
    else overwrite(damaged, at, bytes);
    const where = `round ${round}, ${bytes} bytes at ${at} of ${size}, seed ${seed}`;
    for (const argv of verbs(damaged, season())) {
      const { exitCode, stderr } = await backcourt(argv);
      // What lies in a block that nobody reads is not noticed.
      expect([where, argv[0], [0, 8].includes(exitCode), stderr]).toEqual([
        where,
        argv[0],
        true,
        exitCode === 0 ? '' : expect.stringContaining(`"${damaged}"`),
      ]);
      if (exitCode !== 8) {
        if (argv[0] === 'run') {
          expect([where, differingUnits(expected, await partitionHashes(damaged))]).toEqual([
            where,
            [],
          ]);
        }
        continue;
      }
      told += 1;
      expect(stderr).toMatch(/the file is damaged|put back a copy/);
    }
  }
  expect(told).toBeGreaterThan(5);
});

test.each([
  ['cut off after a quarter', (path: string) => truncateSync(path, statSync(path).size / 4)],
  ['cut off in its header', (path: string) => truncateSync(path, 6000)],
  ['empty', (path: string) => truncateSync(path, 0)],
  ['with a broken header', (path: string) => overwrite(path, 0, 4096)],
  ['text', (path: string) => writeFileSync(path, 'GAME_ID,GAME_DATE\n'.repeat(10_000))],
  ['a Parquet file', (path: string) => copyFileSync(season().files[0] ?? '', path)],
])('a file that is %s is told apart, and left as it is', async (name, damage) => {
  const path = copyOf(season().computed, name.replaceAll(' ', '-'));
  damage(path);
  const bytes = readFileSync(path);
  for (const argv of verbs(path, season())) {
    const { exitCode, stdout, stderr } = await backcourt(argv);
    expect([argv[0], exitCode, stdout]).toEqual([argv[0], 8, '']);
    expect(stderr).toContain(`cannot open "${path}"`);
    expect(stderr).toContain('put back a copy, or ingest and backfill into a new file');
  }
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test('a log beside the file that ends anywhere costs the last batches, never half of one', async () => {
  const seed = printedSeed('cut log');
  const random = randomNumbers(seed);
  const { ingested, run, hashes } = season();
  const path = copyOf(ingested, 'logged');
  const before = await partitionHashes(path);
  // Killed before it is closed: all that was committed is in the log alone.
  const killed = startNode(commandFile, [...run, '--batch-days', '3', '--warehouse', path], {
    preload: resolve(repositoryRoot, 'tests/crash/kill-at-step.ts'),
    env: { BACKCOURT_CRASH: JSON.stringify({ kind: 'label', label: 'close', moment: 'before' }) },
  });
  expect((await killed.ended).signal).toBe('SIGKILL');
  const log = readFileSync(`${path}.wal`);
  expect(differingUnits(hashes, await partitionHashes(path))).toEqual([]);

  const reached = new Set<number>();
  for (let round = 0; round < 4; round += 1) {
    // One in each quarter: four of the same few batches would show nothing.
    const end = Math.floor(((round + random()) / 4) * log.length);
    // Of the file as the killed process has left it: a log is of one state of a file.
    const cut = copyOf(path, 'cut');
    writeFileSync(`${cut}.wal`, log.subarray(0, end));
    const where = `log cut to ${end} of ${log.length}, seed ${seed}`;
    expect([where, await tornRecords(cut)]).toEqual([where, []]);
    const now = await partitionHashes(cut);
    const odd = [...now].filter(
      ([unit, content]) => ![before, hashes].some((known) => known.get(unit) === content),
    );
    expect([where, odd]).toEqual([where, []]);
    reached.add(now.size);
    await prepare([...run, '--warehouse', cut]);
    expect([where, differingUnits(hashes, await partitionHashes(cut))]).toEqual([where, []]);
  }
  expect(reached.size).toBeGreaterThan(1);
});
