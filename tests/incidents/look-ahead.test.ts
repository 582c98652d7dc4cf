/** Incident 7: what nobody knew before the first game of a date is in none of its features. */

import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameDate } from '../../src/calendar/game-date.ts';
import { batchContext } from '../../src/run/stage/batch-context.ts';
import { stagedSelect } from '../../src/table/staged-select.ts';
import { type ComputedTable, qualifiedName } from '../../src/table/table-definition.ts';
import { isComputed, loadTables, type TableRegistry } from '../../src/table/table-registry.ts';
import { targetDate } from '../../src/table/target-dates.ts';
import { unitOptions } from '../../src/table/unit-options.ts';
import { makeRunEngine } from '../../src/world/run-engine.ts';
import { withOpenFile } from '../support/run-tables.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { cellOf } from '../support/warehouse-file.ts';

const folder = tempFolder('look-ahead');
const season = smallSeason(folder);
const clock = {
  now: () => '2026-01-15T12:00:00Z',
  today: () => gameDate('2026-01-15'),
  elapsedMs: () => performance.now(),
};
const playedTables: readonly string[] = ['player_box', 'shots', 'game_results'];

/** Whether rows of a date are made of what happened on that date. */
function tellsTheGame(registry: TableRegistry, name: string): boolean {
  if (playedTables.includes(name)) return true;
  // Derived from the box scores for want of a schedule, but known long before.
  if (name === 'schedule') return false;
  const table = registry.get(name);
  if (!table || !isComputed(table)) return false;
  return table.inputs.some(
    ({ table: input, windows }) =>
      windows.some(({ kind }) => kind === 'sameDay') && tellsTheGame(registry, input),
  );
}

/** Digest of the rows that a table would get for a date from what stands in a warehouse. */
async function digests(
  path: string,
  registry: TableRegistry,
  tables: readonly ComputedTable[],
  day: string,
): Promise<readonly (readonly unknown[])[]> {
  return withOpenFile(path, async (warehouse) => {
    const engine = await makeRunEngine(warehouse, registry, clock, '0.0.0');
    const target = [targetDate(engine.world.calendar, gameDate(day))];
    const found: (readonly unknown[])[] = [];
    for (const table of tables) {
      const context = batchContext(
        warehouse.dialect,
        engine.world,
        table,
        unitOptions(table, {}),
        target,
      );
      const [row] = await warehouse.query(
        `SELECT COUNT(*) AS n, CAST(bit_xor(hash(computed)) AS VARCHAR) AS digest
FROM (${stagedSelect(table, context, target)}) AS computed`,
      );
      found.push([table.name, row?.['n'], row?.['digest']]);
    }
    return found;
  });
}

/** A copy in which everything that happened from a date on is gone, or is told otherwise. */
async function withFuture(
  registry: TableRegistry,
  day: string,
  fate: 'gone' | 'noise',
): Promise<string> {
  const path = join(tempFolderOfTest('future'), 'w.duckdb');
  copyFileSync(season().computed, path);
  await withOpenFile(path, async (warehouse) => {
    for (const table of registry.all) {
      if (!tellsTheGame(registry, table.name)) continue;
      const later = `${table.partition} >= DATE '${day}'`;
      // Numbers that mean nothing in every column that is no part of what the row is about.
      const noise = table.columns
        .filter(
          ({ name, type }) =>
            ['INT64', 'NUMERIC'].includes(type.kind) &&
            !table.key.includes(name) &&
            name !== 'season_year',
        )
        .map(({ name }) => `${name} = ${name} + 1`);
      await warehouse.run(
        fate === 'gone' || noise.length === 0
          ? `DELETE FROM ${qualifiedName(table)} WHERE ${later}`
          : `UPDATE ${qualifiedName(table)} SET ${noise.join(', ')} WHERE ${later}`,
      );
    }
  });
  return path;
}

test.each(['gone', 'noise'] as const)(
  '7. look-ahead: 72 % of the values leaked; with the games of the date and all later ones %s, its features are the same',
  async (fate) => {
    const registry = await loadTables();
    const told = registry.computed.filter(({ name }) => tellsTheGame(registry, name));
    const before = registry.computed.filter(({ name }) => !tellsTheGame(registry, name));
    expect(before.length).toBeGreaterThan(2);
    for (const day of season().dates.slice(-4, -2)) {
      const future = await withFuture(registry, day, fate);
      const known = await digests(season().computed, registry, before, day);
      expect(known.filter(([, rows]) => Number(rows) > 0).length).toBeGreaterThan(2);
      expect(await digests(future, registry, before, day)).toEqual(known);
      // The probe sees something: what tells the games themselves is another.
      const games = await digests(season().computed, registry, told, day);
      expect(await digests(future, registry, told, day)).not.toEqual(games);
    }
  },
);

test('7. look-ahead: a definition whose window includes the date does not survive the probe', async () => {
  const registry = await loadTables();
  const name = 'team_defense_zone_analysis';
  const honest = registry.computed.filter((table) => table.name === name);
  const leaky = honest.map((table) => ({
    ...table,
    inputs: table.inputs.map((input) => ({
      ...input,
      windows: [...input.windows, { kind: 'sameDay' } as const],
    })),
    rowsSql: (context: Parameters<ComputedTable['rowsSql']>[0]) =>
      table
        .rowsSql(context)
        .replaceAll(/(\.game_date) < (target_dates\.analysis_date)/g, '$1 <= $2')
        .replaceAll(/(DATE '9999-12-31'\)) >= (target_dates\.analysis_date)/g, '$1 > $2'),
  }));
  const day = season().dates.at(-3) ?? '';
  const future = await withFuture(registry, day, 'noise');
  expect(await digests(future, registry, honest, day)).toEqual(
    await digests(season().computed, registry, honest, day),
  );
  expect(await digests(future, registry, leaky, day)).not.toEqual(
    await digests(season().computed, registry, leaky, day),
  );
});

test('7. look-ahead: the players of a date are those who may play, not those who did', async () => {
  const { computed, dates } = season();
  const day = dates.at(-2) ?? '';
  const played = `SELECT player_id FROM nba_raw.player_box WHERE game_date = '${day}'`;
  const listed = `SELECT universal_player_id FROM nba_analytics.upcoming_player_game_context WHERE game_date = '${day}'`;
  const ids = await cellOf(computed, `SELECT COUNT(*) FROM (${listed})`);
  expect(Number(ids)).toBeGreaterThan(20);
  // Somebody who sat out is listed all the same.
  const absent = await cellOf(
    computed,
    `SELECT COUNT(*) FROM (${listed}) AS l WHERE CAST(universal_player_id AS VARCHAR) NOT IN (SELECT CAST(player_id AS VARCHAR) FROM (${played}))`,
  );
  expect(Number(absent)).toBeGreaterThan(0);
});

test.each([
  ['upcoming_player_game_context', 'points'],
  ['ml_feature_store_v2', 'points'],
  ['ml_feature_store_v2', 'pra'],
])('7. look-ahead: to %s a line of %s seen after tip-off is none', async (reader, market) => {
  const { computed, dates } = season();
  const day = dates.at(-2) ?? '';
  const path = join(tempFolderOfTest(`lines-${reader}-${market}`), 'w.duckdb');
  copyFileSync(computed, path);
  const registry = await loadTables();
  const [player] = [
    await cellOf(
      path,
      `SELECT MIN(player_lookup) FROM nba_predictions.ml_feature_store_v2 WHERE game_date = '${day}'`,
    ),
  ];
  const insert = (captured: string) =>
    withOpenFile(path, (warehouse) =>
      warehouse.run(
        `DELETE FROM nba_raw.player_props;
INSERT INTO nba_raw.player_props BY NAME SELECT 'e1' AS event_id, 'DraftKings' AS bookmaker, '${player}' AS player_lookup,
  DATE '${day}' AS game_date, TIMESTAMP '${day} 23:30:00' AS tipoff_at, TIMESTAMP '${captured}' AS captured_at, '${market}' AS market, 21.5 AS line, 1.9 AS over_price, 1.9 AS under_price`,
      ),
    );
  const tables = registry.computed.filter(({ name }) => name === reader);
  const without = await digests(path, registry, tables, day);
  await insert(`${day} 23:45:00`);
  expect(await digests(path, registry, tables, day)).toEqual(without);
  await insert(`${day} 23:00:00`);
  expect(await digests(path, registry, tables, day)).not.toEqual(without);
});
