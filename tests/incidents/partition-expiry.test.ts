/** Incident 13: history that expired as it was written. */
import { expect, test } from 'vitest';
import { ledgerTables } from '../../src/ledger/ledger-tables.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { createTableStatement } from '../../src/warehouse/bigquery/ddl.ts';

test('13. partition expiry: no table and no partition expires, whatever the dataset says', async () => {
  const { all } = await loadTables();
  for (const table of [...ledgerTables, ...all]) {
    const statement = createTableStatement(table);
    const options = statement.slice(statement.lastIndexOf('\nOPTIONS('));
    expect([table.name, options]).toEqual([
      table.name,
      expect.stringContaining('expiration_timestamp = NULL'),
    ]);
    if (!statement.includes('\nPARTITION BY ')) continue;
    expect([table.name, options]).toEqual([
      table.name,
      expect.stringContaining('partition_expiration_days = NULL'),
    ]);
  }
});
