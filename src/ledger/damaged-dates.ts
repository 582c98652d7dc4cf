import type { GameDate } from '../calendar/game-date.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { onDates } from './ledger-statements.ts';
import { differenceFromRecord, gatherEvidence } from './partition-evidence.ts';
import type { PartitionRecord } from './partition-record.ts';

/** The dates of some records of one table on which other rows stand than the records say. */
export async function damagedDates(
  warehouse: Warehouse,
  table: StoredTable & { readonly dataset: string },
  records: readonly PartitionRecord[],
): Promise<readonly GameDate[]> {
  if (records.length === 0) return [];
  const dates = records.map(({ date }) => date);
  const where = onDates(warehouse.dialect, table.partition, dates);
  const standing = `(SELECT * FROM ${qualifiedName(table)} WHERE ${where})`;
  const evidence = await gatherEvidence(warehouse, table, standing);
  return records
    .filter((record) => differenceFromRecord(record, evidence.get(record.date)) !== undefined)
    .map(({ date }) => date);
}
