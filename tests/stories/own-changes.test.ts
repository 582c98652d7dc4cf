/** What stands of an own table stays until the rows of its changed definition are there. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { commandFile, runNode } from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, partitionHashes, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('own-changes');
const season = smallSeason(folder);
const warehouse = join(folder, 'nba.duckdb');
const first = join(folder, 'first.duckdb');
const day = () => season().dates.at(-2) ?? '';

const here = (...argv: readonly string[]) => runNode(commandFile, argv, { cwd: folder });
const run = (...days: readonly string[]) => here('run', '--backfill', '--tables', 'form', ...days);

/** The table, of one measure of steals and one of points. */
const define = (measures: string, each = 'player') =>
  writeFileSync(
    join(folder, 'tables', 'form.ts'),
    `import * as m from 'backcourt';

export const table = m.${each}Table({ name: 'form', purpose: 'Form.', measures: [${measures}] });
`,
  );
const average = (name: string, decimals = 1, of = 'player_game_summary.steals') =>
  `m.average('${name}', { of: '${of}', over: m.lastGames(10), decimals: ${decimals} })`;
const games = (name: string) =>
  `m.games('${name}', { of: 'player_game_summary', over: m.seasonToDate })`;

const standing = (value = 'steals') =>
  queryFile(
    warehouse,
    `SELECT COUNT(*), COUNT(DISTINCT game_date), COUNT(${value}), SUM(${value}),
  (SELECT COUNT(*) FROM backcourt.partitions WHERE table_name = 'form' AND row_count > 0)
FROM my_tables.form`,
  );
const columns = () =>
  queryFile(
    warehouse,
    "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'my_tables' AND data_type LIKE 'DECIMAL%' ORDER BY 1",
  );

beforeAll(async () => {
  writeFileSync(
    join(folder, 'backcourt.config.ts'),
    "export const project = { backcourt: 'project', warehouse: 'nba.duckdb' };\n",
  );
  mkdirSync(join(folder, 'tables'));
  copyFileSync(season().computed, warehouse);
  define(average('steals'));
  expect((await run()).exitCode).toBe(0);
  copyFileSync(warehouse, first);
});
beforeEach(() => copyFileSync(first, warehouse));

test('a definition that fails, or a run of other dates, leaves everything that stood', async () => {
  const before = await partitionHashes(warehouse);
  const rows = await standing();
  writeFileSync(
    join(folder, 'tables', 'form.sql'),
    `-- Form.
-- each: player
-- reads: player_game_summary season to date
-- column: steals NUMERIC(9,1) steals: x
SELECT universal_player_id, MAX(as_of) AS as_of, AVG(steals) AS steals
FROM player_game_summary GROUP BY universal_player_id
`,
  );
  rmSync(join(folder, 'tables', 'form.ts'));
  const mixed = await run();
  expect([mixed.exitCode, mixed.stdout]).toEqual([3, expect.stringContaining('mixes dates')]);
  expect(mixed.stdout).toContain('nothing was written');
  rmSync(join(folder, 'tables', 'form.sql'));
  define(average('steals', 1, 'player_game_summary.assists'));
  expect((await run('--dates', '2024-07-08')).stdout.trimEnd()).toMatch(/nothing to do$/);
  expect(await standing()).toEqual(rows);
  expect(await partitionHashes(warehouse)).toEqual(before);
});

test('with the same columns dates are replaced one by one, and the others are stale', async () => {
  const [[count, dates] = []] = await standing();
  define(average('steals', 1, 'player_game_summary.assists'));
  const told = `my_tables.form: its definition has changed; 1 date made anew, ${Number(dates) - 1} dates not among these stay as made before\n`;
  expect((await here('plan', '--backfill', '--tables', 'form', '--dates', day())).stderr).toBe(
    told,
  );
  const one = await run('--dates', day());
  expect([one.exitCode, one.stderr]).toEqual([0, told]);
  expect((await standing())[0]?.slice(0, 2)).toEqual([count, dates]);
  expect(
    await cellOf(
      warehouse,
      `SELECT COUNT(DISTINCT partition_date) = 1 AND COUNT(*) > 5 FROM backcourt.changes
WHERE table_name = 'form' AND partition_date = DATE '${day()}'`,
    ),
  ).toBe(true);
  const stale = await here('run', '--stale', '--tables', 'form');
  expect([stale.exitCode, stale.stdout]).toEqual([
    0,
    expect.not.stringContaining(`${day()}  done`),
  ]);
  expect((await here('verify', '--tables', 'form', '--sample', '2')).exitCode).toBe(0);
});

test('with other columns some dates are refused, and all are made anew with the first', async () => {
  const rows = await standing();
  // The same values under another name, beside one that cannot be NULL.
  define(`${average('stolen')}, ${games('games')}`);
  const told = expect.stringContaining(
    'its columns have changed, so that all its dates are made anew together, and',
  );
  const plan = await here('plan', '--backfill', '--tables', 'form', '--dates', day());
  expect([plan.exitCode, plan.stderr]).toEqual([0, told]);
  expect(plan.stderr).toMatch(
    /dates with rows are not among these: npx backcourt run --backfill --tables form --start-date /,
  );
  const one = await run('--dates', day());
  expect([one.exitCode, one.stdout]).toEqual([3, told]);
  expect(one.stdout).toMatch(
    /\n\nretry with:\n {2}npx backcourt run --backfill --tables form --start-date .*\n$/,
  );
  expect(await standing()).toEqual(rows);
  // Meanwhile nothing of today is held against what stands there.
  const verified = await here('verify', '--hashes', '--tables', 'form');
  expect([verified.exitCode, verified.stdout]).toEqual([
    0,
    expect.stringContaining('in the columns of another definition, and not proven'),
  ]);
  const out = await here('export', 'form', '--out', join(folder, 'form.csv'));
  expect(out.stderr).toContain('my_tables.form in "nba.duckdb" has the columns of another');
  const all = await run('--batch-days', '5');
  expect([all.exitCode, all.stderr]).toEqual([
    0,
    expect.stringContaining('my_tables.form: its columns have changed; it is made anew, and'),
  ]);
  expect(await standing('stolen')).toEqual(rows);
  expect(await columns()).toEqual([['stolen']]);
  // What could not be NULL may be now, and a type is another.
  define("m.last('games', { of: 'player_game_summary.points' }), m.games('stolen', { of: 'player_game_summary', over: m.lastDays(3) })");
  expect((await run()).exitCode).toBe(0);
  expect((await here('verify', '--tables', 'form', '--sample', '2')).exitCode).toBe(0);
});

test('what a run that ended early has left in new columns is made again, by the former definition too', async () => {
  const rows = await standing();
  const before = await partitionHashes(warehouse);
  const last = season().dates.at(-1) ?? '';
  // The first date on which somebody has played four games fails, and ends the run.
  const few = games('games').replace(' }', ", range: { min: 0, max: 3, severity: 'error' } }");
  define(`${average('stolen')}, ${few}`);
  expect((await run('--batch-days', '2', '--max-failures', '1')).exitCode).toBe(3);
  const left = `SELECT COUNT(*) > 0 AND COUNT(stolen) = 0 FROM my_tables.form WHERE game_date = DATE '${last}'`;
  expect(await cellOf(warehouse, left)).toBe(true);
  expect(await columns()).toEqual([['stolen']]);
  const half = join(folder, 'half.duckdb');
  copyFileSync(warehouse, half);
  define(`${average('stolen')}, ${games('games')}`);
  expect((await run()).exitCode).toBe(0);
  expect(await standing('stolen')).toEqual(rows);
  copyFileSync(half, warehouse);
  define(average('steals'));
  expect((await run()).exitCode).toBe(0);
  expect(await standing()).toEqual(rows);
  expect(await partitionHashes(warehouse)).toEqual(before);
});

test('a table of players becomes one of teams', async () => {
  define("m.games('games', { of: 'team_offense_game_summary', over: m.seasonToDate })", 'team');
  expect((await run('--batch-days', '5')).exitCode).toBe(0);
  expect(
    await cellOf(
      warehouse,
      'SELECT COUNT(*) = (SELECT COUNT(*) FROM nba_analytics.upcoming_team_game_context) FROM my_tables.form',
    ),
  ).toBe(true);
  expect((await here('verify', '--tables', 'form', '--sample', '2')).exitCode).toBe(0);
});
