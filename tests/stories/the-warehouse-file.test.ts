import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog } from '../support/game-log.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('warehouse-file');
const game = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' } as const;

// DuckDB calls a catalog after its file; one called like a schema made every name ambiguous, and
// the default file is called like the ledger's schema.
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
  await prepare(['run', '--backfill', '--dates', game.date, '--warehouse', warehouse]);
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
