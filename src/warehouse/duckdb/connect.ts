import { existsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { duckdbDialect } from '../sql/duckdb-dialect.ts';
import { WarehouseError } from '../warehouse.ts';
import { toWarehouseError, withAdvice } from './errors.ts';
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
 * our schemas (`backcourt.duckdb`!) would make every name in it ambiguous.
 */
export const fileCatalog = 'warehouse_file';

/**
 * Left alone DuckDB would take four fifths of the machine, and keep every block of the file that it has
 * read: a longer history would be a larger process. With this much no query of four seasons waits for
 * the disk, and what an ingest of eighty cannot hold goes into the folder beside the file.
 */
const mostMemoryMiB = 800;

/**
 * Rows that the file keeps together: what one thread reads, and what a filter on dates reads or leaves. A
 * quarter of DuckDB's own size, at which all of four seasons' player rows would be one thread's work.
 */
const rowGroupSize = 30_720;

function memoryLimitMiB(): number {
  return Math.floor(Math.min(mostMemoryMiB, (totalmem() / 1024 ** 2) * 0.8));
}

/** An open file; both handles are the caller's to close, the connection first. */
export interface OpenFile {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}

/**
 * Opens a DuckDB file, waiting for its lock.
 * @throws WarehouseError `absent` when reading a file that does not exist, `locked` with the pid, host and
 * start time of the writer when the wait is over, `surroundings` otherwise.
 */
export async function connect(request: ConnectRequest): Promise<OpenFile> {
  const { path, mode, waitSeconds, threads } = request;
  if (mode === 'read' && path !== ':memory:' && !existsSync(path)) {
    throw new WarehouseError('absent', `there is no warehouse at "${path}"`);
  }
  const folder = dirname(path);
  if (path !== ':memory:' && !existsSync(folder)) {
    throw new WarehouseError(
      'surroundings',
      `cannot open "${path}": there is no folder "${folder}"; make it first`,
    );
  }
  const reads = mode === 'read' && path !== ':memory:';
  const how = reads ? 'READ_ONLY' : `ROW_GROUP_SIZE ${rowGroupSize}`;
  const attach = `ATTACH ${duckdbDialect.string(path)} AS ${fileCatalog} (${how})`;
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${memoryLimitMiB()}MiB`,
    ...(path !== ':memory:' && { temp_directory: `${path}.tmp` }),
    ...(threads !== undefined && { threads: String(threads) }),
  });
  const connection = await instance.connect();
  try {
    await attachWaiting(connection, attach, path, waitSeconds);
    return { instance, connection };
  } catch (error) {
    connection.closeSync();
    instance.closeSync();
    throw error;
  }
}

async function attachWaiting(
  connection: DuckDBConnection,
  attach: string,
  path: string,
  waitSeconds: number,
): Promise<void> {
  for (let triesLeft = Math.ceil((waitSeconds * 1000) / pollMs); ; triesLeft -= 1) {
    try {
      await connection.run(attach);
      return;
    } catch (error) {
      const failure = toWarehouseError(error);
      if (failure.kind !== 'locked') {
        const why = withAdvice(failure.message);
        throw new WarehouseError('surroundings', `cannot open "${path}": ${why}`);
      }
      if (triesLeft <= 0) throw lockedError(path, failure.message);
    }
    await sleep(pollMs);
  }
}

function lockedError(path: string, message: string): WarehouseError {
  const pid = /PID (\d+)/.exec(message)?.[1];
  const note = readWriterNote(path);
  const since =
    note && String(note.pid) === pid ? ` on ${note.host}, writing since ${note.startedAt}` : '';
  const holder = pid === undefined ? 'another process' : `process ${pid}${since}`;
  return new WarehouseError(
    'locked',
    `"${path}" is held by ${holder}; wait for it with --wait <seconds>`,
  );
}
