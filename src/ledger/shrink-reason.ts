import type { PartitionRecord } from './partition-record.ts';

/** What stands there would become nothing, or less than half. */
export interface ShrinkReason {
  readonly kind: 'would_shrink';
  readonly storedRows: number;
  readonly newRows: number;
}

/** Why a date is not replaced unless somebody allows it; `undefined` where it may be. */
export function shrinkReason(
  stands: Pick<PartitionRecord, 'rows'> | undefined,
  newRows: number,
): ShrinkReason | undefined {
  const storedRows = stands?.rows ?? 0;
  return storedRows > 0 && 2 * newRows < storedRows
    ? { kind: 'would_shrink', storedRows, newRows }
    : undefined;
}
