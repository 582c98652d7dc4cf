import { join } from 'node:path';
import { expect, test } from 'vitest';
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
    `SELECT event_id, bookmaker, player_lookup, CAST(tipoff_at AS VARCHAR), CAST(captured_at AS VARCHAR), market, CAST(line AS VARCHAR)
FROM nba_raw.player_props ORDER BY ALL`,
  );

test('a points line is stored under the lookup of its player; other markets are counted', async () => {
  const warehouse = newWarehouse();
  const { exitCode, lines } = await loadRows(folder, warehouse, 'player-props', [
    prop(),
    prop({ market: 'Points', line: 27 }),
    prop({ market: 'player_assists', line: 9.5 }),
    prop({ market: 'rebounds', line: 12.5 }),
  ]);

  expect(exitCode).toBe(0);
  expect(await propsOf(warehouse)).toEqual([
    ['e1', 'DraftKings', 'nikolajokic', null, null, 'points', '26.5'],
    ['e1', 'DraftKings', 'nikolajokic', null, null, 'points', '27.0'],
  ]);
  expect(lines).toContain(
    'dropped from player_props: 2 rows: of another market than points (player_assists, rebounds)',
  );
});

test.each([
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
])('%s is known as %s', async (name, lookup) => {
  const warehouse = newWarehouse();
  await loadRows(folder, warehouse, 'player-props', [prop({ player_name: name })]);

  expect((await propsOf(warehouse)).map((row) => row[2])).toEqual([lookup]);
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

test('the two sides of a line in an archive are one row, repeated or not', async () => {
  const warehouse = newWarehouse();
  const file = await writeParquet(folder, 'sides.parquet', [
    side(),
    side({ side: 'Under', price: -119 }),
    side({ side: 'Under', player: 'Jimmy Butler III' }),
    side({ commence_time: '2023-10-25T23:30:00Z' }),
    side({ line: 22.5 }),
    side({ market: 'player_rebounds', line: 5.5 }),
  ]);
  const { exitCode, lines } = await backcourt([
    ...['ingest', 'player-props', file, '--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(0);
  expect(await propsOf(warehouse)).toEqual([
    // Of two tip-offs the earlier one.
    ['o1', 'PrizePicks', 'jimmybutleriii', '2023-10-25 23:30:00+00', null, 'points', '21.5'],
    ['o1', 'PrizePicks', 'jimmybutleriii', '2023-10-25 23:40:00+00', null, 'points', '22.5'],
  ]);
  expect(lines).toContain(
    'dropped from player_props: 3 rows: the other side or a repetition of a line that is kept',
  );
  expect(lines).toContain(
    'dropped from player_props: 1 row: of another market than points (player_rebounds)',
  );
});
