import { expect, test } from 'vitest';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import { date, int64, string } from '../sql/column.ts';
import { differingRows } from './differing-rows.ts';

test('a column may be called like a row’s key or hash', async () => {
  const columns = [
    string('team_abbr', 'a team'),
    date('game_date', 'a date'),
    int64('row_hash', 'the same on both sides'),
    int64('row_key', 'another on each'),
    int64('wins', 'another on each'),
  ];
  const table = {
    ...{ name: 'form', dataset: 'own', purpose: 'A test.', partition: 'game_date' },
    ...{ key: ['team_abbr', 'game_date'], cluster: [], columns },
  };
  const row = (key: number, wins: number) =>
    `(SELECT 'BOS' AS team_abbr, DATE '2024-01-01' AS game_date, 1 AS row_hash, ${key} AS row_key, ${wins} AS wins)`;
  const warehouse = await openMemoryWarehouse();
  const rows = await warehouse.query(
    differingRows(table, warehouse.dialect, { was: row(1, 2), is: row(3, 4) }),
  );
  await warehouse.close();
  expect(rows).toMatchObject([
    { row_key: 'BOS', was_there: true, is_there: true, was_4: '2', is_4: '4' },
  ]);
});
