import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { ComputedTable } from '../../src/table/table-definition.ts';
import { loadTables, makeTableRegistry } from '../../src/table/table-registry.ts';
import { backcourt } from '../support/run-command.ts';
import { jobFile, runNode, runShellLine } from '../support/run-process.ts';
import { runTables, withOpenFile } from '../support/run-tables.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile, queryFile, tornPartitions } from '../support/warehouse-file.ts';

const folder = tempFolder('failed dates');
const table = 'team_offense_game_summary';
let path: string;
let dates: readonly string[];
let copies = 0;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder));
  const rows = await queryFile(
    path,
    'SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_raw.schedule ORDER BY 1 LIMIT 20',
  );
  dates = rows.map(([date]) => String(date));
});

function copy(): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  return target;
}

/** The table with a query that fails on its data for some dates. */
function poisoned(healthy: ComputedTable, days: readonly string[]): ComputedTable {
  const list = days.map((day) => `DATE '${day}'`).join(', ');
  return {
    ...healthy,
    rowsSql: (context) => `SELECT * FROM (${healthy.rowsSql(context)}) AS healthy
WHERE CASE WHEN game_date IN (${list}) THEN CAST(error('poison on ' || game_date) AS BOOLEAN) ELSE TRUE END`,
  };
}

async function poisonedRegistry(days: readonly string[]) {
  const { all } = await loadTables();
  return makeTableRegistry(
    all.map((one) => (one.name === table && one.kind === 'computed' ? poisoned(one, days) : one)),
  );
}

async function recordedStates(warehouse: string): Promise<Readonly<Record<string, string>>> {
  const rows = await queryFile(
    warehouse,
    `SELECT CAST(partition_date AS VARCHAR), state FROM backcourt.partitions WHERE table_name = '${table}'`,
  );
  return Object.fromEntries(rows.map(([date, state]) => [String(date), String(state)]));
}

test.each([
  ['the first', [0]],
  ['the middle', [10]],
  ['the last', [19]],
  ['two neighbours', [7, 8]],
  ['several', [0, 9, 10, 19]],
])('a poisoned date fails alone in a batch of twenty: %s', async (_, positions) => {
  const warehouse = copy();
  const bad = positions.map((position) => dates[position] ?? '');
  const registry = await poisonedRegistry(bad);
  const { summary, results } = await withOpenFile(warehouse, (open) =>
    runTables(open, registry, { tables: [table], dates }),
  );

  expect(summary.failed.map(({ date }) => date)).toEqual(bad);
  for (const { date, failure } of summary.failed) {
    expect(failure.kind).toBe('bad_data');
    expect(failure.text).toContain(`${table} ${date}: `);
    expect(failure.text).toContain(`poison on ${date}`);
  }
  expect(summary.written).toBe(20 - bad.length);
  expect(results.map(({ date }) => date)).toEqual(dates);
  const states = await recordedStates(warehouse);
  expect(states).toEqual(
    Object.fromEntries(dates.map((date) => [date, bad.includes(date) ? 'failed' : 'done'])),
  );
  expect(await tornPartitions(warehouse)).toEqual([]);
});

test('what needs a failed date is blocked, the rest goes on', async () => {
  const warehouse = copy();
  const registry = await poisonedRegistry([dates[3] ?? '']);
  const { summary } = await withOpenFile(warehouse, (open) =>
    runTables(open, registry, { tables: [table, 'team_defense_game_summary'], dates }),
  );

  expect(summary.failed.map(({ table: name, date }) => [name, date])).toEqual([[table, dates[3]]]);
  expect(summary.blocked.map(({ table: name, date }) => [name, date])).toEqual([
    ['team_defense_game_summary', dates[3]],
  ]);
  expect(summary.written).toBe(38);
});

test('a query that is wrong as such ends its table once, before any date of it', async () => {
  const warehouse = copy();
  const { all } = await loadTables();
  const registry = makeTableRegistry(
    all.map((one) =>
      one.name === table && one.kind === 'computed'
        ? { ...one, rowsSql: () => 'SELECT no_such_column FROM target_dates' }
        : one,
    ),
  );
  const { summary } = await withOpenFile(warehouse, (open) =>
    runTables(open, registry, { tables: [table], dates: dates.slice(0, 5) }),
  );

  expect(summary.failed).toEqual([]);
  expect(summary.failedTables).toMatchObject([{ table, dates: dates.slice(0, 5) }]);
});

test('after so many failures a run stops, and says what it did not reach', async () => {
  const warehouse = copy();
  const registry = await poisonedRegistry(dates.slice(0, 4));
  const { summary } = await withOpenFile(warehouse, (open) =>
    runTables(open, registry, { tables: [table], dates, batchDays: 2, maxFailures: 3 }),
  );

  expect(summary.failed).toHaveLength(4);
  expect(summary.notReached).toBe(16);
});

test('after a failure the rows of the last success stand, and a cure needs no other date', async () => {
  const warehouse = copy();
  const healthy = await loadTables();
  const registry = await poisonedRegistry([dates[5] ?? '']);
  await withOpenFile(warehouse, (open) => runTables(open, healthy, { tables: [table], dates }));
  const poisonedRun = await withOpenFile(warehouse, (open) =>
    runTables(open, registry, { tables: [table], dates }),
  );
  expect(poisonedRun.summary.failed).toHaveLength(1);
  expect(await tornPartitions(warehouse)).toEqual([]);
  const cured = await withOpenFile(warehouse, (open) =>
    runTables(open, healthy, { tables: [table], dates: [dates[5] ?? ''] }),
  );

  expect(cured.summary.failed).toEqual([]);
  expect((await recordedStates(warehouse))[dates[5] ?? '']).toBe('done');
});

/** Hides the box scores of one side of a game; the other side then stands alone. */
const breakDate = (date: string) =>
  `UPDATE nba_raw.player_box SET nba_game_id = 'X' || nba_game_id WHERE game_date = '${date}'
AND team_abbr = (SELECT MIN(team_abbr) FROM nba_raw.player_box WHERE game_date = '${date}')`;
const mendDate = (date: string) =>
  `UPDATE nba_raw.player_box SET nba_game_id = substr(nba_game_id, 2)
WHERE game_date = '${date}' AND nba_game_id LIKE 'X%'`;

test('the job lists every failed date with its reason, exits 3, and its retry can be pasted', async () => {
  const warehouse = copy();
  const bad = [dates[4] ?? '', dates[12] ?? ''];
  for (const date of bad) await changeFile(warehouse, breakDate(date));
  const job = await runNode(jobFile('analytics', table), [
    ...['--start-date', dates[0] ?? '', '--end-date', dates[19] ?? '', '--warehouse', warehouse],
  ]);

  expect([job.exitCode, job.stderr]).toEqual([3, '']);
  const list = job.lines
    .slice(job.lines.indexOf('failed:') + 1)
    .filter((line) => line.includes('check_failed'));
  expect(list.map((line) => line.trim().slice(0, 10))).toEqual(bad);
  for (const line of list) expect(line).toContain(`${table}  check_failed: `);
  expect(job.stdout).toContain('ingest <files> --warehouse');
  const retry = job.lines.at(-1)?.trim() ?? '';
  expect(retry).toContain(`--dates ${bad.join(',')}`);

  const still = await runShellLine(retry);
  expect(still.exitCode).toBe(3);

  for (const date of bad) await changeFile(warehouse, mendDate(date));
  const cured = await runShellLine(retry);
  expect(cured.exitCode).toBe(0);
  expect(cured.lines.filter((line) => /^\d{4}-\S+ {2}done/.test(line))).toHaveLength(2);
  const again = await runShellLine(retry);
  expect([again.exitCode, again.lines.at(-1)]).toEqual([0, 'nothing to do']);
  expect(Object.values(await recordedStates(warehouse))).toEqual(Array(20).fill('done'));
});

test('backcourt run gives one retry command per table, with the options that the table knows', async () => {
  const warehouse = copy();
  const date = dates[4] ?? '';
  await changeFile(warehouse, breakDate(date));
  const { exitCode, lines } = await backcourt([
    ...['run', '--backfill', '--dates', dates.slice(0, 15).join(',')],
    ...['--tables', `${table},team_defense_game_summary,team_defense_zone_analysis`],
    ...['--option', 'min_games=6', '--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(3);
  const retries = lines.slice(lines.indexOf('retry with:') + 1).map((line) => line.trim());
  expect(retries).toEqual([
    `npx backcourt run --tables ${table} --backfill --dates ${date} --warehouse '${warehouse}'`,
  ]);

  await changeFile(warehouse, mendDate(date));
  const cured = await runShellLine(retries[0] ?? '');
  expect([cured.exitCode, cured.stderr.replace(/^npm warn.*\n/gm, '')]).toEqual([0, '']);
});

test('status lists what failed, until it no longer does', async () => {
  const warehouse = copy();
  const date = dates[4] ?? '';
  await changeFile(warehouse, breakDate(date));
  const run = ['run', '--backfill', '--tables', table, '--dates', date, '--warehouse', warehouse];
  await backcourt(run);
  const failed = await backcourt(['status', '--failed', '--warehouse', warehouse]);
  await changeFile(warehouse, mendDate(date));
  await backcourt(run);
  const cured = await backcourt(['status', '--failed', '--warehouse', warehouse]);

  expect(failed.lines.some((line) => line.startsWith(`${table}  failed  ${date}`))).toBe(true);
  expect(cured.lines.filter((line) => line.includes(date))).toEqual([]);
});
