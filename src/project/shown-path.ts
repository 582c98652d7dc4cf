import { relative } from 'node:path';

/** A path as seen from where the command was called. */
export function shownPath(path: string): string {
  return relative(process.cwd(), path) || path;
}
