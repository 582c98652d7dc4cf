import { ledgerTables } from '../../src/ledger/ledger-tables.ts';
import { storedColumns } from '../../src/table/provenance.ts';
import { qualifiedName } from '../../src/table/table-definition.ts';
import type { TableRegistry } from '../../src/table/table-registry.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import type { MemoryDatabase } from './googlesql/memory-database.ts';

/** Makes every table, and fills the raw ones and the ledger with the rows of another warehouse. */
export async function copyRawTables(
  tables: TableRegistry,
  from: Warehouse,
  to: MemoryDatabase,
): Promise<number> {
  let copied = 0;
  for (const table of [...ledgerTables, ...tables.all]) {
    const name = qualifiedName(table);
    to.create(name, storedColumns(table));
    if (table.dataset !== 'nba_raw' && table.dataset !== 'backcourt') continue;
    const rows = await from.query(`SELECT * FROM ${name}`);
    to.load(name, rows);
    copied += rows.length;
  }
  return copied;
}
