import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandFile, type Ended, runNode } from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('not-writable');
const season = smallSeason(folder);
const nobody = 65_534;

/** Root may write anything; it lends its commands to a user who may not, if he can reach them. */
const userId = process.getuid?.() === 0 ? nobody : undefined;
const canBeTried =
  userId === undefined ||
  spawnSync(process.execPath, [commandFile, '--version'], { uid: userId, gid: userId }).status ===
    0;

interface Place {
  readonly warehouse: string;
  run(...argv: readonly string[]): Promise<Ended>;
}

/** A computed warehouse in a folder of its own, with the given permissions. */
function placeWith(name: string, fileMode: number, folderMode: number): Place {
  const place = join(folder, name);
  mkdirSync(place);
  const warehouse = join(place, 'w.duckdb');
  copyFileSync(season().computed, warehouse);
  for (const path of [warehouse, place]) if (userId !== undefined) chownSync(path, userId, userId);
  chmodSync(warehouse, fileMode);
  chmodSync(place, folderMode);
  return {
    warehouse,
    run: (...argv) =>
      runNode(commandFile, [...argv, '--warehouse', warehouse], {
        userId,
        env: { HOME: folder },
      }),
  };
}

test.runIf(canBeTried).each([
  ['a read-only file', 'file', 0o444, 0o755],
  ['a read-only folder', 'folder', 0o644, 0o555],
  ['a read-only file in a read-only folder', 'both', 0o444, 0o555],
])(
  '%s can be read, and what writes says which file it is: exit 8, nothing changed',
  async (_, name, fileMode, folderMode) => {
    chmodSync(folder, 0o755);
    const { warehouse, run } = placeWith(name, fileMode, folderMode);
    const bytes = readFileSync(warehouse);
    const { run: season_, dates, files } = season();
    const read = await run('status');
    expect([read.exitCode, read.stderr]).toEqual([0, '']);
    expect((await run(...season_, '--dry-run')).exitCode).toBe(0);
    for (const argv of [
      [...season_, '--option', 'min_games=4'],
      ['run', '--backfill', '--dates', dates[3] ?? ''],
      ['ingest', 'simulated', ...files],
    ]) {
      const { exitCode, stdout, stderr } = await run(...argv);
      expect([argv[0], exitCode, stdout]).toEqual([argv[0], 8, '']);
      expect(stderr).toMatch(new RegExp(`^error: cannot (open|write beside) "${warehouse}": `));
      expect(stderr).toContain('the file and its folder must be writable');
    }
    expect(readFileSync(warehouse).equals(bytes)).toBe(true);
    expect([existsSync(`${warehouse}.wal`), existsSync(`${warehouse}.writer.json`)]).toEqual([
      false,
      false,
    ]);
  },
);

test.runIf(canBeTried)('a file that nobody may read: exit 8 for every verb', async () => {
  const { warehouse, run } = placeWith('secret', 0o000, 0o755);
  for (const argv of [['status'], season().run]) {
    const { exitCode, stderr } = await run(...argv);
    expect(exitCode).toBe(8);
    expect(stderr).toContain(`cannot open "${warehouse}": `);
    expect(stderr).toContain('Permission denied');
  }
});

test('a warehouse in a folder that does not exist: the folder is named, and not made', async () => {
  const nowhere = join(folder, 'no', 'such');
  const warehouse = join(nowhere, 'w.duckdb');
  const ingest = await runNode(commandFile, [
    ...['ingest', 'simulated', ...season().files, '--warehouse', warehouse],
  ]);
  expect([ingest.exitCode, ingest.stderr]).toEqual([
    8,
    `error: cannot open "${warehouse}": there is no folder "${nowhere}"; make it first\n`,
  ]);
  const run = await runNode(commandFile, [...season().run, '--warehouse', warehouse]);
  expect([run.exitCode, run.stderr]).toEqual([
    5,
    expect.stringContaining(`there is no warehouse at "${warehouse}"`),
  ]);
  expect(existsSync(join(folder, 'no'))).toBe(false);
});
