import type { ComputedTable } from '../table/table-definition.ts';
import type { EffectiveOptions } from '../table/table-option.ts';

/** What is wrong with options that are given to tables; `undefined` when nothing is. */
export function optionFault(
  tables: readonly ComputedTable[],
  given: EffectiveOptions,
): string | undefined {
  const declared = tables.flatMap(({ options }) => options);
  for (const [name, value] of Object.entries(given)) {
    const option = declared.find((one) => one.name === name);
    if (!option) return `none of its tables knows the option "${name}"`;
    const { min, max } = option;
    if (Number.isInteger(value) && value >= min && value <= max) continue;
    return `option ${name}=${value} is not a whole number from ${min} to ${max}`;
  }
  return undefined;
}
