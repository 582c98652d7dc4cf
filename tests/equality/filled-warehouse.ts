import { gameDate } from '../../src/calendar/game-date.ts';
import { describeFiles } from '../../src/ingest/files/describe-files.ts';
import { ingestFiles } from '../../src/ingest/ingest-files.ts';
import { sourceContents } from '../../src/ingest/source-contents.ts';
import { ledgerTables } from '../../src/ledger/ledger-tables.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { runPlan } from '../../src/run/run-plan.ts';
import type { RunSummary } from '../../src/run/run-summary.ts';
import type { EffectiveOptions } from '../../src/table/table-option.ts';
import type { TableRegistry } from '../../src/table/table-registry.ts';
import { createStatements } from '../../src/warehouse/duckdb/ddl.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { makeRunEngine } from '../../src/world/run-engine.ts';
import { openMemoryWarehouse } from '../support/memory-warehouse.ts';

const clock = {
  now: () => '2026-01-01T00:00:00Z',
  today: () => gameDate('2100-01-01'),
  elapsedMs: () => performance.now(),
};

/** A warehouse in memory with the raw tables of some files. */
export async function ingestedWarehouse(
  tables: TableRegistry,
  paths: readonly string[],
  dataKind: 'real' | 'simulated',
): Promise<DuckDbWarehouse> {
  const warehouse = await openMemoryWarehouse();
  await warehouse.commit(createStatements([...ledgerTables, ...tables.all]));
  const source = dataKind === 'real' ? 'nba-stats' : 'simulated';
  const { files } = await describeFiles(warehouse, sourceContents, source, paths);
  await ingestFiles({
    warehouse,
    tables,
    files,
    dataKind,
    allowShrink: false,
    runId: 'ingest',
    codeVersion: 'test',
    now: clock.now(),
    elapsedMs: clock.elapsedMs,
  });
  return warehouse;
}

export interface Backfill {
  /** All of them unless given. */
  readonly tableNames?: readonly string[];
  readonly options?: EffectiveOptions;
  readonly batchDays?: number;
}

/** Backfills tables over every game date. */
export async function backfillEverything(
  tables: TableRegistry,
  warehouse: Warehouse,
  { tableNames, options = {}, batchDays = 850 }: Backfill = {},
): Promise<RunSummary> {
  const engine = await makeRunEngine(warehouse, tables, clock, 'test');
  const plan = makePlan(engine.world, {
    tables: tables.computed
      .map(({ name }) => name)
      .filter((name) => tableNames === undefined || tableNames.includes(name)),
    dates: engine.world.calendar.dates,
    backfillMode: true,
    // All rows come out by these options, whatever they were made with before.
    restateOptions: true,
    options,
  });
  const run = {
    runId: 'backfill',
    verb: 'run',
    request: '{}',
    codeVersion: 'test',
    who: 'test',
    reason: undefined,
    startedAt: clock.now(),
  } as const;
  const settings = {
    options,
    batchDays,
    maxFailures: Number.POSITIVE_INFINITY,
    allowShrink: true,
    stop: new AbortController().signal,
  };
  return runPlan(engine, plan, run, settings, {
    batchStarted: () => {},
    unitFinished: () => {},
    tableFailed: () => {},
  });
}
