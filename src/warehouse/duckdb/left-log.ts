import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import { ownName } from '../own-names.ts';
import { WarehouseError } from '../warehouse.ts';
import { readMark } from './file-mark.ts';
import { readWriterNote } from './writer-note.ts';

/** DuckDB's log of what is committed and not yet in the file, and what it has for a time beside it. */
const logNames = (path: string) => [
  `${path}.wal`,
  `${path}.wal.checkpoint`,
  `${path}.wal.recovery`,
];

/** The logs that lie beside a file: a process writes to it, or was killed while it did. */
export function leftLogs(path: string): readonly string[] {
  return logNames(path).filter(
    (name) => (statSync(name, { throwIfNoEntry: false })?.size ?? 0) > 0,
  );
}

/**
 * Looks at the log that a killed process has left, before DuckDB applies it: a log of another state of the
 * file would garble it, and it would seem to be in order.
 * @param path of a file, symbolic links resolved.
 * @returns the mark of the file without its log; `undefined` when there is no log.
 * @throws WarehouseError `surroundings` when the log is not of this file, DuckDB's error when the file
 * cannot be read.
 */
export async function checkLeftLog(
  connection: DuckDBConnection,
  path: string,
): Promise<string | undefined> {
  if (leftLogs(path).length === 0 || !existsSync(path)) return undefined;
  const mark = await markWithoutLog(connection, path);
  const marks = readWriterNote(path)?.marks;
  if (marks === undefined && !namesItsFile(leftLogs(path)[0] ?? '')) {
    throw new WarehouseError('surroundings', unknownLog);
  }
  if (marks !== undefined && !marks.includes(mark)) {
    throw new WarehouseError('surroundings', foreignLog);
  }
  return mark;
}

const unknownLog =
  'a killed process has left a log that does not say to which state of the file it belongs';
const foreignLog =
  'a killed process has left the log of another state of this file, and applied to this one it would garble it: since then another file was put in its place, or it was written to under another name';

/**
 * What to say of a file that cannot be opened, where a log lies beside it.
 * @param message of DuckDB or of {@link checkLeftLog}.
 * @returns `undefined` when no log lies there, or it is not to blame.
 */
export function logAdvice(path: string, message: string): string | undefined {
  const logs = leftLogs(path);
  if (logs.length === 0) return undefined;
  const names = logs.map((name) => `"${name}"`).join(' and ');
  const remove = `delete ${names} and give the command again: the file is then as it was before what the log holds, and the same ingest or run makes that again`;
  if (/WAL does not match|checkpoint iteration does not match/.test(message)) {
    return `${foreignLog}; nothing was read; ${remove}`;
  }
  if (message === foreignLog) return `${message}; nothing was read; ${remove}`;
  if (message === unknownLog) {
    return `${message}; if that file still stands here, an older Backcourt or DuckDB's own command applies it; else ${remove}`;
  }
  const damagedAt = /Corrupt WAL file: entry at byte position (\d+)/.exec(message)?.[1];
  if (damagedAt !== undefined) {
    // DuckDB counts from behind the length and the checksum of the entry.
    const soundBytes = Number(damagedAt) - entryHeadBytes;
    return `${message}: the end of the log is damaged; what was committed before is kept by "truncate -s ${soundBytes} ${path}.wal", or ${remove}`;
  }
  if (/WAL|^INTERNAL Error/.test(message))
    return `${message}: the log cannot be applied; ${remove}`;
  return undefined;
}

/** An entry of the log begins with its length and its checksum, eight bytes each. */
const entryHeadBytes = 16;

/** The mark in the file itself: under another name DuckDB finds no log beside it. */
async function markWithoutLog(connection: DuckDBConnection, path: string): Promise<string> {
  const name = anotherName(path);
  try {
    await connection.run(
      `ATTACH ${duckdbDialect.string(name)} AS without_log (READ_ONLY, TYPE duckdb)`,
    );
    try {
      return await readMark(connection, 'without_log');
    } finally {
      await connection.run('DETACH without_log');
    }
  } finally {
    rmSync(name, { force: true });
  }
}

function anotherName(path: string): string {
  const beside = ownName(`${path}.look-`);
  try {
    linkSync(path, beside);
    return beside;
  } catch {
    // Not every disk knows a second name, and not every folder may be written to.
    const copy = ownName(join(tmpdir(), 'backcourt-look-'));
    copyFileSync(path, copy, constants.COPYFILE_FICLONE);
    return copy;
  }
}

/**
 * TRUE when a log says of which file it is, by the identifier and the checkpoint that DuckDB then compares
 * itself: the third field of the log's first entry, after its kind and its version.
 */
function namesItsFile(log: string): boolean {
  const start = Buffer.alloc(8);
  const file = openSync(log, 'r');
  try {
    readSync(file, start, 0, start.length, 0);
  } finally {
    closeSync(file);
  }
  return start.readUInt16LE(6) === 102;
}
