import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeInstance } from '../../src/warehouse/duckdb/instance.ts';
import { gameLog } from '../support/game-log.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('warehouse-file');
const game = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' } as const;

// DuckDB calls a catalog after its file; one called like a schema made every name ambiguous, and
// the default file of earlier versions is called like the ledger's schema.
test.each([
  'backcourt.duckdb',
  'nba_raw.duckdb',
  'nba_analytics.duckdb',
  'nba_precompute.duckdb',
  'warehouse_file.duckdb',
  'temp.duckdb',
  'memory.duckdb',
  'main.duckdb',
  'a.b c.duckdb',
])('a file called %s works from the first ingest to the grid', async (name) => {
  const warehouse = join(folder, name);
  const logs = await writeParquet(folder, `${name}.parquet`, gameLog(game));
  await prepare(['ingest', 'nba-stats', logs, '--warehouse', warehouse]);
  const tables = ['--tables', 'team_offense_game_summary,player_game_summary'];
  await prepare(['run', '--backfill', ...tables, '--dates', game.date, '--warehouse', warehouse]);
  const { lines } = await prepare(['status', '--warehouse', warehouse]);

  expect(lines.some((line) => /^team_offense_game_summary +1\/1 +2$/.test(line))).toBe(true);
  expect(readdirSync(folder).filter((file) => file.startsWith(`${name}.w`))).toEqual([]);
});

test.each(['', ' ', ':memory:'])(
  'a warehouse "%s" that would be gone at the end is refused',
  async (name) => {
    const logs = await writeParquet(folder, 'nowhere.parquet', gameLog(game));
    const { exitCode, stderr } = await backcourt([
      'ingest',
      'nba-stats',
      logs,
      '--warehouse',
      name,
    ]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain('it must name a file');
  },
);

test.each([
  ['--dates', '2023-10-24', '2023-10-25'],
  ['--start-date', '2023-10-24', '2023-10-25'],
  ['--tables', 'player_game_summary', 'team_offense_game_summary'],
])(
  '%s given twice is refused: one of the two would be dropped without a word',
  async (flag, a, b) => {
    const { exitCode, stderr } = await backcourt(['run', flag, a, flag, b]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain('it is given twice');
  },
);

test.each([
  ['demo', '--seasons', '99'],
  ['ingest', 'simulated', '--seasons', '101'],
  ['ingest', 'simulated', '--first-season', '1945'],
  ['run', '--dates', '2023-10-24', '--threads', '99999999999'],
])('%s %s %s is a number out of range, not a crash', async (...argv) => {
  const { exitCode, stderr } = await backcourt([...argv, '--warehouse', join(folder, 'x.duckdb')]);

  expect(exitCode).toBe(2);
  expect(stderr).toContain('must be a whole number from 1');
});

test.each(['sqlite:x', 'md:x', 'postgres:dbname=x', 'http:x', 's3://b/x.duckdb', 'duckdb:x'])(
  'a warehouse "%s" is no file, and nothing is fetched or made for it',
  async (place) => {
    for (const argv of [
      ['run', '--dates', game.date, '--warehouse', place],
      ['status', '--warehouse', place],
      ['copy', '--from', place, '--to', join(folder, 'x.duckdb')],
    ]) {
      const { exitCode, stderr } = await backcourt(argv);
      expect([argv[0], exitCode, stderr]).toEqual([
        argv[0],
        2,
        expect.stringContaining(`"${place}": neither a DuckDB file`),
      ]);
    }
    expect([existsSync('x'), existsSync(join(folder, 'x.duckdb'))]).toEqual([false, false]);
  },
);

test('a pipe as a warehouse is refused, not waited for', async () => {
  const pipe = join(folder, 'pipe.duckdb');
  execFileSync('mkfifo', [pipe]);
  for (const verb of [['status'], ['run', '--dates', game.date]]) {
    const { exitCode, stderr } = await backcourt([...verb, '--warehouse', pipe]);
    expect([exitCode, stderr]).toEqual([8, expect.stringContaining('it is a pipe or a device')]);
  }
});

test('no instance fetches or loads an extension by itself', async () => {
  const instance = await makeInstance();
  const connection = await instance.connect();
  try {
    for (const sql of [
      "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
      "ATTACH 'sqlite:x' AS x",
      "COPY (SELECT 1) TO 's3://b/x.parquet'",
    ]) {
      await expect(connection.run(sql)).rejects.toThrow(/[Ee]xtension/);
    }
    const reader = await connection.runAndReadAll(
      "SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%_known_extensions' ORDER BY name",
    );
    expect(reader.getRowsJson()).toEqual([
      ['autoinstall_known_extensions', 'false'],
      ['autoload_known_extensions', 'false'],
    ]);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
});
