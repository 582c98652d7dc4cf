import { type PartitionRecord, projectionHashes } from './partition-record.ts';

/**
 * TRUE when some hash that readers go by is the same in both records: whoever has read the rows of the one
 * may take those of the other for them.
 */
export function looksLike(stored: PartitionRecord, made: PartitionRecord): boolean {
  const before = projectionHashes(stored);
  return (
    (stored.dataHash !== undefined && stored.dataHash === made.dataHash) ||
    (stored.keyHash !== undefined && stored.keyHash === made.keyHash) ||
    Object.entries(projectionHashes(made)).some(([id, hash]) => before[id] === hash)
  );
}
