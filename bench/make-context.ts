import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gameDate } from '../src/calendar/game-date.ts';
import type { TableRegistry } from '../src/table/table-registry.ts';
import { openDuckDb } from '../src/warehouse/duckdb/duckdb-warehouse.ts';
import { makeRunEngine, type RunEngine } from '../src/world/run-engine.ts';
import { bareRawStatements, prelude } from './bare-statements.ts';
import type { BenchContext } from './bench-context.ts';
import { installCommand } from './installed-command.ts';
import { measureProcess, temporaryFiles } from './measure-process.ts';
import type { SourceFiles } from './source-files.ts';
import type { StatementList } from './statement-list.ts';

/** @param folder an existing folder, to be removed when the bench is over. */
export function makeContext(
  folder: string,
  tables: TableRegistry,
  source: SourceFiles,
  runs: number,
  progress: (text: string) => void,
): BenchContext {
  mkdirSync(join(folder, 'command'));
  const script = installCommand(join(folder, 'command'));
  let files = 0;
  const fresh = (name: string) => {
    files += 1;
    return join(folder, `${name}_${files}.duckdb`);
  };
  const product: BenchContext['product'] = (warehouse, args, exitCodes = [0]) =>
    measureProcess({ args: [script, ...args, '--warehouse', warehouse], folder, exitCodes });
  const ingest = (warehouse: string) =>
    product(warehouse, ['ingest', source.source, ...source.files]);
  const rawWarehouse = once(async () => {
    progress('loading a warehouse');
    const warehouse = fresh('raw');
    await ingest(warehouse);
    return warehouse;
  });
  const fullWarehouse = once(async () => {
    progress('filling a warehouse');
    const warehouse = fresh('full');
    await ingest(warehouse);
    const { calendar } = (await readEngine(tables, warehouse)).world;
    const { dates } = calendar;
    await product(warehouse, [
      ...['run', '--backfill', '--start-date', dates[0] ?? '', '--end-date', dates.at(-1) ?? ''],
    ]);
    return warehouse;
  });
  const engine = once(async () => readEngine(tables, await fullWarehouse()));
  return {
    runs,
    source: source.source,
    files: source.files,
    product,
    forgetAnswers: () => {
      const kept = globSync(join(temporaryFiles(folder), 'backcourt-answers-*'));
      for (const path of kept) rmSync(path, { recursive: true });
    },
    fresh,
    rawWarehouse,
    fullWarehouse,
    readEngine: (warehouse) => readEngine(tables, warehouse),
    engine,
    progress,
    bare: async (database, statements) => {
      const list: StatementList = { database, statements: [...prelude, ...statements] };
      const path = join(folder, 'statements.json');
      writeFileSync(path, JSON.stringify(list));
      const script = new URL('run-statements.ts', import.meta.url).pathname;
      return measureProcess({ args: [script, path], folder });
    },
    bareRaw: once(async () => {
      const { calendar } = (await engine()).world;
      const scratch = await openForReading(':memory:');
      try {
        return await bareRawStatements(
          scratch,
          tables,
          source.source,
          source.files,
          calendar.dates,
        );
      } finally {
        await scratch.close();
      }
    }),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function openForReading(path: string) {
  return openDuckDb({
    path,
    mode: 'read',
    waitSeconds: 0,
    threads: undefined,
    writer: { pid: process.pid, host: 'bench', startedAt: '' },
  });
}

async function readEngine(tables: TableRegistry, warehouse: string): Promise<RunEngine> {
  const clock = {
    now: () => '2100-01-01T00:00:00Z',
    today: () => gameDate('2100-01-01'),
    elapsedMs: () => performance.now(),
  };
  const opened = await openForReading(warehouse);
  try {
    return await makeRunEngine(opened, tables, clock, 'bench');
  } finally {
    await opened.close();
  }
}
