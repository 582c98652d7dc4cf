import { readFileSync, statSync } from 'node:fs';
import { WarehouseError } from '../warehouse.ts';

/**
 * Refuses to write to a file that is already larger than this process may make files. DuckDB rewrites blocks
 * where they stand, and a write that is cut in two by the limit would leave a damaged one; on a full disk a
 * block that stands there has its room. Where the system does not tell the limit, nothing is refused.
 * @throws WarehouseError `surroundings`
 */
export function refuseSmallLimit(path: string): void {
  const limit = mostFileBytes();
  if (limit === undefined || statSync(path).size <= limit) return;
  throw new WarehouseError(
    'surroundings',
    `File too large: this process may write files of ${limit} bytes at most (ulimit -f)`,
  );
}

function mostFileBytes(): number | undefined {
  try {
    const told = /^Max file size\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return told === undefined ? undefined : Number(told);
  } catch {
    return undefined;
  }
}
