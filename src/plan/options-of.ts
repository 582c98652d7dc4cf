import type { PartitionRecord } from '../ledger/partition-record.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { type UnitOptions, unitOptions } from '../table/unit-options.ts';
import type { PlanRequest } from './plan.ts';

/** The options that a unit is made with: those of the request, or those of its record. */
export type OptionsOf = (table: ComputedTable, record: PartitionRecord | undefined) => UnitOptions;

/**
 * Makes options once for a table and a request, or once for each text that records of the table have: a plan
 * asks for them with every unit.
 */
export function makeOptionsOf(requested: PlanRequest['options']): OptionsOf {
  const made = new Map<string, UnitOptions>();
  return (table, record) => {
    const recorded = record?.options ?? '{}';
    const key = requested === 'recorded' ? `${table.name} ${recorded}` : table.name;
    const known = made.get(key);
    if (known) return known;
    const given = requested === 'recorded' ? JSON.parse(recorded) : requested;
    const options = unitOptions(table, given);
    made.set(key, options);
    return options;
  };
}
