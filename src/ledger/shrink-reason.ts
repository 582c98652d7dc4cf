import type { PartitionRecord } from './partition-record.ts';

/**
 * Why a date is not replaced unless somebody allows it: what stands there would become nothing, or less than
 * half. `undefined` where it may be.
 */
export function shrinkReason(
  stands: Pick<PartitionRecord, 'rows'> | undefined,
  rows: number,
): string | undefined {
  const stored = stands?.rows ?? 0;
  return stored > 0 && 2 * rows < stored
    ? `${stored} rows would be replaced by ${rows}; allow it with --allow-shrink`
    : undefined;
}
