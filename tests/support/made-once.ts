import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sharedFolderVariable } from './shared-leagues.ts';

/**
 * Fills `folder` with what `make` makes, or with a copy of it when another test file has had the same made.
 * Only what depends on nothing but `key` may be shared.
 */
export async function madeOnce(
  key: unknown,
  folder: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  const shared = process.env[sharedFolderVariable];
  if (shared === undefined) return make(folder);
  const name = createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 16);
  const made = join(shared, name);
  const finished = join(shared, `${name}.made`);
  const claim = join(shared, `${name}.claim`);
  while (!existsSync(finished)) {
    if (claimed(claim)) {
      try {
        if (existsSync(finished)) break;
        mkdirSync(made, { recursive: true });
        await make(made);
        writeFileSync(finished, '');
      } finally {
        rmdirSync(claim);
      }
    } else await sleep(20);
  }
  cpSync(made, folder, { recursive: true });
}

/** TRUE for the one process whose making of the folder succeeds. */
function claimed(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
