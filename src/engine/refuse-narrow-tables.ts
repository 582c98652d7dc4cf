import { narrowTables } from '../ledger/upgrade-ledger.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import { type Warehouse, WarehouseError } from '../warehouse/warehouse.ts';

/**
 * For what only reads, and reads rows with all columns that they have today.
 * @throws WarehouseError `surroundings` where an older Backcourt made a table without some of them.
 */
export async function refuseNarrowTables(
  warehouse: Warehouse,
  tables: readonly StoredTable[],
): Promise<void> {
  const [narrow] = await narrowTables(warehouse, tables);
  if (!narrow) return;
  throw new WarehouseError(
    'surroundings',
    `${qualifiedName(narrow.table)} in "${warehouse.location}" is of an older Backcourt and lacks ${narrow.columns.map(({ name }) => name).join(', ')}; any verb that writes to it brings it up to date, for example run --stale`,
  );
}
