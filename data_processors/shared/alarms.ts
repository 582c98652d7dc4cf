import type { TableCheck } from '../../src/table/table-check.ts';

/** Rows of players on a date with four games: with fewer, equal values may be chance. */
export const fullSlateRows = 100;

/**
 * A measure that is the same for every player of a full slate was not measured: a default, a NaN
 * through a clamp, a comparison with nothing. Months of features once held one number.
 * @param when SQL condition for the rows that count; all that have a value without one.
 */
export function constantColumn(name: string, when?: string): TableCheck {
  const value = when === undefined ? name : `CASE WHEN ${when} THEN ${name} END`;
  return {
    kind: 'date',
    name: `${name}_is_constant`,
    severity: 'warn',
    violation: `COUNT(${value}) >= ${fullSlateRows} AND MIN(${value}) = MAX(${value})`,
  };
}

/** A nullable measure that most players of a full slate should have. */
export function mostlyMissing(name: string): TableCheck {
  return {
    kind: 'date',
    name: `${name}_is_mostly_missing`,
    severity: 'warn',
    violation: `COUNT(*) >= ${fullSlateRows} AND 2 * COUNT(${name}) < COUNT(*)`,
  };
}
