import { expect, test } from 'vitest';
import { compileTable } from '../../src/measures/compile-table.ts';
import type { Games, OwnMeasure, Where } from '../../src/measures/measure-words.ts';
import * as m from '../../src/measures/measure-words.ts';
import { playerTable, teamTable } from '../../src/measures/own-table.ts';
import { qualifiedName, type TableDefinition } from '../../src/table/table-definition.ts';
import { makeTableRegistry } from '../../src/table/table-registry.ts';
import { createStatements } from '../../src/warehouse/duckdb/ddl.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { printedSeed, randomNumbers } from '../support/random-numbers.ts';
import { disturbedLeague } from './disturbed-league.ts';
import { backfillEverything } from './filled-warehouse.ts';
import { measuredRows, type OracleInput, type TextRow } from './own-measures-oracle.ts';
import { productRows } from './product-rows.ts';

const league = disturbedLeague();

const playerGames = 'player_game_summary';
const offense = 'team_offense_game_summary';
const defense = 'team_defense_game_summary';
/** INT64 and NUMERIC, NULL or not, below zero too, and TRUE or FALSE. */
const playerColumns = [
  'points',
  'steals',
  'usage_rate',
  'seconds_played',
  'plus_minus',
  'win_flag',
  'home_game',
  'ts_pct',
];
const offenseColumns = [
  'points_scored',
  'pace',
  'offensive_rating',
  'margin_of_victory',
  'win_flag',
];
const defenseColumns = ['points_allowed', 'defensive_rating', 'opp_fg_attempts'];

test('random measures of every kind are what plain loops over the rows make of them', async () => {
  const { tables, warehouse } = league();
  expect((await backfillEverything(tables, warehouse)).failed).toEqual([]);
  const random = randomNumbers(printedSeed('own measures'));
  const place = { file: 'own.ts', dataset: 'my_tables' };
  const purpose = 'Made up.';
  const players = playerTable({
    name: 'own_players',
    purpose,
    measures: randomMeasures('player', random),
  });
  const teams = teamTable({ name: 'own_teams', purpose, measures: randomMeasures('team', random) });
  const own = [players, teams].map((each) => compileTable(tables, each, place));
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

function randomMeasures(each: 'player' | 'team', random: () => number): readonly OwnMeasure[] {
  const pick = <T>(items: readonly [T, ...T[]] | readonly T[]): T =>
    items[Math.floor(random() * items.length)] as T;
  const chance = (share: number) => random() < share;
  const over = (): Games =>
    pick([
      m.lastGames(1),
      m.lastGames(3),
      m.lastGames(10),
      m.lastDays(1),
      m.lastDays(14),
      m.seasonToDate,
    ]);
  const table = () => (each === 'player' && chance(0.6) ? playerGames : pick([offense, defense]));
  const columnsOf = (name: string) =>
    name === playerGames ? playerColumns : name === offense ? offenseColumns : defenseColumns;
  const where = (name: string): { readonly where?: Where } =>
    chance(0.6) ? {} : { where: name === playerGames ? playerWhere() : { win_flag: chance(0.5) } };
  const playerWhere = (): Where =>
    pick<Where>([
      { home_game: true },
      { home_game: false, points: { atLeast: 8 } },
      { usage_rate: { atLeast: 10.5, atMost: 25 } },
      { points: 4 },
    ]);
  const whose = (name: string) =>
    name !== playerGames && chance(0.4) ? ({ whose: 'opponent' } as const) : {};
  const least = () => (chance(0.3) ? { minGames: 3 } : {});
  const names = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}_${index}`);
  const ofGames = (name: string) => ({ over: over(), ...where(name), ...whose(name), ...least() });
  const column = (name: string): m.ColumnName =>
    name === playerGames && chance(0.2)
      ? `${name}.points + ${name}.usage_rate`
      : `${name}.${pick(columnsOf(name))}`;
  const decimals = () => Math.floor(random() * 4);
  const units = () => (chance(0.3) ? { dividedBy: 60 } : {});

  const first: OwnMeasure[] = [
    ...names('avg', 10).map((name) => {
      const of = table();
      return m.average(name, { of: column(of), ...ofGames(of), decimals: decimals(), ...units() });
    }),
    ...names('dev', 4).map((name) => {
      const of = table();
      return m.deviation(name, { of: column(of), ...ofGames(of), decimals: decimals() });
    }),
    ...names('sum', 4).map((name) => {
      const of = table();
      return pick([m.total, m.highest, m.lowest])(name, { of: column(of), ...ofGames(of) });
    }),
    ...names('rate', 4).map((name) => {
      const of = table();
      const per = pick(columnsOf(of));
      return m.rate(name, {
        of: column(of),
        per,
        times: pick([1, 36, 100]),
        ...ofGames(of),
        decimals: decimals(),
      });
    }),
    ...names('n', 3).map((name) => {
      const of = table();
      return m.games(name, { of, ...ofGames(of) });
    }),
    ...names('trend', 3).map((name) => {
      const of = table();
      const windows = { short: m.lastGames(2), long: pick([m.lastGames(8), m.seasonToDate]) };
      return m.trend(name, {
        of: column(of),
        ...windows,
        ...where(of),
        ...whose(of),
        ...least(),
        decimals: decimals(),
        ...units(),
      });
    }),
    ...names('last', 3).map((name) => {
      const of = table();
      return m.last(name, { of: column(of), ...whose(of) });
    }),
    ...names('streak', 2).map((name) => {
      const of = each === 'player' ? playerGames : offense;
      const condition = of === playerGames ? playerWhere() : { win_flag: chance(0.5) };
      return m.streak(name, { of, where: condition });
    }),
    m.value('rest', {
      of:
        each === 'player'
          ? 'upcoming_player_game_context.days_rest'
          : 'upcoming_team_game_context.team_days_rest',
    }),
    m.value('their_number', {
      of: 'upcoming_team_game_context.game_number_in_season',
      whose: 'opponent',
    }),
    m.value('zone_games', { of: 'team_defense_zone_analysis.games_in_sample', whose: 'opponent' }),
  ];
  const numbers = first.map(({ name }) => name).filter((name) => /^(avg|sum|n|rate)_/.test(name));
  const derived: OwnMeasure[] = [
    ...names('rank', 3).map((name) =>
      m.rank(name, {
        of: pick(numbers),
        among: pick(['date', 'team', 'game'] as const),
        first: pick(['highest', 'lowest'] as const),
      }),
    ),
    ...names('diff', 2).map((name) =>
      m.difference(name, { of: pick(numbers), minus: pick(numbers) }),
    ),
    ...(each === 'team'
      ? []
      : [
          m.teammatesTotal('mates_total', { of: pick(numbers) }),
          m.teammatesAverage('mates_average', { of: pick(numbers), decimals: 2 }),
        ]),
  ];
  return [...first, ...derived];
}
