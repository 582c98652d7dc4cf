import { gameDate } from '../../src/calendar/game-date.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { runPlan } from '../../src/run/run-plan.ts';
import type { RunSummary } from '../../src/run/run-summary.ts';
import type { UnitResult } from '../../src/run/work/unit-result.ts';
import type { TableRegistry } from '../../src/table/table-registry.ts';
import { type DuckDbWarehouse, openDuckDb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { makeRunEngine } from '../../src/world/run-engine.ts';

export interface TablesRun {
  readonly tables: readonly string[];
  /** The dates to run, ascending. */
  readonly dates: readonly string[];
  readonly batchDays?: number;
  readonly maxFailures?: number;
  readonly runId?: string;
}

export interface TablesRunResult {
  readonly summary: RunSummary;
  readonly results: readonly UnitResult[];
}

const clock = {
  now: () => new Date().toISOString(),
  today: () => gameDate('2026-01-15'),
  elapsedMs: () => performance.now(),
};

/** Plans and runs tables of a registry, in backfill mode, without the command line around it. */
export async function runTables(
  warehouse: DuckDbWarehouse,
  registry: TableRegistry,
  { tables, dates, batchDays = 250, maxFailures, runId = 'run' }: TablesRun,
): Promise<TablesRunResult> {
  const engine = await makeRunEngine(warehouse, registry, clock, '0.0.0');
  const plan = makePlan(engine.world, {
    tables,
    dates: dates.map(gameDate),
    backfillMode: true,
    options: {},
  });
  const record = {
    runId,
    verb: 'run',
    request: '{}',
    codeVersion: '0.0.0',
    who: 'tester',
    reason: undefined,
    startedAt: clock.now(),
  } as const;
  const settings = {
    options: {},
    batchDays,
    maxFailures: maxFailures ?? Number.POSITIVE_INFINITY,
    allowShrink: false,
    stop: new AbortController().signal,
  };
  const results: UnitResult[] = [];
  const summary = await runPlan(engine, plan, record, settings, {
    batchStarted: () => {},
    unitFinished: (result) => results.push(result),
    tableFailed: () => {},
  });
  return { summary, results };
}

/** Opens a warehouse file for the time of `work`. */
export async function withOpenFile<T>(
  path: string,
  work: (warehouse: DuckDbWarehouse) => Promise<T>,
): Promise<T> {
  const writer = { pid: process.pid, host: 'here', startedAt: clock.now() };
  const warehouse = await openDuckDb({
    path,
    mode: 'write',
    waitSeconds: 0,
    threads: undefined,
    writer,
  });
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}
