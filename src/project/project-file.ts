import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** How a file ends that Node carries out as it is. */
export const codeEndings: readonly string[] = ['.ts', '.mts', '.js', '.mjs'];

/**
 * The file that makes a folder a project; `undefined` where there is none. It stands by itself, for every command looks
 * for it, and most are in no project.
 */
export function projectFile(folder: string): string | undefined {
  return codeEndings.map((ending) => join(folder, `backcourt.config${ending}`)).find(existsSync);
}
