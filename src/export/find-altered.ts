import type { GameDate } from '../calendar/game-date.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { differenceFromRecord, gatherEvidence } from '../ledger/partition-evidence.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type ExportDays, onDays } from './export-select.ts';

/** A date whose rows are not what its record says. */
export interface AlteredDate {
  readonly table: string;
  readonly date: GameDate;
  readonly difference: string;
}

/**
 * Holds the rows that an export reads against their records, by hashes that are recomputed from the values.
 * @param warehouse where the rows are read; they may have been brought there.
 */
export async function findAltered(
  warehouse: Warehouse,
  ledger: LedgerSnapshot,
  tables: readonly StoredTable[],
  request: ExportDays,
): Promise<readonly AlteredDate[]> {
  const { start, end, dates } = request;
  const altered: AlteredDate[] = [];
  for (const table of tables) {
    const range = onDays(warehouse.dialect, table.partition, request);
    const relation = `(SELECT * FROM ${qualifiedName(table)} WHERE ${range})`;
    const found = await gatherEvidence(warehouse, table, relation);
    const recorded = [...ledger.of(table.name).keys()].filter(
      (date) => date >= start && date <= end && (dates?.includes(date) ?? true),
    );
    for (const date of [...new Set([...recorded, ...found.keys()])].sort()) {
      const record = ledger.get(table.name, date);
      const evidence = found.get(date);
      const difference = record
        ? differenceFromRecord(record, evidence)
        : `${evidence?.rows} rows without a record`;
      if (difference !== undefined) altered.push({ table: table.name, date, difference });
    }
  }
  return altered;
}
