import { rmSync } from 'node:fs';
import { leftLogs } from './left-log.ts';
import { removeWriterNote } from './writer-note.ts';

/** Removes a file with all that lies beside it, which would be of no file any more. */
export function removeDuckDbFile(path: string): void {
  for (const name of [path, ...leftLogs(path)]) rmSync(name, { force: true });
  removeWriterNote(path);
}
