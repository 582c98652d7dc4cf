import { existsSync, realpathSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import { ownName, removeLeftovers } from '../own-names.ts';
import { HeldWarehouse, WarehouseError } from '../warehouse.ts';
import { toWarehouseError, withAdvice } from './errors.ts';
import { readMark } from './file-mark.ts';
import { makeInstance } from './instance.ts';
import { checkLeftLog, logAdvice } from './left-log.ts';
import { readWriterNote } from './writer-note.ts';

export interface ConnectRequest {
  readonly path: string;
  readonly mode: 'read' | 'write';
  /** How long to wait for another process to let go of the file. */
  readonly waitSeconds: number;
  /** Threads DuckDB may use; by default one per core. */
  readonly threads: number | undefined;
}

const pollMs = 100;

/**
 * The name of the file's catalog. DuckDB would call it after the file, and a file named like one of
 * our schemas (`backcourt.duckdb`, the default once) would make every name in it ambiguous.
 */
export const fileCatalog = 'warehouse_file';

/**
 * Left alone DuckDB would take four fifths of the machine, and keep every block of the file that it has
 * read: a longer history would be a larger process. With this much no query of four seasons waits for
 * the disk, and what an ingest of eighty cannot hold goes into the folder beside the file.
 */
const mostMemoryMiB = 640;

/**
 * Rows that the file keeps together: what one thread reads, and what a filter on dates reads or leaves. A
 * quarter of DuckDB's own size, at which all of four seasons' player rows would be one thread's work.
 */
const rowGroupSize = 30_720;

/**
 * The first version of DuckDB whose log says to which file it belongs, and after which checkpoint. A file
 * keeps the version that it was made with: older tools that read it must not find it closed to them one day.
 */
const storageVersion = 'v1.4.0';

/** What each thread beyond two may take besides: one that writes a wide table holds a block of 256 KiB for each column, and one for its NULLs. */
const threadMemoryMiB = 256;

function memoryLimitMiB(threads: number): number {
  const wanted = mostMemoryMiB + threadMemoryMiB * Math.max(0, threads - 2);
  return Math.floor(Math.min(wanted, (totalmem() / 1024 ** 2) * 0.8));
}

/** An open file; both handles are the caller's to close, the connection first. */
export interface OpenFile {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  /** Symbolic links resolved, as DuckDB does: what lies beside the file lies beside this name. */
  readonly path: string;
  /** The mark of whoever wrote last to the file itself, its log aside; `''` when it has none. */
  readonly mark: string;
}

/**
 * Opens a DuckDB file, waiting for its lock.
 * @throws WarehouseError `absent` when reading a file that does not exist, `locked` with the pid, host and
 * start time of the writer when the wait is over, `surroundings` otherwise.
 */
export async function connect(request: ConnectRequest): Promise<OpenFile> {
  const { mode, threads } = request;
  const isFile = request.path !== ':memory:';
  const path = isFile ? placeOf(request.path, mode) : request.path;
  if (isFile && mode === 'write') {
    removeLeftovers(dirname(path), `${basename(path)}.`);
    removeLeftovers(tmpdir(), 'backcourt-');
  }
  const instance = await makeInstance({
    memory_limit: `${memoryLimitMiB(threads ?? availableParallelism())}MiB`,
    // Where DuckDB has an allocator of its own, what is freed goes back to the system meanwhile: a full history is a process smaller by a tenth.
    allocator_background_threads: 'true',
    // A folder that two processes share is removed by the first of them that ends.
    temp_directory: ownName(isFile ? `${path}.tmp-` : join(tmpdir(), 'backcourt-memory-')),
    ...(threads !== undefined && { threads: String(threads) }),
  });
  const connection = await instance.connect();
  try {
    const mark = await attachWaiting(connection, request, path);
    return { instance, connection, path, mark };
  } catch (error) {
    connection.closeSync();
    instance.closeSync();
    throw error;
  }
}

/** @throws WarehouseError `absent` or `surroundings` where there is nothing to open. */
function placeOf(path: string, mode: ConnectRequest['mode']): string {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there && !there.isFile()) {
    const what = there.isDirectory() ? 'a folder' : 'a pipe or a device';
    throw new WarehouseError('surroundings', `cannot open "${path}": it is ${what}, not a file`);
  }
  if (there) return realpathSync(path);
  if (mode === 'read') throw new WarehouseError('absent', `there is no warehouse at "${path}"`);
  const folder = dirname(path);
  if (existsSync(folder)) return join(realpathSync(folder), basename(path));
  throw new WarehouseError(
    'surroundings',
    `cannot open "${path}": there is no folder "${folder}"; make it first`,
  );
}

function attachSql(path: string, mode: ConnectRequest['mode']): string {
  const isFile = path !== ':memory:';
  const how =
    mode === 'read' && isFile
      ? 'READ_ONLY'
      : `ROW_GROUP_SIZE ${rowGroupSize}${isFile && !existsSync(path) ? `, STORAGE_VERSION '${storageVersion}'` : ''}`;
  return `ATTACH ${duckdbDialect.string(path)} AS ${fileCatalog} (TYPE duckdb, ${how})`;
}

/**
 * Attaches the file, and tries again until the wait is over while another process has it. @returns its mark.
 */
async function attachWaiting(
  connection: DuckDBConnection,
  { path: given, mode, waitSeconds }: ConnectRequest,
  path: string,
): Promise<string> {
  for (let triesLeft = Math.ceil((waitSeconds * 1000) / pollMs); ; triesLeft -= 1) {
    try {
      const mark = await checkLeftLog(connection, path);
      await connection.run(attachSql(path, mode));
      return mark ?? (await readMark(connection, fileCatalog));
    } catch (error) {
      const { kind, message } = toWarehouseError(error);
      if (kind !== 'locked') {
        const why = logAdvice(path, message) ?? withAdvice(message);
        throw new WarehouseError('surroundings', `cannot open "${given}": ${why}`);
      }
      if (triesLeft <= 0) throw new HeldWarehouse(given, holderOf(path, message));
    }
    await sleep(pollMs);
  }
}

/** Who holds a file, by DuckDB's message and the note that a writer leaves beside it. */
function holderOf(path: string, message: string): string {
  const pid = /PID (\d+)/.exec(message)?.[1];
  const note = readWriterNote(path);
  const since =
    note && String(note.pid) === pid ? ` on ${note.host}, writing since ${note.startedAt}` : '';
  return pid === undefined ? 'another process' : `process ${pid}${since}`;
}
