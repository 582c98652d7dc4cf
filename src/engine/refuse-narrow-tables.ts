import { narrowTables } from '../ledger/upgrade-ledger.ts';
import { tablesOfOtherColumns } from '../run/changed-tables.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import { type Warehouse, WarehouseError } from '../warehouse/warehouse.ts';

/**
 * For what only reads, and reads rows with all columns that they have today.
 * @throws WarehouseError `surroundings` where an older Backcourt made a table without some of them, or another definition an own one.
 */
export async function refuseNarrowTables(
  warehouse: Warehouse,
  tables: readonly StoredTable[],
): Promise<void> {
  const [changed] = await tablesOfOtherColumns(warehouse, tables);
  if (changed) {
    throw new WarehouseError(
      'surroundings',
      `${qualifiedName(changed)} in "${warehouse.location}" has the columns of another definition than today's; run --stale --tables ${changed.name} makes it anew`,
    );
  }
  const [narrow] = await narrowTables(warehouse, tables);
  if (!narrow) return;
  throw new WarehouseError(
    'surroundings',
    `${qualifiedName(narrow.table)} in "${warehouse.location}" is of an older Backcourt and lacks ${narrow.columns.map(({ name }) => name).join(', ')}; any verb that writes to it brings it up to date, for example run --stale`,
  );
}
