/** Incident 13: history that expired as it was written. */
import { expect, test } from 'vitest';
import { ledgerTables } from '../../src/ledger/ledger-tables.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { createTableStatement, keepForeverStatement } from '../../src/warehouse/bigquery/ddl.ts';

// BigQuery ignores an option that is NULL in CREATE TABLE, where a default of the dataset then counts. What a
// table came out with is looked at after it was made, and this statement mends it: tests/bigquery/one-writer.test.ts.
test('13. partition expiry: every table has a statement that takes a default expiration off it', async () => {
  const { all } = await loadTables();
  for (const table of [...ledgerTables, ...all]) {
    const statement = keepForeverStatement(table);
    expect(statement).toMatch(
      new RegExp(`^ALTER TABLE ${table.dataset}\\.${table.name}\nSET OPTIONS\\(`),
    );
    expect(statement).toContain('expiration_timestamp = NULL');
    const isPartitioned = createTableStatement(table).includes('\nPARTITION BY ');
    expect([table.name, statement.includes('partition_expiration_days = NULL')]).toEqual([
      table.name,
      isPartitioned,
    ]);
  }
});
