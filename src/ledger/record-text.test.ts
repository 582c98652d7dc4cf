import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import { date, float64, int64, string } from '../sql/column.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { readRecordsText, readRecordText, recordsText, recordText } from './record-text.ts';

const columns = [
  string('name', ''),
  date('day', ''),
  string('reason', '', { freeText: true, nullWhen: 'none' }),
  float64('seconds', ''),
  int64('rows', ''),
  string('failure', '', { freeText: true, nullWhen: 'none' }),
];

let warehouse: DuckDbWarehouse;

beforeAll(async () => {
  warehouse = await openMemoryWarehouse();
});
afterAll(() => warehouse.close());

async function written(reason: string | undefined, failure: string | undefined) {
  const sql = warehouse.dialect;
  const text = (value: string | undefined) =>
    value === undefined ? 'CAST(NULL AS VARCHAR)' : sql.string(value);
  const [row] = await warehouse.query(`
SELECT ${recordText(columns, sql)} AS record
FROM (
  SELECT
    'a_table' AS name,
    DATE '2023-11-15' AS day,
    ${text(reason)} AS reason,
    0.0123 AS seconds,
    348 AS rows,
    ${text(failure)} AS failure
) AS one`);
  const [name, day, readReason, seconds, rows, readFailure] = readRecordText(
    columns,
    String(row?.['record']),
  );
  expect([name, day, Number(seconds), Number(rows)]).toEqual([
    'a_table',
    '2023-11-15',
    0.0123,
    348,
  ]);
  return [readReason, readFailure];
}

test.each([
  [undefined, undefined],
  ['nothing was expected', undefined],
  ['', ''],
  ['a|b', 'c||d'],
  ['|', '|'],
  ['ends with \\', '\\begins'],
  ['\\|', '\\\\|\\'],
  ['\\N', 'two\nlines | and "quotes" \\n'],
])('reason %j and failure %j come back as they were', async (reason, failure) => {
  expect(await written(reason, failure)).toEqual([reason, failure]);
});

test('all records of a group come back one by one, whatever their texts hold', async () => {
  const sql = warehouse.dialect;
  const reasons = ['', '|', '\\R', '|\\R|', '|\\\\R|', '\\|\\R|', 'R|', 'two\nlines', '\\N', '\\'];
  const rows = reasons.map(
    (reason, index) =>
      `SELECT 'a_table' AS name, DATE '2023-11-15' AS day, ${sql.string(reason)} AS reason, 0.5 AS seconds, ${index} AS rows, CAST(NULL AS VARCHAR) AS failure`,
  );
  const [row] = await warehouse.query(
    `SELECT ${recordsText(columns, sql)} AS texts FROM (${rows.join(' UNION ALL ')}) AS given`,
  );
  const records = readRecordsText(String(row?.['texts']), reasons.length);
  const found = records.map((text) => readRecordText(columns, text));
  expect(
    found.toSorted((a, b) => Number(a[4]) - Number(b[4])).map(([, , reason]) => reason),
  ).toEqual(reasons);
});

test('a text of another number of records is refused', () => {
  expect(() => readRecordsText('a|b', 2)).toThrow(
    'cannot be read: "2 records, and 1 in their text"',
  );
});

test('a text with another number of fields is refused', () => {
  expect(() => readRecordText(columns, 'a|b')).toThrow('cannot be read: "a|b"');
});
