/** Incidents 5, 6, 8 and 12: late games, doubled rows, wrong scales, wrong flags and old code. */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import type { Order } from '../crash/order.ts';
import { runUnderOrder } from '../crash/scenarios.ts';
import { copyOf } from '../support/copy-of.ts';
import { tornRecords } from '../support/recorded-rows.ts';
import { backcourt, prepare } from '../support/run-command.ts';
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
import { alteredTables, withColumns } from './altered-tables.ts';

const folder = tempFolder('staleness');
const season = smallSeason(folder);

test('5. stale without knowing: four games loaded late, and 20 days of averages were made without them', async () => {
  const { files, dates, run, hashes } = season();
  const [logs = '', shots = ''] = files;
  const place = tempFolderOfTest('late');
  const day = dates[5] ?? '';
  const early = join(place, 'playergamelogs_early.parquet');
  await changeFile(
    ':memory:',
    `CREATE TABLE source AS FROM read_parquet('${logs}');
COPY (SELECT * FROM source WHERE GAME_ID NOT IN (
  SELECT DISTINCT GAME_ID FROM source WHERE GAME_DATE LIKE '${day}%' ORDER BY 1 LIMIT 4))
TO '${early}' (FORMAT parquet)`,
  );
  const warehouse = join(place, 'w.duckdb');
  await prepare(['ingest', 'simulated', early, shots, '--warehouse', warehouse]).catch(() => {});
  await prepare([...run, '--warehouse', warehouse]);
  const before = await partitionHashes(warehouse);
  expect(differingUnits(hashes, before).length).toBeGreaterThan(10);

  await prepare(['ingest', 'simulated', logs, shots, '--warehouse', warehouse]);
  const status = await prepare(['status', '--missing', '--json', '--warehouse', warehouse]);
  const stale = status.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ type, state }) => type === 'unit' && state === 'stale')
    .map(({ table, date }) => `${table} ${date}`);
  await prepare([...run, '--warehouse', warehouse]);
  const after = await partitionHashes(warehouse);
  expect(differingUnits(hashes, after)).toEqual([]);

  // Flagged: everything that could change and was not new. Untouched: everything before the day.
  const { computed } = await loadTables();
  const names = new Set(computed.map(({ name }) => name));
  const changed = differingUnits(before, after).filter((unit) =>
    names.has(unit.split(' ')[0] ?? ''),
  );
  const direct = changed.filter((unit) => unit.endsWith(day));
  expect(direct.length).toBeGreaterThan(0);
  expect(changed.filter((unit) => unit.slice(-10) < day)).toEqual([]);
  expect(stale.filter((unit) => unit.slice(-10) < day)).toEqual([]);
  expect(stale.length).toBeGreaterThan(0);
});

describe('6. duplicates: DELETE + INSERT not atomic', () => {
  const label = 'DELETE FROM nba_analytics.team_offense_game_summary';

  test.each<Order>([
    { kind: 'label', label, moment: 'after' },
    { kind: 'label', label: label.replace('DELETE FROM', 'INSERT INTO'), moment: 'after' },
  ])(
    'killed between the two (%j): the old rows stand, and the repetition doubles none',
    async (order) => {
      const { computed } = season();
      const warehouse = copyOf(computed);
      await changeFile(
        warehouse,
        "UPDATE backcourt.partitions SET fingerprint = 'old', data_hash = 'old' WHERE table_name = 'team_offense_game_summary'",
      );
      const before = await cellOf(
        warehouse,
        'SELECT COUNT(*) FROM nba_analytics.team_offense_game_summary',
      );
      const { signal } = await runUnderOrder(season().run, warehouse, order);
      expect(signal).toBe('SIGKILL');
      const count = () =>
        cellOf(warehouse, 'SELECT COUNT(*) FROM nba_analytics.team_offense_game_summary');
      expect(await count()).toBe(before);
      await prepare([...season().run, '--warehouse', warehouse]);
      expect(await count()).toBe(before);
      expect(await tornRecords(warehouse)).toEqual([]);
    },
  );
});

test('6. duplicates: a doubled input counts once, is told, and is not joined with itself', async () => {
  const { files, dates } = season();
  const [logs = ''] = files;
  const place = tempFolderOfTest('doubled');
  const doubled = join(place, 'playergamelogs_doubled.parquet');
  const day = dates[4] ?? '';
  await changeFile(
    ':memory:',
    `CREATE TABLE source AS FROM read_parquet('${logs}');
COPY (FROM source UNION ALL FROM source WHERE GAME_DATE LIKE '${day}%') TO '${doubled}' (FORMAT parquet)`,
  );
  const warehouse = join(place, 'w.duckdb');
  const once = await backcourt(['ingest', 'simulated', doubled, '--warehouse', warehouse]);
  expect([once.exitCode, once.stdout]).toEqual([
    0,
    expect.stringContaining('identical to a row that is kept'),
  ]);
  expect(
    await queryFile(
      warehouse,
      `SELECT game_date, player_id FROM nba_raw.player_box GROUP BY ALL HAVING COUNT(*) > 1`,
    ),
  ).toEqual([]);
  const ofDay = (relation: string) =>
    `SELECT COUNT(*) FROM ${relation} WHERE CAST(game_date AS VARCHAR) LIKE '${day}%'`;
  expect(await cellOf(warehouse, ofDay('nba_raw.player_box'))).toBe(
    await cellOf(warehouse, ofDay(`read_parquet('${logs}')`)),
  );
  const same = await backcourt(['ingest', 'simulated', logs, logs, '--warehouse', warehouse]);
  expect([same.exitCode, same.stdout]).toEqual([
    3,
    expect.stringContaining('it has the same content as'),
  ]);
});

test('6. duplicates: a definition that doubles its rows does not pass', async () => {
  const { dates } = season();
  const { computed } = await loadTables();
  for (const { name } of computed) {
    const warehouse = copyOf(season().computed);
    const twice = await alteredTables((table) =>
      table.name === name
        ? {
            ...table,
            rowsSql: (context) => {
              const rows = table.rowsSql(context);
              return `SELECT * FROM (${rows}) AS one UNION ALL SELECT * FROM (${rows}) AS other`;
            },
          }
        : table,
    );
    const { summary } = await withOpenFile(warehouse, (open) =>
      runTables(open, twice, { tables: [name], dates: dates.slice(-1) }),
    );
    expect([name, summary.failed.map(({ failure }) => failure.text)]).toEqual([
      name,
      [expect.stringContaining('doubled key')],
    ]);
    expect(await tornRecords(warehouse)).toEqual([]);
  }
});

test('6. duplicates: one game has one id, whoever writes it', async () => {
  const { computed: path } = season();
  const { computed } = await loadTables();
  const tables = computed.filter(({ columns }) =>
    ['game_id', 'nba_game_id'].every((name) => columns.some((column) => column.name === name)),
  );
  expect(tables.length).toBeGreaterThan(2);
  const ids = tables.map(
    ({ name, dataset }) => `SELECT '${name}' AS name, nba_game_id, game_id FROM ${dataset}.${name}`,
  );
  const apart = await queryFile(
    path,
    `SELECT ids.name, ids.nba_game_id, ids.game_id, schedule.game_id
FROM (${ids.join(' UNION ALL ')}) AS ids LEFT JOIN nba_raw.schedule AS schedule USING (nba_game_id)
WHERE ids.game_id IS DISTINCT FROM schedule.game_id`,
  );
  expect(apart).toEqual([]);
  expect(
    await cellOf(path, 'SELECT COUNT(*) - COUNT(DISTINCT game_id) FROM nba_raw.schedule'),
  ).toBe('0');
});

test('8. sign and scale: a rate of 0 to 1 in a column of 0 to 100, or divided by 100 twice', async () => {
  const { dates } = season();
  const warehouse = copyOf(season().computed);
  const scaled = await alteredTables((table) =>
    table.name === 'player_shot_zone_analysis'
      ? withColumns(table, {
          paint_rate_last_10: 'CAST(paint_rate_last_10 / 100 AS DECIMAL(5, 2))',
          mid_range_rate_last_10: 'CAST(mid_range_rate_last_10 / 100 AS DECIMAL(5, 2))',
          three_pt_rate_last_10: 'CAST(three_pt_rate_last_10 / 100 AS DECIMAL(5, 2))',
        })
      : table,
  );
  const { summary } = await withOpenFile(warehouse, (open) =>
    runTables(open, scaled, { tables: ['player_shot_zone_analysis'], dates: dates.slice(-2) }),
  );
  expect(summary.failed.map(({ failure }) => [failure.kind, failure.text])).toEqual(
    dates.slice(-2).map(() => ['check_failed', expect.stringContaining('rates_do_not_sum_to_100')]),
  );
});

test('8. sign and scale: a share above 1 is told with the date', async () => {
  const { dates } = season();
  const warehouse = copyOf(season().computed);
  const scaled = await alteredTables((table) =>
    table.name === 'team_offense_game_summary'
      ? withColumns(table, { ts_pct: 'ts_pct * 100' })
      : table,
  );
  // The column cannot hold it, or its range tells: it does not pass in silence.
  const { summary, results } = await withOpenFile(warehouse, (open) =>
    runTables(open, scaled, { tables: ['team_offense_game_summary'], dates: dates.slice(-1) }),
  );
  const told = [
    ...summary.failed.map(({ failure }) => failure.text),
    ...results.flatMap(({ warnings }) => warnings),
  ];
  expect(told.join()).toMatch(/ts_pct outside 0\.34 to 0\.84/);
});

test('8. sign and scale: a share, a rate or a percentage has a unit or a range in its definition', async () => {
  const { computed } = await loadTables();
  const scaleless = computed.flatMap(({ name, columns }) =>
    columns
      .filter(
        ({ name: column, type }) =>
          type.kind === 'NUMERIC' && /(_pct|_rate|percentage)(_|$)/.test(column),
      )
      .filter(({ unit, range }) => unit === undefined && range === undefined)
      .map((column) => `${name}.${column.name}`),
  );
  expect(scaleless).toEqual([]);
});

test('12. wrong flag: an option that no table has is an error, not half a day in the wrong mode', async () => {
  const { dates } = season();
  const warehouse = copyOf(season().ingested);
  const before = await partitionHashes(warehouse);
  for (const wrong of [
    ['--option', 'is_backfill=true'],
    ['--option', 'backfill_mod=true'],
    ['--is-backfill'],
  ]) {
    const { exitCode, stderr } = await backcourt([
      ...['run', '--dates', dates[0] ?? '', ...wrong, '--warehouse', warehouse],
    ]);
    expect([wrong, exitCode]).toEqual([wrong, 2]);
    expect(stderr).toMatch(/unknown option|known options|did you mean/i);
  }
  expect(await partitionHashes(warehouse)).toEqual(before);
});

test('12. stale code: every row names the code that made it, and rows of older code are stale', async () => {
  const { computed: path, dates } = season();
  const { computed } = await loadTables();
  for (const { name, dataset } of computed) {
    const versions = await queryFile(
      path,
      `SELECT COUNT(DISTINCT code_version), MIN(code_version), MAX(length(run_id) > 0) FROM ${dataset}.${name}`,
    );
    expect([name, versions]).toEqual([
      name,
      [['1', expect.stringMatching(/^\S+\+[0-9a-f]{8}$/), true]],
    ]);
  }
  const warehouse = copyOf(path);
  const table = 'team_offense_game_summary';
  const fixed = await alteredTables((one) =>
    one.name === table ? withColumns(one, { assists: 'assists + 1' }) : one,
  );
  const { summary } = await withOpenFile(warehouse, (open) =>
    runTables(open, fixed, { tables: [table], dates: dates.slice(0, 3) }),
  );
  expect(summary.written).toBe(3);
  expect(
    await cellOf(warehouse, `SELECT COUNT(DISTINCT code_version) FROM nba_analytics.${table}`),
  ).toBe('2');
});
