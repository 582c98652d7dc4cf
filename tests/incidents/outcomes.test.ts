/** Incidents 1 to 4 and 10: success that was none, and what is no failure. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import { copyOf } from '../support/copy-of.ts';
import { tornRecords } from '../support/recorded-rows.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { runTables, withOpenFile } from '../support/run-tables.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import {
  cellOf,
  changeFile,
  differingUnits,
  partitionHashes,
  queryFile,
} from '../support/warehouse-file.ts';
import { alteredTables, onlyRows, withColumns } from './altered-tables.ts';

const folder = tempFolder('outcomes');
const season = smallSeason(folder);

/** Units of a computed season that have rows. */
async function unitsWithRows(): Promise<readonly string[]> {
  return [...season().hashes]
    .filter(([, content]) => content.startsWith('done ') && !content.startsWith('done 0 '))
    .map(([unit]) => unit);
}

/** Removes what was computed since a date, so that no earlier success can make up for a missing one. */
async function forget(warehouse: string, table: string, since: string): Promise<void> {
  const { all } = await loadTables();
  const definition = all.find(({ name }) => name === table);
  const record = `table_name = '${table}' AND partition_date >= '${since}'`;
  for (const sql of [
    `DELETE FROM backcourt.partitions WHERE ${record}`,
    `DELETE FROM backcourt.exclusions WHERE ${record}`,
    `DELETE FROM ${definition?.dataset}.${table} WHERE ${definition?.partition} >= '${since}'`,
  ]) {
    await changeFile(warehouse, sql);
  }
}

test('1. success that wrote nothing: 613 of 613 dates "successful" without a row', async () => {
  const { computed } = await loadTables();
  const due = await unitsWithRows();
  for (const { name } of computed) {
    const warehouse = copyOf(season().computed);
    await forget(warehouse, name, '1900-01-01');
    const silent = await alteredTables((table) =>
      table.name === name ? onlyRows(table, 'FALSE') : table,
    );
    const dates = due.filter((unit) => unit.startsWith(`${name} `)).map((unit) => unit.slice(-10));
    expect(dates.length).toBeGreaterThan(0);
    const { summary } = await withOpenFile(warehouse, (open) =>
      runTables(open, silent, { tables: [name], dates }),
    );

    expect([name, summary.written]).toEqual([name, 0]);
    expect(summary.failed.map(({ failure }) => failure.kind)).toEqual(
      dates.map(() => 'upstream_missing'),
    );
    const states = await queryFile(
      warehouse,
      `SELECT DISTINCT state FROM backcourt.partitions WHERE table_name = '${name}'`,
    );
    expect(states).toEqual([['failed']]);
  }
});

test('1. success that wrote nothing: 2 of 16 team rows stored, 1 of 187 players for six days', async () => {
  const { computed } = await loadTables();
  const due = await unitsWithRows();
  for (const { name, key, partition } of computed) {
    const warehouse = copyOf(season().computed);
    const entity = key.find((column) => column !== partition) ?? '';
    const dates = due.filter((unit) => unit.startsWith(`${name} `)).map((unit) => unit.slice(-10));
    const last = dates.at(-1) ?? '';
    const [stored] = await queryFile(
      warehouse,
      `SELECT row_count FROM backcourt.partitions WHERE table_name = '${name}' AND partition_date = '${last}'`,
    );
    await forget(warehouse, name, last);
    const lonely = await alteredTables((table) =>
      table.name === name
        ? onlyRows(
            table,
            `TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY ${partition} ORDER BY ${entity}) = 1`,
          )
        : table,
    );
    const { summary } = await withOpenFile(warehouse, (open) =>
      runTables(open, lonely, { tables: [name], dates: [last] }),
    );

    expect([name, Number(stored?.[0])]).not.toEqual([name, 1]);
    expect([name, summary.written, summary.unchanged]).toEqual([name, 0, 0]);
    expect([name, summary.failed.map(({ failure }) => failure.kind)]).toEqual([
      name,
      ['check_failed'],
    ]);
    expect(await tornRecords(warehouse)).toEqual([]);
  }
});

test('2. NULL turned into a plausible number: without shot charts there are no zones, and no zeros', async () => {
  const { files } = season();
  const [logs = ''] = files;
  const warehouse = join(tempFolderOfTest('no-shots'), 'w.duckdb');
  await prepare(['ingest', 'simulated', logs, '--warehouse', warehouse]);
  await prepare([...season().run, '--warehouse', warehouse]);
  const { computed } = await loadTables();
  let columns = 0;
  for (const { name, dataset, columns: all } of computed) {
    const zones = all.filter(
      ({ name: column, nullWhen, type }) =>
        nullWhen !== undefined &&
        type.kind === 'NUMERIC' &&
        /^(paint|mid_range)_(rate|pct|attempts|points|defense)/.test(column),
    );
    columns += zones.length;
    for (const { name: column } of zones) {
      const told = await cellOf(warehouse, `SELECT COUNT(${column}) FROM ${dataset}.${name}`);
      expect([name, column, told]).toEqual([name, column, '0']);
    }
  }
  expect(columns).toBeGreaterThan(5);
});

test('2. NULL turned into a plausible number: a definition that does it is refused', async () => {
  const { files, dates, run } = season();
  const warehouse = join(tempFolderOfTest('zeros'), 'w.duckdb');
  await prepare(['ingest', 'simulated', files[0] ?? '', '--warehouse', warehouse]);
  await prepare([...run, '--warehouse', warehouse]);
  const filled = await alteredTables((table) => {
    if (table.name === 'player_shot_zone_analysis') {
      return withColumns(table, { paint_rate_last_10: 'COALESCE(paint_rate_last_10, 0)' });
    }
    if (table.name !== 'team_defense_zone_analysis') return table;
    return withColumns(table, {
      paint_attempts_allowed_per_game: 'COALESCE(paint_attempts_allowed_per_game, 0)',
    });
  });
  for (const table of ['player_shot_zone_analysis', 'team_defense_zone_analysis']) {
    const { summary } = await withOpenFile(warehouse, (open) =>
      runTables(open, filled, { tables: [table], dates: dates.slice(-2) }),
    );
    expect([table, summary.written]).toEqual([table, 0]);
    expect(summary.failed.map(({ failure }) => [failure.kind, failure.text])).toEqual(
      dates
        .slice(-2)
        .map(() => ['check_failed', expect.stringContaining('zones_without_shot_data')]),
    );
  }
});

test('2. NULL turned into a plausible number: a column that is constant over a date is reported', async () => {
  const { path } = await simulatedWarehouse(tempFolderOfTest('constant'));
  const slates = await queryFile(
    path,
    'SELECT CAST(game_date AS VARCHAR) FROM nba_raw.schedule GROUP BY game_date HAVING COUNT(*) >= 4 ORDER BY 1 LIMIT 3',
  );
  const dates = slates.flat().map(String);
  expect(dates).toHaveLength(3);
  const flat = await alteredTables((table) =>
    table.name === 'team_offense_game_summary' ? withColumns(table, { pace: '100.0' }) : table,
  );
  const tables = ['team_offense_game_summary'];
  const { summary } = await withOpenFile(path, (open) => runTables(open, flat, { tables, dates }));
  expect([summary.written, summary.failed]).toEqual([3, []]);
  const warnings = await queryFile(
    path,
    `SELECT CAST(partition_date AS VARCHAR), CAST(warnings AS VARCHAR) FROM backcourt.partitions
WHERE table_name = 'team_offense_game_summary' ORDER BY 1`,
  );
  expect(warnings).toEqual(dates.map((day) => [day, expect.stringContaining('pace_is_constant')]));
});

test('3. nobody knew what was done: one grid, every table, against scheduled game dates', async () => {
  const { ingested, dates } = season();
  const warehouse = copyOf(ingested);
  const { computed } = await loadTables();
  const [first, second] = computed;
  const half = dates.slice(0, dates.length / 2);
  await prepare([
    ...[
      'run',
      '--backfill',
      '--tables',
      `${first?.name},${second?.name}`,
      '--dates',
      half.join(','),
    ],
    ...['--warehouse', warehouse],
  ]);
  const { stdout } = await prepare(['status', '--json', '--warehouse', warehouse]);
  const cells = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'coverage');

  for (const table of computed) {
    const cell = cells.find((candidate) => candidate.table === table.name);
    const bootstrap = table.bootstrap ? 7 : 0;
    const due = dates.filter((date) => date >= addDays(dates[0] ?? '', bootstrap));
    const covered = [first, second].includes(table) ? half.length : 0;
    // The denominator is game dates: not calendar days, and not the dates somebody has looked at.
    expect([table.name, cell?.due, cell?.covered]).toEqual([table.name, due.length, covered]);
  }
});

function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

test('4. order not enforced: no table is computed before what it needs, whichever is asked for', async () => {
  const { ingested, dates } = season();
  const { computed, get } = await loadTables();
  let blockedTables = 0;
  for (const table of computed) {
    const needs = table.inputs.some(({ table: input, required }) => {
      const definition = get(input);
      return required && definition?.kind === 'computed' && definition.phase !== 'raw';
    });
    if (!needs) continue;
    const warehouse = copyOf(ingested);
    const before = await partitionHashes(warehouse);
    const { exitCode, stdout } = await backcourt([
      ...['run', '--backfill', '--tables', table.name, '--dates', dates.slice(-2).join(',')],
      ...['--warehouse', warehouse],
    ]);

    expect([table.name, exitCode]).toEqual([table.name, 5]);
    expect(stdout).toMatch(/help: .*backcourt (run|ingest) /);
    expect(differingUnits(before, await partitionHashes(warehouse))).toEqual([]);
    expect(await cellOf(warehouse, `SELECT COUNT(*) FROM ${table.dataset}.${table.name}`)).toBe(
      '0',
    );
    blockedTables += 1;
  }
  expect(blockedTables).toBeGreaterThan(1);
});

test('4. order not enforced: a small slate and the first weeks are no failures', async () => {
  const { computed, dates } = season();
  const [smallest] = await queryFile(
    computed,
    'SELECT CAST(game_date AS VARCHAR), COUNT(*) FROM nba_raw.schedule GROUP BY ALL ORDER BY 2, 1 LIMIT 1',
  );
  expect(Number(smallest?.[1])).toBeLessThanOrEqual(3);
  const states = await queryFile(
    computed,
    `SELECT DISTINCT state FROM backcourt.partitions
WHERE partition_date = '${smallest?.[0]}' OR partition_date <= '${dates[8]}'`,
  );
  expect(states.flat().sort()).toEqual(['done', 'empty']);
});

test('10. expected-empty called missing: bootstrap, days without games and all is well', async () => {
  const { computed, dates } = season();
  const warehouse = copyOf(computed);
  const first = dates[0] ?? '';
  const dayOff = await firstDayOff(dates);
  const again = await backcourt([
    ...['run', '--backfill', '--start-date', first, '--end-date', dates.at(-1) ?? ''],
    ...['--warehouse', warehouse],
  ]);
  const { lines } = await prepare(['status', '--missing', '--failed', '--warehouse', warehouse]);

  expect([again.exitCode, again.lines.at(-1)]).toEqual([0, 'nothing to do']);
  expect(again.stdout).toContain(`Skipping ${first} (bootstrap period)`);
  expect(again.stdout).toContain(`Skipping ${dayOff} (no games scheduled)`);
  const computedListed = lines.filter((line) => /^(?!shots )\w+ {2}[a-z_]+ {2}\d{4}-/.test(line));
  expect(computedListed).toEqual([]);
  expect(lines.join()).not.toMatch(/\d+ (missing|failed|blocked|not_loaded)/);
});

async function firstDayOff(dates: readonly string[]): Promise<string> {
  let day = dates[0] ?? '';
  while (dates.includes(day)) day = addDays(day, 1);
  return day;
}
