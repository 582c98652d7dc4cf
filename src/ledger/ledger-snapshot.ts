import type { GameDate } from '../calendar/game-date.ts';
import type { PartitionRecord } from './partition-record.ts';

/** The partition records as this process knows them; the writer keeps it in step with its commits. */
export interface LedgerSnapshot {
  get(table: string, date: GameDate): PartitionRecord | undefined;
  /** Names of the tables that were recorded or asked for, in order. */
  tables(): readonly string[];
  /** All records of a table, by date. */
  of(table: string): ReadonlyMap<GameDate, PartitionRecord>;
  /** Grows with every change to a table's records: what was derived from them is then out of date. */
  version(table: string): number;
}

export interface MutableLedgerSnapshot extends LedgerSnapshot {
  set(record: PartitionRecord): void;
  remove(table: string, date: GameDate): void;
}

/** Makes a snapshot of these records; of two records of one table and date the later one counts. */
export function makeLedgerSnapshot(records: Iterable<PartitionRecord>): MutableLedgerSnapshot {
  const byTable = new Map<string, Map<GameDate, PartitionRecord>>();
  const versions = new Map<string, number>();
  const tableOf = (name: string) => {
    const kept = byTable.get(name);
    if (kept) return kept;
    const created = new Map<GameDate, PartitionRecord>();
    byTable.set(name, created);
    return created;
  };
  const changed = (table: string) => versions.set(table, (versions.get(table) ?? 0) + 1);
  const snapshot: MutableLedgerSnapshot = {
    get: (table, date) => byTable.get(table)?.get(date),
    tables: () => [...byTable.keys()].sort(),
    of: tableOf,
    version: (table) => versions.get(table) ?? 0,
    set: (record) => {
      tableOf(record.table).set(record.date, record);
      changed(record.table);
    },
    remove: (table, date) => {
      tableOf(table).delete(date);
      changed(table);
    },
  };
  for (const record of records) snapshot.set(record);
  return snapshot;
}
