import type { ComparedRelations } from '../table/differing-rows.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { compareRows } from './compare-rows.ts';
import type { Finding } from './finding.ts';

/** A difference that is known by its hash, with the two relations that differ. */
export interface Difference extends ComparedRelations {
  readonly table: ComputedTable;
  readonly date: Finding['date'];
  readonly what: Finding['what'];
}

/** The findings of some differences, in their order, with the rows that differ. @throws WarehouseError */
export async function describeDifferences(
  warehouse: Warehouse,
  differences: readonly Difference[],
  cause: Finding['cause'],
): Promise<readonly Finding[]> {
  const rows = new Map<Difference, Finding['rows']>();
  for (const own of Map.groupBy(differences, ({ table }) => table).values()) {
    const [first] = own;
    if (!first) continue;
    const changes = await compareRows(warehouse, first.table, own);
    for (const [index, difference] of own.entries()) rows.set(difference, changes[index] ?? []);
  }
  return differences.map((difference) => ({
    table: difference.table.name,
    date: difference.date,
    what: difference.what,
    cause,
    rows: rows.get(difference) ?? [],
  }));
}
