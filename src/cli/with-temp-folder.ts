import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WarehouseError } from '../warehouse/warehouse.ts';

/**
 * A folder that is there for the time of `work`.
 * @throws WarehouseError `surroundings` when it cannot be made.
 */
export async function withTempFolder<T>(
  purpose: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `backcourt-${purpose}-`)).catch((error: Error) => {
    throw new WarehouseError('surroundings', `cannot make a folder for files: ${error.message}`);
  });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
