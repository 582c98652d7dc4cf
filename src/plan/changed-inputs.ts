import type { GameDate } from '../calendar/game-date.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { Fingerprinter } from '../world/fingerprinter.ts';
import type { Reason } from './reason.ts';

/** Inputs that a unit would read otherwise than when it was made; `undefined` when its record does not tell. */
export function changedInputs(
  fingerprinter: Fingerprinter,
  table: ComputedTable,
  date: GameDate,
  record: PartitionRecord | undefined,
): readonly string[] | undefined {
  if (record?.inputHashes === undefined) return undefined;
  const then: Readonly<Record<string, string>> = JSON.parse(record.inputHashes);
  const now = fingerprinter.inputHashes(table, date);
  return table.inputs.map((input) => input.table).filter((name) => then[name] !== now[name]);
}

/** Why a fingerprint has moved although the options have not. */
export function movedReason(changed: readonly string[] | undefined): Reason {
  if (changed === undefined) return { kind: 'input_or_definition_changed' };
  if (changed.length === 0) return { kind: 'definition_changed' };
  return { kind: 'inputs_changed', tables: changed };
}
