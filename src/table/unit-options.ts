import type { ComputedTable } from './table-definition.ts';
import { type EffectiveOptions, effectiveOptions, rowOptionsText } from './table-option.ts';

/** The options that a unit of a table is made with. */
export interface UnitOptions {
  readonly effective: EffectiveOptions;
  /**
   * The options that change rows, as canonical JSON: a record keeps this text, and a fingerprint is made of
   * it.
   */
  readonly text: string;
}

/**
 * Makes the options of a table's units. @param given options by name, of which the table takes those it
 * declares.
 */
export function unitOptions(
  { options }: Pick<ComputedTable, 'options'>,
  given: Readonly<Record<string, number>>,
): UnitOptions {
  const effective = effectiveOptions(options, given);
  return { effective, text: rowOptionsText(options, effective) };
}
