/** What happened to users of public systems; each test names the report. */

import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import type { Order } from '../crash/order.ts';
import { runUnderOrder } from '../crash/scenarios.ts';
import { copyOf } from '../support/copy-of.ts';
import { tornRecords } from '../support/recorded-rows.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { commandFile, repositoryRoot, runNode, startNode } from '../support/run-process.ts';
import { runTables, withOpenFile } from '../support/run-tables.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import {
  cellOf,
  changeFile,
  differingUnits,
  partitionHashes,
  queryFile,
} from '../support/warehouse-file.ts';
import { alteredTables } from './altered-tables.ts';

const folder = tempFolder('public');
const season = smallSeason(folder);
const table = 'team_offense_game_summary';

const rowsOf = (path: string) => cellOf(path, `SELECT COUNT(*) FROM nba_analytics.${table}`);

/** Makes the recorded units of a table look as if their definition had been another. */
const makeStale = (name: string) =>
  `UPDATE backcourt.partitions SET fingerprint = 'old' WHERE table_name = '${name}'`;

/** The units of a `--json` run that were worked, and what became of them. */
function unitsOf(stdout: string): readonly { readonly [name: string]: unknown }[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'unit' || type === 'planned_unit');
}

const cameOutEqual = ({ reason }: { readonly [name: string]: unknown }) =>
  (reason as { readonly kind?: string } | undefined)?.kind === 'inputs_came_out_equal';

test('Bruin #2181: a full refresh without a start date truncated the table and passed', async () => {
  const warehouse = copyOf(season().computed);
  const rows = await rowsOf(warehouse);
  // Without any date everything is meant, and what is there stays.
  await prepare(['run', '--backfill', '--allow-shrink', '--warehouse', warehouse]);
  for (const dates of [
    ['--start-date', ''],
    ['--dates', ''],
    ['--end-date', '2023-11-01'],
  ]) {
    const { exitCode } = await backcourt([
      ...['run', '--backfill', '--allow-shrink', ...dates, '--warehouse', warehouse],
    ]);
    expect([dates, exitCode]).toEqual([dates, 2]);
  }
  expect(await rowsOf(warehouse)).toBe(rows);
  expect(differingUnits(season().hashes, await partitionHashes(warehouse))).toEqual([]);
});

test('Mozilla bigquery-etl #7058: a null partition parameter overwrote the whole table once per day', async () => {
  const { dates } = season();
  const { computed } = await loadTables();
  for (const { name, dataset, partition } of computed) {
    const warehouse = copyOf(season().computed);
    await changeFile(
      warehouse,
      `${makeStale(name)} AND partition_date = '${dates.at(-2)}';
UPDATE backcourt.partitions SET data_hash = 'old' WHERE table_name = '${name}' AND partition_date = '${dates.at(-2)}';
UPDATE ${dataset}.${name} SET data_hash = 'old' WHERE ${partition} = '${dates.at(-2)}'`,
    );
    await prepare([
      ...['run', '--backfill', '--tables', name, '--dates', dates.join(',')],
      ...['--warehouse', warehouse],
    ]);
    const touched = await queryFile(
      warehouse,
      `SELECT DISTINCT CAST(${partition} AS VARCHAR) FROM ${dataset}.${name}
WHERE run_id = (SELECT MAX(run_id) FROM backcourt.runs WHERE request LIKE '%"${name}"]%')`,
    );
    expect([name, touched.flat()]).toEqual([name, [dates.at(-2)]]);
  }
});

test('Mozilla bigquery-etl #7058: a query that yields rows of another date writes none', async () => {
  const { dates } = season();
  const warehouse = copyOf(season().computed);
  const wide = await alteredTables((one) =>
    one.name === table
      ? {
          ...one,
          rowsSql: (context) =>
            `SELECT * REPLACE (game_date - 1 AS game_date) FROM (${one.rowsSql(context)}) AS healthy`,
        }
      : one,
  );
  const { summary } = await withOpenFile(warehouse, (open) =>
    runTables(open, wide, { tables: [table], dates: [dates[3] ?? ''] }),
  );
  expect(summary.failedTables).toMatchObject([
    {
      table,
      fault: { text: expect.stringContaining(`yields rows for ${dates[2]}, not asked for`) },
      dates: [dates[3]],
    },
  ]);
  expect(await tornRecords(warehouse)).toEqual([]);
  expect(await rowsOf(warehouse)).toBe(await rowsOf(season().computed));
});

test('Dataform #1914: a full refresh silently ran as incremental', async () => {
  const { dates } = season();
  const warehouse = copyOf(season().computed);
  const { stdout } = await prepare([
    ...['run', '--backfill', '--tables', 'player_shot_zone_analysis', '--json'],
    ...['--dates', dates.slice(-2).join(','), '--option', 'min_games=4', '--warehouse', warehouse],
  ]);
  // Asked for otherwise than what stands there: made anew, and not passed off as done.
  expect(unitsOf(stdout).map(({ outcome }) => outcome)).toEqual(['written', 'written']);
  const options = await queryFile(
    warehouse,
    `SELECT DISTINCT options FROM backcourt.partitions
WHERE table_name = 'player_shot_zone_analysis' AND partition_date >= '${dates.at(-2)}'`,
  );
  expect(options.flat().join()).toContain('"min_games":4');
});

test('SQLMesh #5843: deleted, then the insert failed, and the table had a hole', async () => {
  const warehouse = copyOf(season().computed);
  // The statement that inserts cannot write into such a column; the one that deletes does not mind.
  await changeFile(
    warehouse,
    `${makeStale(table)};
UPDATE backcourt.partitions SET data_hash = 'old' WHERE table_name = '${table}';
ALTER TABLE nba_analytics.${table} ALTER COLUMN personal_fouls TYPE DATE USING DATE '2023-10-24'`,
  );
  const rows = await rowsOf(warehouse);
  const { exitCode, stdout } = await backcourt([
    ...['run', '--backfill', '--tables', table, '--dates', season().dates.join(',')],
    ...['--warehouse', warehouse],
  ]);
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/BIGINT.*DATE/);
  expect(await rowsOf(warehouse)).toBe(rows);
  expect(rows).not.toBe('0');
});

test('Feast #3787: the interval was recorded before the job ran', async () => {
  const warehouse = copyOf(season().ingested);
  const before = await partitionHashes(warehouse);
  const killed = await runUnderOrder([...season().run, '--batch-days', '3'], warehouse, {
    kind: 'label',
    label: 'INSERT INTO backcourt.partitions',
    moment: 'after',
  });
  expect(killed.signal).toBe('SIGKILL');
  expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([]);
  await prepare([...season().run, '--warehouse', warehouse]);
  expect(differingUnits(season().hashes, await partitionHashes(warehouse))).toEqual([]);
});

test('Rocky #1179: the state was lost, the table was there: duplicates with exit 0', async () => {
  const warehouse = copyOf(season().computed);
  const { computed } = await loadTables();
  const names = computed.map(({ name }) => `'${name}'`).join(', ');
  await changeFile(warehouse, `DELETE FROM backcourt.partitions WHERE table_name IN (${names})`);
  await prepare([...season().run, '--warehouse', warehouse]);
  expect(await tornRecords(warehouse)).toEqual([]);
  expect(differingUnits(season().hashes, await partitionHashes(warehouse))).toEqual([]);
});

test('dbt-adapters #1931: readers see an empty partition', async () => {
  const warehouse = copyOf(season().computed);
  await changeFile(
    warehouse,
    `${makeStale(table)}; UPDATE backcourt.partitions SET data_hash = 'old' WHERE table_name = '${table}'`,
  );
  const rows = await rowsOf(warehouse);
  const order: Order = {
    kind: 'hold',
    label: `DELETE FROM nba_analytics.${table}`,
    moment: 'after',
  };
  const writer = startNode(commandFile, [...season().run, '--warehouse', warehouse], {
    preload: resolve(repositoryRoot, 'tests/crash/kill-at-step.ts'),
    env: { BACKCOURT_CRASH: JSON.stringify(order) },
  });
  await writer.says('held');
  // Deleted and not yet inserted: whoever looks now is told to wait, and shown nothing half.
  const reader = await runNode(commandFile, ['status', '--wait', '0', '--warehouse', warehouse]);
  expect([reader.exitCode, reader.stdout]).toEqual([6, '']);
  writer.kill('SIGKILL');
  await writer.ended;
  expect(await rowsOf(warehouse)).toBe(rows);
});

test('Feast #4222: a future end date poisoned the high-water mark', async () => {
  const { dates, run, hashes } = season();
  const warehouse = copyOf(season().ingested);
  const first = dates[0] ?? '';
  const future = ['run', '--backfill', '--start-date', first, '--end-date', '2099-01-01'];
  const { exitCode } = await backcourt([...future, '--warehouse', warehouse]);
  expect(exitCode).toBe(2);
  const later = ['run', '--backfill', '--dates', dates.at(-1) ?? ''];
  await backcourt([...later, '--tables', table, '--warehouse', warehouse]);
  // The last date is there; all before it are still to be done, and are.
  await prepare([...run, '--warehouse', warehouse]);
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
});

test('Chronon #198: a hole made everything be recomputed', async () => {
  const { dates, run, hashes } = season();
  const warehouse = copyOf(season().computed);
  const { computed } = await loadTables();
  const last = computed.at(-1);
  const hole = dates.at(-3) ?? '';
  await changeFile(
    warehouse,
    `DELETE FROM backcourt.partitions WHERE table_name = '${last?.name}' AND partition_date = '${hole}'`,
  );
  await changeFile(
    warehouse,
    `DELETE FROM ${last?.dataset}.${last?.name} WHERE ${last?.partition} = '${hole}'`,
  );
  await changeFile(
    warehouse,
    `DELETE FROM backcourt.exclusions WHERE table_name = '${last?.name}' AND partition_date = '${hole}'`,
  );
  const { stdout } = await prepare([...run, '--json', '--warehouse', warehouse]);
  const worked = unitsOf(stdout).filter(({ outcome }) => outcome !== 'skipped');
  expect(worked.map(({ table: name, date }) => [name, date])).toEqual([[last?.name, hole]]);
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
});

test('Timefusion #193: empty files counted as coverage', async () => {
  const place = tempFolderOfTest('empty');
  const [logs = ''] = season().files;
  const empty = join(place, 'playergamelogs_empty.parquet');
  await changeFile(
    ':memory:',
    `COPY (SELECT * FROM read_parquet('${logs}') WHERE FALSE) TO '${empty}' (FORMAT parquet)`,
  );
  const warehouse = join(place, 'w.duckdb');
  await backcourt(['ingest', 'simulated', empty, '--warehouse', warehouse]);
  expect((await partitionHashes(warehouse)).size).toBe(0);
  const day = season().dates[0] ?? '';
  const run = await backcourt(['run', '--backfill', '--dates', day, '--warehouse', warehouse]);
  expect([run.exitCode, run.stdout]).toEqual([5, expect.stringContaining(`${day}`)]);
  expect(run.stdout).toContain('not_loaded');

  const filled = copyOf(season().computed);
  await backcourt(['ingest', 'simulated', empty, '--warehouse', filled]);
  expect(differingUnits(season().hashes, await partitionHashes(filled))).toEqual([]);
});

describe('retry', () => {
  const broken = (day: string) =>
    `UPDATE nba_raw.player_box SET nba_game_id = 'X' || nba_game_id WHERE game_date = '${day}'
AND team_abbr IN (SELECT team_a_abbr FROM nba_raw.schedule WHERE game_date = '${day}')`;

  test('dbt-core #11423, #10800: it took today’s window, and repeated what had succeeded', async () => {
    const { dates, ingested } = season();
    const warehouse = copyOf(ingested);
    const bad = [dates[2] ?? '', dates[9] ?? ''];
    for (const day of bad) await changeFile(warehouse, broken(day));
    const first = await backcourt([
      ...['run', '--backfill', '--tables', table, '--dates', dates.join(',')],
      ...['--warehouse', warehouse],
    ]);
    const command = first.lines[first.lines.indexOf('retry with:') + 1]?.trim() ?? '';
    expect(command).toContain(`--dates ${bad.join(',')}`);
    for (const day of bad) {
      await changeFile(
        warehouse,
        `UPDATE nba_raw.player_box SET nba_game_id = substr(nba_game_id, 2) WHERE game_date = '${day}' AND nba_game_id LIKE 'X%'`,
      );
    }
    const args = command.split(' ').slice(command.split(' ').indexOf('run'));
    const again = await backcourt(
      args.map((word) => word.replaceAll("'", '')),
      { today: '2031-07-01' },
    );
    expect(again.exitCode).toBe(0);
    const attempts = await queryFile(
      warehouse,
      `SELECT CAST(partition_date AS VARCHAR), attempts FROM backcourt.partitions
WHERE table_name = '${table}' ORDER BY 1`,
    );
    expect(attempts).toEqual(dates.map((day) => [day, bad.includes(day) ? '2' : '1']));
  });

  test('Dagster #30784: "retry failed" took the union over the tables', async () => {
    const { dates } = season();
    const [early = '', late = ''] = [dates[2], dates[9]];
    const failing = new Map([
      [table, early],
      ['player_game_summary', late],
    ]);
    const registry = await alteredTables((one) => {
      const day = failing.get(one.name);
      if (day === undefined) return one;
      return {
        ...one,
        rowsSql: (context) => `SELECT * FROM (${one.rowsSql(context)}) AS healthy
WHERE CASE WHEN game_date = DATE '${day}' THEN CAST(error('broken') AS BOOLEAN) ELSE TRUE END`,
      };
    });
    const warehouse = copyOf(season().ingested);
    const { summary } = await withOpenFile(warehouse, (open) =>
      runTables(open, registry, { tables: [...failing.keys()], dates }),
    );
    expect(summary.failed.map(({ table: name, date }) => [name, date])).toEqual([...failing]);
  });
});

test('SQLBuild #504: a four-day consumer replayed 32 days because its input "ran again"', async () => {
  const { run, hashes } = season();
  const warehouse = copyOf(season().computed);
  await changeFile(warehouse, makeStale(table));
  const { stdout } = await prepare([...run, '--json', '--warehouse', warehouse]);
  const units = unitsOf(stdout);
  // Recomputed and equal; behind it nothing is so much as looked at.
  const worked = units.filter(({ outcome }) => outcome !== 'skipped');
  expect(new Set(worked.map(({ table: name, outcome }) => `${name} ${outcome}`))).toEqual(
    new Set([`${table} unchanged`]),
  );
  expect(units.some(cameOutEqual)).toBe(true);
  const attempts = await queryFile(
    warehouse,
    'SELECT table_name, MAX(attempts) FROM backcourt.partitions GROUP BY 1 HAVING MAX(attempts) > 1',
  );
  expect(attempts).toEqual([[table, '2']]);
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
});

test('Airflow #44395, #43241: the dry run said one thing, the run did another', async () => {
  const { run, dates } = season();
  const warehouse = copyOf(season().computed);
  await changeFile(
    warehouse,
    `${makeStale(table)} AND partition_date >= '${dates[10]}';
DELETE FROM backcourt.partitions WHERE table_name = 'player_game_summary' AND partition_date = '${dates[12]}'`,
  );
  const before = await partitionHashes(warehouse);
  const dry = await backcourt([...run, '--dry-run', '--json', '--warehouse', warehouse]);
  expect(await partitionHashes(warehouse)).toEqual(before);
  const real = await backcourt([...run, '--json', '--warehouse', warehouse]);
  expect([dry.exitCode, real.exitCode]).toEqual([0, 0]);
  const key = ({ table: name, date }: { readonly [name: string]: unknown }) => `${name} ${date}`;
  const planned = unitsOf(dry.stdout);
  const done = unitsOf(real.stdout);
  expect(planned.map(key).sort()).toEqual(done.map(key).sort());
  const worked = done.filter(({ outcome }) => outcome !== 'skipped').map(key);
  const wanted = planned.filter(({ action }) => action === 'run').map(key);
  expect(worked.length).toBeGreaterThan(5);
  // What was worked was planned; what was planned and not worked came out equal before its turn.
  expect(worked.filter((unit) => !wanted.includes(unit))).toEqual([]);
  const spared = done.filter((unit) => wanted.includes(key(unit)) && unit['outcome'] === 'skipped');
  expect(spared.every(cameOutEqual)).toBe(true);
});

test('Airflow #58752: limits were ignored', async () => {
  const { dates } = season();
  const warehouse = copyOf(season().ingested);
  await changeFile(
    warehouse,
    `UPDATE nba_raw.player_box SET nba_game_id = 'X' || nba_game_id
WHERE team_abbr IN (SELECT team_a_abbr FROM nba_raw.schedule AS game WHERE game.game_date = player_box.game_date)`,
  );
  const { exitCode, lines } = await backcourt([
    ...['run', '--backfill', '--tables', table, '--dates', dates.join(',')],
    ...['--batch-days', '1', '--max-failures', '2', '--warehouse', warehouse],
  ]);
  expect(exitCode).toBe(3);
  expect(lines.filter((line) => /^\d{4}-\S+ {2}failed/.test(line))).toHaveLength(2);
  expect(lines).toContain(`${dates.length - 2} units not reached`);
});

test('SQLMesh #3866: two runs at once duplicated rows', async () => {
  const { run, hashes } = season();
  const warehouse = copyOf(season().ingested);
  const args = [...run, '--batch-days', '5', '--warehouse', warehouse];
  const ended = await Promise.all([runNode(commandFile, args), runNode(commandFile, args)]);
  // On a busy machine one may be through before the other has looked.
  expect([
    [0, 6],
    [0, 0],
  ]).toContainEqual(ended.map(({ exitCode }) => exitCode).toSorted());
  expect(await tornRecords(warehouse)).toEqual([]);
  expect(differingUnits(hashes, await partitionHashes(warehouse))).toEqual([]);
});
