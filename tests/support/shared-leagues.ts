import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Name of the variable with the folder in which test files find the leagues that others have made already. */
export const sharedFolderVariable = 'BACKCOURT_SHARED_LEAGUES';

/** Run once, before all test files; gives back what to do after the last. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'backcourt-leagues-'));
  process.env[sharedFolderVariable] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
