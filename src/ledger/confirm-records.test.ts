import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import { gameDate } from '../calendar/game-date.ts';
import { createStatements } from '../warehouse/duckdb/ddl.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { confirmSql, requireConfirmed } from './confirm-records.ts';
import { partitionsTable } from './ledger-tables.ts';

const [first, second] = [gameDate('2023-11-01'), gameDate('2023-11-02')];
const recorded = [
  { table: 'box', dates: [first, second] },
  { table: 'team', dates: [second] },
];
let warehouse: DuckDbWarehouse;

beforeAll(async () => {
  warehouse = await openMemoryWarehouse();
  await warehouse.commit(createStatements([partitionsTable]));
});
afterAll(() => warehouse.close());
beforeEach(() =>
  warehouse.commit([
    'DELETE FROM backcourt.partitions',
    record('box', first),
    record('box', second),
    record('team', second),
    record('team', first, 'earlier'),
  ]),
);

function record(table: string, date: string, runId = 'this'): string {
  const { dialect } = warehouse;
  const values: Readonly<Record<string, string>> = {
    table_name: table,
    partition_date: date,
    run_id: runId,
    row_count: '1',
    excluded_count: '0',
    attempts: '1',
    state: 'done',
    options: '{}',
    code_version: '1',
    warnings: '[]',
    seconds: '0',
    seconds_is_share: 'false',
    recorded_at: '2023-11-03T00:00:00Z',
  };
  const row = partitionsTable.columns.map(({ name }) => values[name]);
  return dialect.insertTexts('backcourt.partitions', partitionsTable.columns, [row]);
}

const confirm = async (runId?: string) =>
  requireConfirmed(await warehouse.query(confirmSql(warehouse.dialect, recorded, runId)), recorded);

it('finds one record of each date and table', async () => {
  await confirm('this');
});

it.each([
  [
    'that is missing',
    "DELETE FROM backcourt.partitions WHERE table_name = 'box' AND partition_date = DATE '2023-11-01'",
    '1 are there',
  ],
  [
    'of a table that has none',
    "DELETE FROM backcourt.partitions WHERE table_name = 'team'",
    '0 are there',
  ],
  [
    'that an earlier run left',
    "UPDATE backcourt.partitions SET run_id = 'earlier'",
    '0 of this run',
  ],
])('throws over a record %s', async (_, change, told) => {
  await warehouse.run(change);
  await expect(confirm('this')).rejects.toThrow(told);
});

it('throws over a second record of a date, whichever run it is of', async () => {
  await warehouse.run(record('box', first, 'other'));
  await expect(confirm('this')).rejects.toThrow('box: 2 records were committed; 3 are there, of 2');
  await expect(confirm()).rejects.toThrow('3 are there');
});
