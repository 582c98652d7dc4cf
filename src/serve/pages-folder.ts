import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the built pages are; the package has nothing but them, a checkout also what they are built from. */
export interface PagesFolder {
  readonly built: string;
  /** The script that builds the pages; `undefined` in the package, which has them built. */
  readonly buildScript: string | undefined;
  /** TRUE when the pages are there and no source is newer. */
  readonly ready: boolean;
}

/** Finds the pages from the sources as well as from their compiled form. */
export function findPages(): PagesFolder {
  const from = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const script = from('../../scripts/build-pages.ts');
  if (!existsSync(script)) {
    const built = from('../../web');
    return { built, buildScript: undefined, ready: existsSync(join(built, 'index.html')) };
  }
  const built = from('../../dist/web');
  const index = join(built, 'index.html');
  const ready =
    existsSync(index) && statSync(index).mtimeMs >= newestChange([from('../../web'), from('.')]);
  return { built, buildScript: script, ready };
}

function newestChange(folders: readonly string[]): number {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
  );
  return Math.max(...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}
