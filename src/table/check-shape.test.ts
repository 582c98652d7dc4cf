import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import { int64, string } from '../sql/column.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { checkShape } from './check-shape.ts';
import type { ComputedTable } from './table-definition.ts';
import { isComputed, loadTables } from './table-registry.ts';

const tables = await loadTables();
let warehouse: DuckDbWarehouse;

beforeAll(async () => {
  warehouse = await openMemoryWarehouse();
});
afterAll(() => warehouse.close());

const faultsOf = (table: ComputedTable) =>
  checkShape(warehouse.describe, warehouse.dialect, tables, table);

it.each(tables.all.filter(isComputed).map((table) => [table.name, table] as const))(
  '%s reads what it declares and yields what it declares',
  async (_, table) => {
    expect(await faultsOf(table)).toEqual([]);
  },
);

describe('a fault names folder and column', () => {
  const table = tables.get('player_daily_cache') as ComputedTable;
  const folder = 'data_processors/precompute/player_daily_cache';
  const withSql = (change: (sql: string) => string): ComputedTable => ({
    ...table,
    rowsSql: (context) => change(table.rowsSql(context)),
  });
  /** The table with its inputs narrowed: of one input some columns less. */
  const without = (input: string, columns: readonly string[]): ComputedTable => ({
    ...table,
    inputs: table.inputs.map((declared) =>
      declared.table === input && Array.isArray(declared.columns)
        ? { ...declared, columns: declared.columns.filter((name) => !columns.includes(name)) }
        : declared,
    ),
  });

  it('of a column that is declared and not made', async () => {
    const columns = [...table.columns, int64('steals_avg_last_10', '')];
    expect(await faultsOf({ ...table, columns })).toEqual([
      `${folder} yields no column steals_avg_last_10, which it declares`,
    ]);
  });

  it('of a column that is made and not declared', async () => {
    const columns = table.columns.filter(({ name }) => name !== 'universal_player_id');
    expect(await faultsOf({ ...table, columns })).toEqual([
      `${folder} yields a column universal_player_id, which it does not declare`,
    ]);
  });

  it('of another type', async () => {
    const columns = table.columns.map((column) =>
      column.name === 'universal_player_id' ? int64(column.name, '') : column,
    );
    expect(await faultsOf({ ...table, columns })).toEqual([
      `${folder} yields universal_player_id as STRING, not as INT64`,
    ]);
  });

  it('of every input column that is read and not declared, and of what is wrong besides', async () => {
    const narrowed = without('player_game_summary', ['usage_rate', 'fg_attempts']);
    const columns = [...table.columns, string('motto', '')];
    expect([...(await faultsOf({ ...narrowed, columns }))].sort()).toEqual([
      `${folder} reads player_game_summary.fg_attempts, which its input does not declare`,
      `${folder} reads player_game_summary.usage_rate, which its input does not declare`,
      `${folder} yields no column motto, which it declares`,
    ]);
  });

  it('of the input where two have a column of that name', async () => {
    expect(await faultsOf(without('team_offense_game_summary', ['pace']))).toEqual([
      `${folder} reads team_offense_game_summary.pace, which its input does not declare`,
    ]);
  });

  it('of an input, an option and a column that there are not', async () => {
    const inputs = table.inputs.filter((input) => input.table !== 'game_results');
    const [undeclared] = await faultsOf({ ...table, inputs });
    expect(undeclared).toContain(
      `${folder} holds SQL that is wrong: the input game_results is not`,
    );
    const [option] = await faultsOf({ ...table, options: [] });
    expect(option).toMatch(/holds SQL that is wrong: the option \w+ is not declared/);
    const [typo] = await faultsOf(
      withSql((sql) => `SELECT rows.*, usage_rat FROM (${sql}) AS rows`),
    );
    expect(typo).toMatch(/holds SQL that is wrong: .*usage_rat/);
  });
});
