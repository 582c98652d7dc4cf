import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { makeLedgerSnapshot } from './ledger-snapshot.ts';
import { fetchSchedule, toCalendar } from './read-schedule.ts';

let warehouse: DuckDbWarehouse;
beforeAll(async () => {
  warehouse = await openMemoryWarehouse();
  await warehouse.commit([
    'CREATE SCHEMA nba_raw',
    'CREATE SCHEMA backcourt',
    `CREATE TABLE nba_raw.schedule (nba_game_id VARCHAR, game_date DATE, season_year BIGINT, game_type VARCHAR,
      team_a_abbr VARCHAR, team_b_abbr VARCHAR, home_team_abbr VARCHAR, away_team_abbr VARCHAR)`,
    `CREATE TABLE nba_raw.game_results (nba_game_id VARCHAR, game_date DATE, status VARCHAR,
      home_points BIGINT, away_points BIGINT)`,
    "CREATE TABLE backcourt.warehouse AS SELECT 'real' AS data_kind",
  ]);
});
afterAll(() => warehouse.close());

/** Games `from` to `to` of a season by their numbers, eight a day. */
async function isGuess(seasonYear: number, ...numbers: readonly (readonly [number, number])[]) {
  const games = numbers.map(
    ([from, to]) => `SELECT n FROM range(${from}, ${to + 1}) AS numbers(n)`,
  );
  await warehouse.commit([
    'DELETE FROM nba_raw.schedule',
    `INSERT INTO nba_raw.schedule SELECT '002' || lpad(CAST(${seasonYear} % 100 AS VARCHAR), 2, '0') || lpad(CAST(n AS VARCHAR), 5, '0'),
  DATE '${seasonYear}-12-22' + CAST(n // 8 AS INTEGER), ${seasonYear}, 'regular_season', 'BOS', 'NYK', NULL, NULL
FROM (${games.join(' UNION ALL ')})`,
  ]);
  const calendar = toCalendar(await fetchSchedule(warehouse), makeLedgerSnapshot([]));
  return calendar.season(seasonYear)?.startIsGuess;
}

test('the start of a season is certain once its first games are there, however long it is', async () => {
  expect(await isGuess(2011, [1, 990])).toBe(false);
  expect(await isGuess(2020, [1, 1080])).toBe(false);
  expect(await isGuess(2019, [1, 971])).toBe(false);
  // A season in progress.
  expect(await isGuess(2019, [1, 100])).toBe(false);
});

test('a season that is loaded from a later day on has no certain start', async () => {
  expect(await isGuess(2019, [500, 1230])).toBe(true);
  expect(await isGuess(2019, [9, 1230])).toBe(true);
  expect(await isGuess(2019, [1, 60], [62, 1230])).toBe(true);
  // Before the cup, number 61 is of the second week.
  expect(await isGuess(2019, [61, 1230])).toBe(true);
});

test('since 2023-24 the games of the cup have the first numbers, and are played later', async () => {
  expect(await isGuess(2026, [61, 160])).toBe(false);
  expect(await isGuess(2026, [1, 60], [200, 400])).toBe(true);
  expect(await isGuess(2026, [70, 400])).toBe(true);
});
