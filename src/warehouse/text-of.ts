import type { Value } from './warehouse.ts';

/** A value of a STRING column; `undefined` for NULL. */
export function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
