import { afterAll, beforeAll, expect, test } from 'vitest';
import { gameDate } from '../../src/calendar/game-date.ts';
import { makeSeasonCalendar } from '../../src/calendar/season-calendar.ts';
import { batchContext } from '../../src/run/stage/batch-context.ts';
import { stagedSelect } from '../../src/table/staged-select.ts';
import { columnsRead } from '../../src/table/table-definition.ts';
import { loadTables, type TableRegistry } from '../../src/table/table-registry.ts';
import { unitOptions } from '../../src/table/unit-options.ts';
import { createStatements } from '../../src/warehouse/duckdb/ddl.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { makeWindowResolver } from '../../src/window/window-dates.ts';
import { openMemoryWarehouse } from '../support/memory-warehouse.ts';

/**
 * What an input declares to read it is given and nothing else, so that too little is an error of the
 * query. Too much is no error, but makes dates stale for nothing: each declared column must be needed.
 */
const day = gameDate('2023-11-15');
const calendar = makeSeasonCalendar([
  { date: day, seasonYear: 2023, games: 1, teams: ['BOS', 'NYK'], finalTeams: [] },
]);
const targets = [
  {
    date: day,
    seasonYear: 2023,
    seasonStart: gameDate('2023-10-24'),
    unbrokenSince: gameDate('2023-10-24'),
  },
];
let warehouse: DuckDbWarehouse;
let registry: TableRegistry;

beforeAll(async () => {
  registry = await loadTables();
  warehouse = await openMemoryWarehouse();
  await warehouse.commit(createStatements(registry.all));
});
afterAll(() => warehouse.close());

test('every column that an input declares is read, and none besides', async () => {
  let needed = 0;
  for (const table of registry.computed) {
    const windows = makeWindowResolver(calendar);
    const context = batchContext(
      warehouse.dialect,
      { tables: registry, windows },
      table,
      unitOptions(table, {}),
      targets,
    );
    const explain = (input: (name: string) => string) =>
      warehouse.query(`EXPLAIN ${stagedSelect(table, { ...context, input }, targets)}`);
    await explain(context.input);
    for (const input of table.inputs) {
      const stored = registry.get(input.table);
      if (!stored || input.columns === undefined || input.columns === 'keys') continue;
      for (const column of columnsRead(stored, input)) {
        const without = (name: string) =>
          name === input.table
            ? `(SELECT * EXCLUDE (${column}) FROM ${context.input(name)})`
            : context.input(name);
        const readsIt = await explain(without).then(
          () => 'not read',
          (error: Error) => error.message,
        );
        expect([table.name, input.table, column, readsIt]).toEqual([
          table.name,
          input.table,
          column,
          expect.stringContaining(`"${column}"`),
        ]);
        needed += 1;
      }
    }
  }
  expect(needed).toBeGreaterThan(50);
});
