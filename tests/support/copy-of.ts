import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolderOfTest } from './temp-folder.ts';

/** A copy of a warehouse file that is gone when its test is over. @returns its path. */
export function copyOf(path: string): string {
  const copy = join(tempFolderOfTest('copy'), 'w.duckdb');
  copyFileSync(path, copy);
  return copy;
}
