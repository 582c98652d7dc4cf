import type { ComputedTable } from './table-definition.ts';
import { type EffectiveOptions, effectiveOptions, rowOptionsText } from './table-option.ts';

/** The options that a unit of a table is made with. */
export interface UnitOptions {
  readonly effective: EffectiveOptions;
  /** Those that change rows, as canonical JSON: what a record keeps and a fingerprint is made of. */
  readonly text: string;
}

/** @param given by name; a table takes what it declares. */
export function unitOptions(
  { options }: Pick<ComputedTable, 'options'>,
  given: Readonly<Record<string, number>>,
): UnitOptions {
  const effective = effectiveOptions(options, given);
  return { effective, text: rowOptionsText(options, effective) };
}
