import { expect, it } from 'vitest';
import { addDays, gameDate } from '../calendar/game-date.ts';
import { loadTables } from '../table/table-registry.ts';
import { limitWarnings } from './limit-warnings.ts';

const [table] = (await loadTables()).computed;

function batches(count: number, datesEach: number) {
  if (!table) throw new Error('no table');
  const first = gameDate('2000-01-01');
  const dates = Array.from({ length: datesEach }, (_, day) => addDays(first, day));
  const batch = { runId: 'x', table, dates, options: {}, allowShrink: false };
  return Array.from({ length: count }, () => batch);
}

it('has nothing to say of four seasons, in one batch or day by day', () => {
  expect(limitWarnings(batches(1, 850))).toEqual([]);
  expect(limitWarnings(batches(850, 1))).toEqual([]);
});

it('names the table whose staging table would be replaced too often', () => {
  expect(limitWarnings(batches(1501, 1))).toEqual([
    `${table?.name}: 1501 batches, and BigQuery lets their staging table be replaced 1500 times a day; take more --batch-days`,
  ]);
});
