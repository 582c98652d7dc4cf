import { expect, test } from 'vitest';
import { qualifiedName, type TableDefinition } from '../../src/table/table-definition.ts';
import { makeTableRegistry } from '../../src/table/table-registry.ts';
import { createStatements } from '../../src/warehouse/duckdb/ddl.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { randomTables } from '../support/random-measures.ts';
import { printedSeed, randomNumbers } from '../support/random-numbers.ts';
import { disturbedLeague } from './disturbed-league.ts';
import { backfillEverything } from './filled-warehouse.ts';
import { measuredRows, type OracleInput, type TextRow } from './own-measures-oracle.ts';
import { productRows } from './product-rows.ts';

const league = disturbedLeague();

const playerGames = 'player_game_summary';
const offense = 'team_offense_game_summary';
const defense = 'team_defense_game_summary';

test('random measures of every kind are what plain loops over the rows make of them', async () => {
  const { tables, warehouse } = league();
  expect((await backfillEverything(tables, warehouse)).failed).toEqual([]);
  const random = randomNumbers(printedSeed('own measures'));
  const { players, teams, own } = randomTables(tables, random);
  const registry = makeTableRegistry([...tables.all, ...own]);
  await warehouse.commit(createStatements(own));
  // A few days in one statement: that windows end before each of them, and not before the first, is half of it.
  const summary = await backfillEverything(registry, warehouse, {
    tableNames: own.map(({ name }) => name),
    batchDays: 9,
  });
  expect([summary.failedTables.map(({ fault }) => fault), summary.failed, summary.blocked]).toEqual(
    [[], [], []],
  );

  const rows = new Map<string, readonly TextRow[]>();
  for (const name of [
    ...[playerGames, offense, defense, 'team_defense_zone_analysis'],
    ...['upcoming_player_game_context', 'upcoming_team_game_context'],
  ]) {
    rows.set(name, await textRows(warehouse, tables.table(name)));
  }
  const input: OracleInput = {
    tables: new Map(tables.all.map((table) => [table.name, table])),
    rows,
  };
  const different: string[] = [];
  let cells = 0;
  let known = 0;
  for (const [declared, key, spineName] of [
    [players, 'universal_player_id', 'upcoming_player_game_context'],
    [teams, 'team_abbr', 'upcoming_team_game_context'],
  ] as const) {
    const stored = await productRows(warehouse, registry.table(declared.name));
    const spines = Map.groupBy(input.rows.get(spineName) ?? [], (row) => row['game_date'] ?? '');
    expect(stored.size).toBe(spines.size);
    for (const [date, spine] of spines) {
      // A row a date is enough to find what is wrong with a measure, but its neighbours make ranks.
      const expected = measuredRows(input, declared.measures, spine);
      const products = new Map(stored.get(date)?.map((one) => [one[key], one]));
      for (const [index, row] of spine.entries()) {
        const product = products.get(row[key] ?? '');
        for (const [name, value] of expected[index] ?? []) {
          cells += 1;
          if (value !== '\\N') known += 1;
          if (product?.[name] === value || different.length > 20) continue;
          const said = JSON.stringify(declared.measures.find((each) => each.name === name));
          different.push(`${date} ${row[key]}: ${product?.[name]}, plain loops ${value}: ${said}`);
        }
      }
    }
  }
  expect(different).toEqual([]);
  expect(cells).toBeGreaterThan(20_000);
  expect(known / cells).toBeGreaterThan(0.3);
});

async function textRows(warehouse: Warehouse, table: TableDefinition): Promise<readonly TextRow[]> {
  const plain = table.columns.filter(({ type }) => type.kind !== 'ARRAY');
  const columns = plain.map(({ name }) => `CAST(${name} AS STRING) AS ${name}`);
  const rows = await warehouse.query(`SELECT ${columns.join(', ')} FROM ${qualifiedName(table)}`);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        value === null ? undefined : String(value),
      ]),
    ),
  );
}
