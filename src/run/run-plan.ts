import type { GameDate } from '../calendar/game-date.ts';
import { isDistrusted } from '../ledger/distrust-readers.ts';
import { endRunStatement, type RunRecord, startRunStatement } from '../ledger/run-record.ts';
import { incompleteDates, shortDatesBehind } from '../plan/incomplete-dates.ts';
import { groupOtherOptions } from '../plan/other-options.ts';
import type { Plan, PlannedUnit } from '../plan/plan.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { changedTables, columnsFault } from './changed-tables.ts';
import { checkDefinitions } from './check-definitions.ts';
import { makeFailedTables } from './failed-tables.ts';
import { removeUnits } from './remove-units.ts';
import type { RunObserver } from './run-observer.ts';
import { datesOf, exitCodeOf, type RunSummary, summarise } from './run-summary.ts';
import { type Order, runTogether, runUnits, standsAlone } from './run-units.ts';
import { makeUpstreamOf } from './settle-units.ts';
import type { RunSettings } from './work/run-settings.ts';
import { splitChunks } from './work/split-chunks.ts';
import type { UnitResult } from './work/unit-result.ts';
import { batchTerms, isChain } from './work/work-to-run.ts';

/**
 * Carries out a plan: some dates at a time, within them table by table in dependency order. What a table
 * reads of an earlier one is committed, or is committed together with it.
 * @throws WarehouseError for the surroundings; what was committed stays.
 */
export async function runPlan(
  engine: RunEngine,
  plan: Plan,
  run: RunRecord,
  settings: RunSettings,
  observer: RunObserver,
): Promise<RunSummary> {
  const { warehouse, clock } = engine;
  const startedMs = clock.elapsedMs();
  const results: UnitResult[] = [];
  const worksAtAll = plan.units.some(({ action }) => action === 'run' || action === 'remove');
  // Who comes in the evening has to see that the morning was blocked; a run with nothing to do is nothing to see.
  const isRecorded = worksAtAll || plan.units.some(({ action }) => action === 'block');
  if (isRecorded) await warehouse.write(startRunStatement(warehouse.dialect, run));
  warehouse.label?.({ run: run.runId, table: 'several' });
  const upstreamOf = makeUpstreamOf(engine.world, worksAtAll);
  let failures = 0;
  const failedTables = makeFailedTables((table, fault) => {
    observer.tableFailed(table, fault);
    if (fault.kind === 'definition') failures += 1;
  });
  const terms = batchTerms(engine.world, plan.request, run, settings);
  const order: Order = {
    ...{ engine, plan, terms, upstreamOf, failedTables },
    proofs: settings.proofs,
    written: new Set(),
    reshapes: new Map(),
  };

  const enough = () => settings.stop.aborted || failures >= settings.maxFailures;
  const tell = async (finished: readonly UnitResult[]) => {
    for (const result of finished) {
      results.push(result);
      observer.unitFinished(result);
      if (result.outcome.kind === 'failed') failures += 1;
      if (result.outcome.kind === 'written') order.written.add(result.table);
    }
    // This pause lets a signal in: everything above may have been one long chain of resolved promises.
    await new Promise((resolve) => setImmediate(resolve));
  };
  for (const changed of await changedTables(engine, plan)) {
    const fault = columnsFault(changed);
    if (fault) failedTables.add(changed.table.name, fault, []);
    else observer.tableChanged?.(changed);
    if (changed.reshape) order.reshapes.set(changed.table.name, changed.reshape);
  }
  const remove = async (units: readonly PlannedUnit[]) => {
    for (const result of await removeUnits(engine, units, terms)) {
      results.push(result);
      observer.unitFinished(result);
    }
  };
  // Nothing is removed of a table before its new rows are there.
  const later = plan.units.filter(({ table }) => order.reshapes.has(table));
  await remove(plan.units.filter((unit) => !later.includes(unit)));
  for (const [table, text] of await checkDefinitions(engine, plan.units)) {
    failedTables.add(table, { kind: 'definition', text }, []);
  }
  const others = plan.units.filter(({ action }) => action !== 'remove');
  for (const chunk of splitChunks(others, engine.world, settings.batchDays)) {
    if (enough()) break;
    const asChain =
      !standsAlone(order, chunk) &&
      failedTables.all().length === 0 &&
      isChain(engine.world.ledger, chunk);
    const together = asChain ? await runTogether(order, chunk, observer) : undefined;
    if (together) {
      await tell(together);
      continue;
    }
    for (const batch of chunk) {
      if (enough()) break;
      observer.batchStarted(batch.table, batch.first, batch.last);
      await tell(await runUnits(order, batch));
    }
  }

  await remove(later.filter(({ table }) => !order.reshapes.has(table)));

  const seconds = (clock.elapsedMs() - startedMs) / 1000;
  for (const { name, error } of brokenTables(engine.world.tables, plan))
    failedTables.add(name, { kind: 'definition', text: error }, []);
  const failed = failedTables.all();
  const interrupted = settings.stop.aborted && results.length + datesOf(failed) < plan.units.length;
  const total = plan.units.length;
  const kept = groupOtherOptions(plan.units);
  const { tables, ledger } = engine.world;
  const distrusted = tables.computed.flatMap(({ name }) =>
    [...ledger.of(name).values()].filter(isDistrusted),
  ).length;
  const counted = summarise(run.runId, total, results, interrupted, seconds, failed, kept);
  const dates = datesOfPlan(plan);
  // A unit that is blocked says itself what lacks.
  const isMade = counted.written + counted.unchanged > 0;
  const incomplete = [
    ...(isMade ? shortDatesBehind(engine.world, dates) : []),
    ...incompleteDates(engine.world, dates),
  ].sort((one, other) => (one.date < other.date ? -1 : 1));
  const named = counted.failed.map((unit) => {
    const definedIn = tables.get(unit.table)?.definedIn;
    return definedIn === undefined ? unit : { ...unit, definedIn };
  });
  const summary: RunSummary = { ...counted, failed: named, distrusted, incomplete };
  if (isRecorded) await recordEnd(engine, summary);
  return summary;
}

/** Own tables that could not be planned, of a run that is asked for all tables. */
function brokenTables({ computed, broken }: TableRegistry, { request }: Plan) {
  return request.tables.length === computed.length ? broken : [];
}

function datesOfPlan(plan: Plan): readonly GameDate[] {
  return [...new Set(plan.units.map(({ date }) => date))].sort();
}

async function recordEnd(engine: RunEngine, summary: RunSummary): Promise<void> {
  const { total, written, unchanged, rowsWritten, skipped, blocked, failed, notReached } = summary;
  const { removed, failedTables } = summary;
  const counts = {
    total,
    written,
    unchanged,
    rows_written: rowsWritten,
    ...(removed > 0 && { removed }),
    skipped,
    blocked: blocked.length,
    failed: failed.length + datesOf(failedTables),
    not_reached: notReached,
    // The dates of a table that failed as a whole count as failed units too, so that a retry works them.
    failed_units: [
      ...failed.map(({ table, date }) => [table, date]),
      ...failedTables.flatMap(({ table, dates }) => dates.map((date) => [table, date])),
    ],
  };
  await engine.warehouse.write(
    endRunStatement(engine.warehouse.dialect, summary.runId, {
      finishedAt: engine.clock.now(),
      exitCode: exitCodeOf(summary),
      summary: JSON.stringify(counts),
    }),
  );
}
