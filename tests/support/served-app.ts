import { statSync } from 'node:fs';
import type { Hono } from 'hono';
import { gameDate } from '../../src/calendar/game-date.ts';
import { makeApp } from '../../src/serve/make-app.ts';
import { makeWarehouseReader } from '../../src/serve/warehouse-reader.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { openDuckDb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { makeRunEngine } from '../../src/world/run-engine.ts';

const clock = {
  now: () => new Date().toISOString(),
  today: () => gameDate('2026-01-15'),
  elapsedMs: () => performance.now(),
};

export interface ServedApp {
  readonly app: Hono;
  /** How often the ledger has been read. */
  engines(): number;
}

/** What `backcourt serve` answers with, without the socket and without the files of the pages. */
export async function servedApp(
  path: string,
  filesFolder = '/nowhere',
  today = '2026-01-15',
): Promise<ServedApp> {
  const tables = await loadTables();
  let engines = 0;
  const read = makeWarehouseReader({
    open: async (work) => {
      const writer = { pid: process.pid, host: 'here', startedAt: clock.now() };
      const warehouse = await openDuckDb({
        ...{ path, mode: 'read', waitSeconds: 0, threads: undefined, writer },
      });
      try {
        return await work(warehouse);
      } finally {
        await warehouse.close();
      }
    },
    makeEngine: (warehouse) => {
      engines += 1;
      return makeRunEngine(warehouse, tables, clock, '0.0.0');
    },
    elapsedMs: clock.elapsedMs,
    stamp: () => `${statSync(path).mtimeMs}`,
  });
  const app = makeApp({
    context: {
      tables,
      location: path,
      version: '0.0.0',
      read,
      filesFolder,
      today: () => gameDate(today),
      command: (text) => `npx backcourt ${text} --warehouse ${path}`,
    },
    files: new Map(),
    hostNames: ['localhost', '127.0.0.1'],
  });
  return { app, engines: () => engines };
}
