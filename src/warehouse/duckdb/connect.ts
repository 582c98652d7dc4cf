import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { WarehouseError } from '../warehouse.ts';
import { toWarehouseError } from './errors.ts';
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
 * Opens a DuckDB file, waiting for its lock.
 * @throws WarehouseError `absent` when reading a file that does not exist, `locked` with the pid, host and
 * start time of the writer when the wait is over, `surroundings` otherwise.
 */
export async function connect(request: ConnectRequest): Promise<DuckDBInstance> {
  const { path, mode, waitSeconds, threads } = request;
  if (mode === 'read' && path !== ':memory:' && !existsSync(path)) {
    throw new WarehouseError('absent', `there is no warehouse at "${path}"`);
  }
  const options: Record<string, string> = {};
  if (mode === 'read' && path !== ':memory:') options['access_mode'] = 'READ_ONLY';
  if (threads !== undefined) options['threads'] = String(threads);
  for (let triesLeft = Math.ceil((waitSeconds * 1000) / pollMs); ; triesLeft -= 1) {
    try {
      return await DuckDBInstance.create(path, options);
    } catch (error) {
      const failure = toWarehouseError(error);
      if (failure.kind !== 'locked') {
        throw new WarehouseError('surroundings', `cannot open "${path}": ${failure.message}`);
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
