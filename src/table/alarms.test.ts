import { expect, test } from 'vitest';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import { emptyColumn } from './alarms.ts';
import { violationSql } from './table-check.ts';

test('a column is empty when a full slate from February on has no value of it', async () => {
  const warehouse = await openMemoryWarehouse();
  const check = emptyColumn('x', 'game_date', 8);
  if (check.kind === 'group') throw new Error('it is of a date');
  const fires = async (date: string, rows: number, value: string) => {
    const [row] = await warehouse.query(
      `SELECT ${violationSql(check, warehouse.dialect)} AS fires
FROM (SELECT DATE '${date}' AS game_date, ${value} AS x FROM range(${rows}) AS t(i))`,
    );
    return row?.['fires'];
  };
  expect(await fires('2024-02-01', 8, 'NULL')).toBe(true);
  // Some games were played in August.
  expect(await fires('2020-08-01', 8, 'NULL')).toBe(true);
  expect(await fires('2024-02-01', 7, 'NULL')).toBe(false);
  expect(await fires('2024-02-01', 8, 'CASE WHEN i = 3 THEN 1 END')).toBe(false);
  for (const early of ['2023-10-24', '2023-12-25', '2024-01-31'])
    expect(await fires(early, 8, 'NULL'), early).toBe(false);
  await warehouse.close();
});
