import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeEach, expect, test } from 'vitest';
import { gameLog } from '../support/game-log.ts';
import { commandFile, jobFile, runNode, startNode } from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('default-warehouse');
const season = smallSeason(folder);
const earlier = 'note: there is no ./nba.duckdb; this works on ./backcourt.duckdb';

let cwd: string;
beforeEach(() => {
  cwd = tempFolderOfTest('default-warehouse');
});

const place = (name: string) => join(cwd, name);
const standsAs = (name: string) => copyFileSync(season().computed, place(name));
const inPlace = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runNode(commandFile, args, { cwd, env });

test('any client of DuckDB reads the ledger of the default file by the documented name', async () => {
  const game = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' } as const;
  const logs = await writeParquet(folder, 'logs.parquet', gameLog(game));
  const ingest = await inPlace(['ingest', 'nba-stats', logs]);

  expect([ingest.exitCode, ingest.stderr]).toEqual([0, '']);
  const [file = ''] = readdirSync(cwd).filter((name) => name.endsWith('.duckdb'));
  const instance = await DuckDBInstance.create(place(file), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    const read = await connection.runAndReadAll('SELECT COUNT(*)::INT FROM backcourt.exclusions');
    expect(read.getRowsJson()).toEqual([[0]]);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
});

test('a file that is named like one of its schemas is warned of when it is made, not later', async () => {
  const game = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' } as const;
  const logs = await writeParquet(folder, 'logs.parquet', gameLog(game));
  const ingest = () => inPlace(['ingest', logs, '--warehouse', 'nba_raw.duckdb']);

  expect((await ingest()).stderr).toContain(
    'warning: "nba_raw.duckdb" is called like its schema nba_raw',
  );
  expect((await ingest()).stderr).toBe('');
});

test('the default file of earlier versions is found and told, until there is a new one', async () => {
  standsAs('backcourt.duckdb');
  const found = await inPlace(['status']);
  expect([found.exitCode, found.stderr]).toEqual([
    0,
    `${earlier}, the default of earlier versions\n`,
  ]);
  expect(found.lines[0]).toMatch(/^\.\/backcourt\.duckdb: /);

  const job = await runNode(
    jobFile('analytics', 'player_game_summary'),
    ['--dates', season().dates[0] ?? '', '--dry-run'],
    { cwd },
  );
  expect([job.exitCode, job.stderr]).toEqual([0, expect.stringContaining(earlier)]);
  expect(existsSync(place('nba.duckdb'))).toBe(false);

  standsAs('nba.duckdb');
  const now = await inPlace(['status']);
  expect([now.exitCode, now.stderr]).toEqual([0, '']);
  expect(now.lines[0]).toMatch(/^\.\/nba\.duckdb: /);
});

test('BACKCOURT_WAREHOUSE names the file of a verb, of serve and of a job; the flag wins', async () => {
  standsAs('mine.duckdb');
  standsAs('other.duckdb');
  const env = { BACKCOURT_WAREHOUSE: 'mine.duckdb' };
  const status = await inPlace(['status'], env);
  expect([status.exitCode, status.stderr]).toEqual([0, '']);
  expect(status.lines[0]).toMatch(/^mine\.duckdb: simulated data/);

  const flagged = await inPlace(['status', '--warehouse', 'other.duckdb'], env);
  expect(flagged.lines[0]).toMatch(/^other\.duckdb: /);
  // The default by name is no wish for the variable either.
  const byName = await inPlace(['status', '--warehouse', './nba.duckdb'], env);
  expect([byName.exitCode, byName.stderr]).toEqual([
    5,
    expect.stringContaining('there is no warehouse at "./nba.duckdb"'),
  ]);

  const job = await runNode(
    jobFile('analytics', 'player_game_summary'),
    ['--dates', season().dates[0] ?? '', '--dry-run'],
    { cwd, env },
  );
  expect([job.exitCode, job.lines[0]]).toEqual([0, expect.stringContaining(', mine.duckdb')]);

  const serve = startNode(commandFile, ['serve', '--port', '0'], { cwd, env });
  await serve.says('mine.duckdb is shown at');
  serve.kill('SIGTERM');
  await serve.ended;
  expect(readdirSync(cwd).sort()).toEqual(['mine.duckdb', 'other.duckdb']);
});

test('a command that is printed names the file that the variable named, for it may be pasted elsewhere', async () => {
  copyFileSync(season().ingested, place('mine.duckdb'));
  const date = season().dates[0] ?? '';
  const missing = await inPlace(['explain', 'player_game_summary', date], {
    BACKCOURT_WAREHOUSE: 'mine.duckdb',
  });
  expect(missing.stdout).toMatch(/^mend it with: .* --warehouse mine\.duckdb$/m);
});

test.each([':memory:', ' '])('BACKCOURT_WAREHOUSE="%s" is refused', async (name) => {
  const { exitCode, stderr } = await inPlace(['status'], { BACKCOURT_WAREHOUSE: name });
  expect([exitCode, stderr]).toEqual([
    2,
    `error: BACKCOURT_WAREHOUSE="${name}": it must name a file\n`,
  ]);
});

test('the demo keeps to its own file', async () => {
  standsAs('mine.duckdb');
  const demo = await inPlace(['demo', '--help'], { BACKCOURT_WAREHOUSE: 'mine.duckdb' });
  expect(demo.stdout.replace(/\s+/g, ' ')).toContain('(default: "./demo.duckdb")');
});
