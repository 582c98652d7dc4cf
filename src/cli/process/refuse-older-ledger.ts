import { ledgerUpgrade } from '../../ledger/upgrade-ledger.ts';
import { type Warehouse, WarehouseError } from '../../warehouse/warehouse.ts';

/**
 * For what only reads, and needs all that a ledger of today has.
 * @param now UTC, ISO 8601. @throws WarehouseError `surroundings` for one that an older Backcourt made.
 */
export async function refuseOlderLedger(warehouse: Warehouse, now: string): Promise<void> {
  if ((await ledgerUpgrade(warehouse, [], now)).statements.length === 0) return;
  throw new WarehouseError(
    'surroundings',
    `"${warehouse.location}" has the ledger of an older Backcourt; any verb that writes to it brings it up to date, for example run --stale`,
  );
}
