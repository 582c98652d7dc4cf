import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownPrefix, removeLeftovers } from '../../warehouse/own-names.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';

/**
 * A folder that is there for the time of `work`. Those of processes that were killed are removed.
 * @throws WarehouseError `surroundings` when it cannot be made.
 */
export async function withTempFolder<T>(
  purpose: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  removeLeftovers(tmpdir(), 'backcourt-');
  const start = ownPrefix(join(tmpdir(), `backcourt-${purpose}-`));
  const folder = await mkdtemp(start).catch((error: Error) => {
    throw new WarehouseError('surroundings', `cannot make a folder for files: ${error.message}`);
  });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
