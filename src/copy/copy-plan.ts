import type { GameDate } from '../calendar/game-date.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { looksLike } from '../ledger/looks-like.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import { shrinkReason } from '../ledger/shrink-reason.ts';
import type { Reason } from '../plan/reason.ts';
import type { TableDefinition } from '../table/table-definition.ts';

/** What is to become of one table and date of the source. */
export type CopyUnit = {
  readonly table: TableDefinition;
  readonly record: PartitionRecord;
} & (
  | {
      readonly action: 'copy';
      /** TRUE when the target has a record of the date. */
      readonly replaces: boolean;
      /** The record of the target, where it says the same: then its rows may be others than it says. */
      readonly replaced?: PartitionRecord | undefined;
    }
  /** The target has the same rows, made of the same. */
  | { readonly action: 'equal' }
  | { readonly action: 'refuse'; readonly reason: Reason }
);

export interface CopyRequest {
  /** Tables in the order in which they are copied. */
  readonly tables: readonly TableDefinition[];
  readonly isInRange: (date: GameDate) => boolean;
  readonly allowShrink: boolean;
  /** TRUE to copy also what the records call equal. */
  readonly rewrite?: boolean | undefined;
}

/** Compares the records of two ledgers: only what differs is to be copied. By table, then by date. */
export function planCopy(
  source: LedgerSnapshot,
  target: LedgerSnapshot,
  { tables, isInRange, allowShrink, rewrite }: CopyRequest,
): readonly CopyUnit[] {
  return tables.flatMap((table) =>
    [...source.of(table.name).values()]
      .filter(({ date }) => isInRange(date))
      .sort((a, b) => (a.date < b.date ? -1 : 1))
      .map((record): CopyUnit => {
        if (record.damage !== undefined) {
          return {
            table,
            record,
            action: 'refuse',
            reason: { kind: 'recorded', note: record.damage },
          };
        }
        const there = target.get(table.name, record.date);
        if (!rewrite && there && isEqual(record, there)) return { table, record, action: 'equal' };
        const reason = allowShrink ? undefined : shrinkReason(there, record.rows);
        return reason === undefined
          ? {
              table,
              record,
              action: 'copy',
              replaces: there !== undefined,
              replaced: there && looksLike(there, record) ? there : undefined,
            }
          : { table, record, action: 'refuse', reason };
      }),
  );
}

/** TRUE for records that say the same, whatever their attempts, their times and the run that wrote them. */
function isEqual(a: PartitionRecord, b: PartitionRecord): boolean {
  return (
    a.state === b.state &&
    a.rows === b.rows &&
    a.excluded === b.excluded &&
    a.dataHash === b.dataHash &&
    a.keyHash === b.keyHash &&
    a.projectionHashes === b.projectionHashes &&
    a.fingerprint === b.fingerprint &&
    a.options === b.options &&
    a.failure?.text === b.failure?.text
  );
}
