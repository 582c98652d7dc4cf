import type { PartitionRecord } from '../ledger/partition-record.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { type EffectiveOptions, effectiveOptions, rowOptionsText } from '../table/table-option.ts';
import type { PlanRequest } from './plan.ts';

/** Canonical JSON of the options of a table that change rows. */
export function unitOptionsText(table: ComputedTable, given: EffectiveOptions): string {
  if (table.options.length === 0) return '{}';
  return rowOptionsText(table.options, effectiveOptions(table.options, given));
}

/** The options that a unit is made with: those of the request, or those of its record. */
export function unitOptions(
  requested: PlanRequest['options'],
  record: PartitionRecord | undefined,
): EffectiveOptions {
  if (requested !== 'recorded') return requested;
  return record === undefined ? {} : JSON.parse(record.options);
}
