import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameLog } from '../support/game-log.ts';
import { gamesInARow } from '../support/games-in-a-row.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeCsv, writeParquet } from '../support/write-source.ts';

const game = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' } as const;

/** Names that are patterns as well, each with a file that the pattern would find instead or besides. */
const patterns = [
  ['logs[1].parquet', 'logs1.parquet'],
  ['logs[1].csv', 'logs1.csv'],
  ['data*.csv', 'data2.csv'],
  ['day?.parquet', 'day1.parquet'],
  ['[!a]b.csv', 'cb.csv'],
  ['**.csv', 'anything.csv'],
  ['{a,b}.parquet', 'a.parquet'],
  ["it's.csv", 'its.csv'],
] as const;

describe('a load of files whose names are patterns', () => {
  const root = tempFolder('patterns');
  const warehouse = join(root, 'w.duckdb');
  const games = gamesInARow(patterns.length, { away: 'LAL', home: 'DEN' });
  const decoys = gamesInARow(2 * patterns.length, { away: 'PHX', home: 'UTA' });
  let loaded: readonly unknown[];

  beforeAll(async () => {
    const files: string[] = [];
    for (const [index, [name, found]] of patterns.entries()) {
      const folder = join(root, String(index));
      mkdirSync(folder);
      const write = name.endsWith('csv') ? writeCsv : writeParquet;
      const [one, other] = [games[index], decoys[patterns.length + index]];
      if (!one || !other) throw new Error('too few games');
      // Written under a plain name, so that the test does not lean on what it tries.
      renameSync(await write(folder, 'plain', gameLog(one)), join(folder, name));
      await write(folder, found, gameLog(other));
      files.push(join(folder, name));
    }
    await prepare(['ingest', 'nba-stats', ...files, '--warehouse', warehouse]);
    const ids = 'SELECT DISTINCT nba_game_id FROM nba_raw.player_box';
    loaded = (await queryFile(warehouse, ids)).flat();
  });

  test.each(patterns.map(([name, found], index) => [name, found, index] as const))(
    'a file called %s is that file, and not %s',
    (_, __, index) => {
      expect(loaded).toContain(games[index]?.id);
      expect(loaded).not.toContain(decoys[patterns.length + index]?.id);
    },
  );
});

test('a backslash before such a sign is asked for to be taken out, and one alone is read', async () => {
  const folder = tempFolderOfTest('literal');
  const plain = await writeCsv(folder, 'plain.csv', gameLog(game));
  const [odd, fair] = [join(folder, 'a\\[1].csv'), join(folder, 'a\\b.csv')];
  for (const path of [odd, fair]) copyFileSync(plain, path);
  const warehouse = join(folder, 'w.duckdb');
  const { exitCode, stderr } = await backcourt([
    ...['ingest', 'nba-stats', odd, '--warehouse', warehouse],
  ]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('cannot be read by this name')]);
  await prepare(['ingest', 'nba-stats', fair, '--warehouse', warehouse]);
});

test('a folder whose name looks like a value is no column', async () => {
  const folder = join(tempFolderOfTest('literal'), 'MIN_SEC=48:00', 'season=2023');
  mkdirSync(folder, { recursive: true });
  const logs = await writeParquet(folder, 'logs.parquet', gameLog(game));
  const warehouse = join(folder, 'w.duckdb');
  await prepare(['ingest', 'nba-stats', logs, '--warehouse', warehouse]);
  const seconds = await queryFile(
    warehouse,
    'SELECT DISTINCT seconds_played FROM nba_raw.player_box',
  );
  expect(seconds).toEqual([['1800']]);
});

describe('what is no file is refused, and nothing waits for it', () => {
  const refuse = async (path: string, told: string) => {
    const warehouse = join(tempFolderOfTest('literal'), 'w.duckdb');
    for (const argv of [
      ['ingest', 'nba-stats', path, '--warehouse', warehouse],
      ['ingest', 'schedule', path, '--warehouse', warehouse],
    ]) {
      const { exitCode, stdout, stderr } = await backcourt(argv);
      expect([exitCode, stdout, stderr]).toEqual([2, '', expect.stringContaining(told)]);
    }
  };

  test('a pipe, a device behind a name, a folder', async () => {
    const folder = tempFolderOfTest('literal');
    execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
    mkdirSync(join(folder, 'folder.csv'));
    execFileSync('ln', ['-s', '/dev/zero', join(folder, 'zeros.csv')]);
    await refuse(join(folder, 'pipe.csv'), 'is a pipe or a device');
    await refuse(join(folder, 'zeros.csv'), 'is a pipe or a device');
    await refuse(join(folder, 'folder.csv'), 'is a folder; name the files in it');
    await refuse(join(folder, `${'n'.repeat(300)}.csv`), 'ENAMETOOLONG');
  });

  test('a pipe as a saved plan', async () => {
    const folder = tempFolderOfTest('literal');
    execFileSync('mkfifo', [join(folder, 'plan.json')]);
    const { exitCode, stderr } = await backcourt(['run', '--plan', join(folder, 'plan.json')]);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('a folder, a pipe or a device'),
    ]);
  });
});
