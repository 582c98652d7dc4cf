import { closeSync, openSync, readSync } from 'node:fs';

const magic = 'DUCK';

/** Where the magic bytes stand: behind the checksum of the first block. */
const magicOffset = 8;

/** TRUE for a file of DuckDB, whatever its name, and for the log and the notes beside one. */
export function isOfDuckDb(path: string): boolean {
  const main = /^(.+)\.(wal|wal\.checkpoint|wal\.recovery|writer\.json)$/.exec(path)?.[1];
  return hasMagic(path) || (main !== undefined && hasMagic(main));
}

function hasMagic(path: string): boolean {
  const bytes = Buffer.alloc(magic.length);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, bytes, 0, bytes.length, magicOffset);
    } finally {
      closeSync(file);
    }
  } catch {
    // A file that is not there, or cannot be read, is none that DuckDB could open.
    return false;
  }
  return bytes.toString('latin1') === magic;
}
