import { expect, test } from 'vitest';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import { isReserved } from './reserved-words.ts';

test('each keyword of DuckDB that cannot name a column or a table as it stands is reserved', async () => {
  const warehouse = await openMemoryWarehouse();
  const works = (statement: string) =>
    warehouse.commit([statement]).then(
      () => true,
      () => false,
    );
  const rows = await warehouse.query('SELECT keyword_name AS word FROM duckdb_keywords()');
  const refused: string[] = [];
  for (const word of rows.map((row) => String(row['word']))) {
    if (!/^[a-z][a-z0-9_]*$/.test(word) || isReserved(word)) continue;
    const taken =
      (await works(`CREATE OR REPLACE TABLE main.own (${word} INTEGER)`)) &&
      (await works(
        `CREATE OR REPLACE VIEW main.seen AS SELECT ${word}, MIN(${word}) AS ${word} FROM (SELECT 1 AS ${word}) AS given GROUP BY ${word}`,
      )) &&
      (await works(`CREATE OR REPLACE TABLE main.${word} (own INTEGER)`));
    if (!taken) refused.push(word);
  }
  await warehouse.close();
  expect(rows.length).toBeGreaterThan(400);
  expect(refused).toEqual([]);
});

test.each(['current_date', 'current_datetime', 'current_time', 'current_timestamp'])(
  '%s, which BigQuery takes for its clock where it stands alone, is reserved',
  (name) => expect(isReserved(name)).toBe(true),
);
