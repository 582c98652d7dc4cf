import { type PartitionRecord, wasWritten } from '../ledger/partition-record.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { type UnitOptions, unitOptions } from '../table/unit-options.ts';
import type { World } from '../world/world.ts';
import type { PlanRequest } from './plan.ts';

/** The options that a unit is made with, given what is recorded of it; those of a new unit where nothing is. */
export type OptionsOf = (table: ComputedTable, record: PartitionRecord | undefined) => UnitOptions;

/**
 * The options of units: those that are asked for, else those that the unit stands with, else those of the
 * warehouse, else the defaults. What stands moves to other options only where that is asked for. Made once for
 * a table, or once for each text that records of the table have: a plan asks for them with every unit.
 */
export function makeOptionsOf(
  { options: usual }: Pick<World, 'options'>,
  { options: asked, restateOptions }: Pick<PlanRequest, 'options' | 'restateOptions'>,
): OptionsOf {
  const made = new Map<string, UnitOptions>();
  const keeps = (record: PartitionRecord) =>
    asked === 'recorded' || (!restateOptions && wasWritten(record));
  return (table, record) => {
    const recorded = record && keeps(record) ? record.options : '{}';
    const key = `${table.name} ${recorded}`;
    const known = made.get(key);
    if (known) return known;
    const given = asked === 'recorded' ? {} : asked;
    const options = unitOptions(table, { ...usual, ...JSON.parse(recorded), ...given });
    made.set(key, options);
    return options;
  };
}
