import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SourceRow } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes, queryFile } from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('player-props');
let warehouses = 0;

function newWarehouse(): string {
  warehouses += 1;
  return join(folder, `${warehouses}.duckdb`);
}

const prop = (more: SourceRow = {}): SourceRow => ({
  event_id: 'e1',
  bookmaker: 'DraftKings',
  player_name: 'Nikola Jokić',
  game_date: '2023-10-24',
  market: 'points',
  line: 26.5,
  ...more,
});

const propsOf = (warehouse: string) =>
  queryFile(
    warehouse,
    `SELECT event_id, bookmaker, player_lookup, CAST(tipoff_at AS VARCHAR), CAST(captured_at AS VARCHAR), market, CAST(line AS VARCHAR), CAST(over_price AS VARCHAR), CAST(under_price AS VARCHAR)
FROM nba_raw.player_props ORDER BY ALL`,
  );

test('a line of every market is stored under the lookup of its player, by our name of the market', async () => {
  const warehouse = newWarehouse();
  const { exitCode } = await loadRows(folder, warehouse, 'player-props', [
    prop(),
    prop({ market: 'Points', line: 27 }),
    prop({ market: 'player_assists', line: 9.5 }),
    prop({ market: 'player_points_rebounds_assists', line: 48.5 }),
    prop({ market: 'PRA', line: 49.5 }),
    prop({ market: 'player_Points_Alternate', line: 30 }),
  ]);

  expect(exitCode).toBe(0);
  const stored = (market: string, line: string) => [
    ...['e1', 'DraftKings', 'nikolajokic', null, null, market, line, null, null],
  ];
  expect(await propsOf(warehouse)).toEqual([
    stored('assists', '9.5'),
    stored('points', '26.5'),
    stored('points', '27.0'),
    stored('points_alternate', '30.0'),
    stored('pra', '48.5'),
    stored('pra', '49.5'),
  ]);
});

test('a market that has no lines is dropped and counted; one of ours must have them', async () => {
  const warehouse = newWarehouse();
  const { exitCode, lines } = await loadRows(folder, warehouse, 'player-props', [
    prop(),
    prop({ market: 'player_double_double', line: '' }),
    prop({ market: 'player_first_basket', line: 'yes' }),
    prop({ game_date: '2023-10-25', market: 'player_steals', line: '' }),
  ]);

  expect(exitCode).toBe(3);
  expect((await propsOf(warehouse)).map((row) => row[5])).toEqual(['points']);
  expect(lines).toContain(
    'dropped from player_props: 2 rows without a line, of markets that have none (double_double, first_basket)',
  );
  expect(lines).toContainEqual(expect.stringContaining('row 4: line is missing'));
});

describe('a load of many props', () => {
  const prices = [
    ['-110', '1.9091'],
    ['+150', '2.5000'],
    ['100', '2.0000'],
    ['-100', '2.0000'],
    ['-10000', '1.0100'],
    ['−120', '1.8333'],
    ['1.87', '1.8700'],
    ['1,87', '1.8700'],
    ['99.5', '99.5000'],
    ['1', null],
    ['0', null],
    ['-1.5', null],
    ['EVEN', null],
    ['99999999', null],
    ['', null],
  ] as const;
  const names = [
    ['Derrick Jones', 'derrickjonesjr'],
    ['Jimmy Butler', 'jimmybutleriii'],
    ['Herb Jones', 'herbertjones'],
    ['Nicolas Claxton', 'nicclaxton'],
    ['Carlton Carrington', 'bubcarrington'],
    ['Isaiah Stewart II', 'isaiahstewart'],
    ['BJ Boston Jr.', 'brandonboston'],
    ['Moe Wagner', 'moritzwagner'],
    ['Ron Holland', 'ronaldhollandii'],
    ['Bruce Brown Jr.', 'brucebrown'],
    ['James Huff', 'jayhuff'],
    ['Paul Reed Jr.', 'paulreed'],
  ] as const;
  /** What is stored, by event: each prop is of an event of its own. */
  let stored: ReadonlyMap<unknown, Awaited<ReturnType<typeof propsOf>>[number]>;

  beforeAll(async () => {
    const warehouse = newWarehouse();
    const { exitCode } = await loadRows(folder, warehouse, 'player-props', [
      ...prices.map(([price]) =>
        prop({ event_id: `price ${price}`, over_price: price, under_price: '' }),
      ),
      ...names.map(([name]) => prop({ event_id: `name ${name}`, player_name: name })),
    ]);
    expect(exitCode).toBe(0);
    const rows = await propsOf(warehouse);
    expect(rows).toHaveLength(prices.length + names.length);
    stored = new Map(rows.map((row) => [row[0], row]));
  });

  test.each(prices)('a price of "%s" is %s', (price, odds) => {
    expect(stored.get(`price ${price}`.trim())?.slice(7)).toEqual([odds, null]);
  });

  test.each(names)('%s is known as %s', (name, lookup) => {
    expect(stored.get(`name ${name}`)?.[2]).toBe(lookup);
  });
});

test('a file of lookups gives the same as one of names; the id of a namesake stays', async () => {
  const [names, lookups] = [newWarehouse(), newWarehouse()];
  await loadRows(folder, names, 'player-props', [prop({ player_name: 'Jimmy Butler' })]);
  const { player_name: _, ...row } = prop();
  await loadRows(folder, lookups, 'player-props', [{ ...row, player_lookup: 'jimmybutler' }]);
  expect(differingUnits(await partitionHashes(names), await partitionHashes(lookups))).toEqual([]);

  const namesake = newWarehouse();
  await loadRows(folder, namesake, 'player-props', [{ ...row, player_lookup: 'someone_1630' }]);
  expect((await propsOf(namesake)).map((stored) => stored[2])).toEqual(['someone_1630']);
});

test('a line that was captured after tip-off is dropped and counted', async () => {
  const warehouse = newWarehouse();
  const tipoff_at = '2023-10-24T23:30:00Z';
  const { exitCode, lines } = await loadRows(folder, warehouse, 'player-props', [
    prop({ tipoff_at, captured_at: '2023-10-24T23:30:00Z' }),
    prop({ tipoff_at, captured_at: '2023-10-24T23:30:01Z', line: 8.5 }),
  ]);

  expect(exitCode).toBe(0);
  expect(lines).toContain('dropped from player_props: 1 row: captured after tip-off');
  expect((await propsOf(warehouse)).map((row) => row[6])).toEqual(['26.5']);
});

const side = (more: SourceRow = {}): SourceRow => ({
  player: 'Jimmy Butler',
  market: 'player_points',
  bookmaker: 'PrizePicks',
  side: 'Over',
  line: 21.5,
  price: -137,
  home_team: 'Miami Heat',
  away_team: 'Detroit Pistons',
  odds_event_id: 'o1',
  commence_time: '2023-10-25T23:40:00Z',
  game_date_et: '2023-10-25',
  ...more,
});

test('the two sides of a line in an archive are one row with both prices, wherever they stand', async () => {
  const rows = [
    side(),
    side({ line: 22.5, price: 250 }),
    side({ side: 'Under', price: -119 }),
    side({ market: 'player_rebounds', side: 'Under', line: 5.5, price: 100 }),
    // Given twice: the lower price counts, and of two tip-offs the earlier one.
    side({ side: 'Under', player: 'Jimmy Butler III', price: -125 }),
    side({ commence_time: '2023-10-25T23:30:00Z' }),
  ];
  const [warehouse, reversed] = [newWarehouse(), newWarehouse()];
  const file = await writeParquet(folder, 'sides.parquet', rows);
  const { exitCode, lines } = await backcourt([
    ...['ingest', 'player-props', file, '--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(0);
  const [early, late] = ['2023-10-25 23:30:00+00', '2023-10-25 23:40:00+00'];
  const stored = (tipoff: string, ...values: readonly (string | null)[]) => [
    ...['o1', 'PrizePicks', 'jimmybutleriii', tipoff, null, ...values],
  ];
  expect(await propsOf(warehouse)).toEqual([
    stored(early, 'points', '21.5', '1.7299', '1.8000'),
    stored(late, 'points', '22.5', '3.5000', null),
    stored(late, 'rebounds', '5.5', null, '2.0000'),
  ]);
  expect(lines).toContain(
    'dropped from player_props: 3 rows: the other side or a repetition of a line that is kept',
  );

  const turned = await writeParquet(folder, 'turned.parquet', rows.toReversed());
  await backcourt(['ingest', 'player-props', turned, '--warehouse', reversed]);
  expect(differingUnits(await partitionHashes(warehouse), await partitionHashes(reversed))).toEqual(
    [],
  );
});

test('the sides of a line may stand in two files, and both are used', async () => {
  const warehouse = newWarehouse();
  const over = await writeParquet(folder, 'over.parquet', [side()]);
  const under = await writeParquet(folder, 'under.parquet', [side({ side: 'Under', price: 100 })]);
  const { exitCode, lines } = await backcourt([
    ...['ingest', 'player-props', over, under, '--warehouse', warehouse],
  ]);

  expect([exitCode, lines.filter((line) => line.startsWith('nothing'))]).toEqual([0, []]);
  expect((await propsOf(warehouse)).map((row) => row.slice(5))).toEqual([
    ['points', '21.5', '1.7299', '2.0000'],
  ]);
});
