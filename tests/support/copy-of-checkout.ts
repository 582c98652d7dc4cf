import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from './run-process.ts';

/** Copies the tracked files and those that will be; packages are not among them. */
export function copyOfCheckout(copy: string): string {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const paths = execFileSync('git', list, { cwd: repositoryRoot, encoding: 'utf8' });
  for (const path of paths.split('\0')) {
    if (path === '' || !existsSync(join(repositoryRoot, path))) continue;
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(repositoryRoot, path), join(copy, path));
  }
  return copy;
}
