import { copyFileSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Lays out the command in a folder as a package manager would: without sources beside it, so that its
 * compiled form is what runs.
 * @returns path of the script.
 * @throws when there is no compiled form.
 */
export function installCommand(folder: string): string {
  const compiled = join(root, 'dist');
  if (!existsSync(join(compiled, 'command', 'main.js'))) {
    throw new Error('there is no compiled form; make it with: npm run build');
  }
  const script = join(folder, 'bin', 'backcourt.js');
  mkdirSync(dirname(script), { recursive: true });
  copyFileSync(join(root, 'bin', 'backcourt.js'), script);
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(compiled, join(folder, 'dist'));
  return script;
}
