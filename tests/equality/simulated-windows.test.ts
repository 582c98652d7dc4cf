import { expect, test } from 'vitest';
import { compareWithOracle } from './compare-with-oracle.ts';
import { disturbedLeague } from './disturbed-league.ts';
import { backfillEverything } from './filled-warehouse.ts';
import { readRawRows } from './read-raw-rows.ts';

const league = disturbedLeague();

test('SQL against the oracle where every window is full and goes beyond its games', async () => {
  const { tables, warehouse, dates, builtDates } = league();
  expect((await backfillEverything(tables, warehouse)).failed).toEqual([]);
  const raw = await readRawRows(tables, warehouse);
  const options = { minGames: 5, qualityThreshold: 0, acceptClosingLines: false };
  const comparison = { dates, builtDates, ...options };
  expect(await compareWithOracle(tables, warehouse, raw, comparison)).toEqual([]);
});
