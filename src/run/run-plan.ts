import type { GameDate } from '../calendar/game-date.ts';
import { isDistrusted } from '../ledger/distrust-readers.ts';
import { endRunStatement, type RunRecord, startRunStatement } from '../ledger/run-record.ts';
import { incompleteDates, shortDatesBehind } from '../plan/incomplete-dates.ts';
import { groupOtherOptions } from '../plan/other-options.ts';
import type { Plan, PlannedUnit } from '../plan/plan.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { changedTables, columnsFault } from './changed-tables.ts';
import { checkDefinitions, definitionFault, unprovenDates } from './check-definitions.ts';
import { type FailedTables, makeFailedTables, type TableFault } from './failed-tables.ts';
import { removeUnits } from './remove-units.ts';
import { runBatch } from './run-batch.ts';
import { runChain } from './run-chain.ts';
import { datesOf, exitCodeOf, type RunSummary, summarise } from './run-summary.ts';
import {
  makeUpstreamOf,
  type Promised,
  settleWithoutWork,
  type UpstreamOf,
} from './settle-units.ts';
import { UnsoundDefinition } from './unsound-definition.ts';
import type { BatchRequest, Reshape } from './work/batch-request.ts';
import type { RunSettings } from './work/run-settings.ts';
import { type Batch, type Chunk, splitChunks } from './work/split-chunks.ts';
import type { UnitResult } from './work/unit-result.ts';
import { type BatchTerms, batchesOf, batchTerms, chainOf, isChain } from './work/work-to-run.ts';

/** Hears what happens while it happens. */
export interface RunObserver {
  batchStarted(table: string, first: GameDate, last: GameDate): void;
  unitFinished(result: UnitResult): void;
  /** A table is not worked any more. */
  tableFailed(table: string, fault: TableFault): void;
}

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

/** What all units of a run are worked with. */
interface Order {
  readonly engine: RunEngine;
  readonly plan: Plan;
  readonly terms: BatchTerms;
  readonly upstreamOf: UpstreamOf;
  readonly failedTables: FailedTables;
  readonly proofs: RunSettings['proofs'];
  /** Tables that the run has written something of. */
  readonly written: Set<string>;
  /** What tables of other columns need with their first rows. */
  readonly reshapes: Map<string, Reshape>;
}

/** Whether a batch is among some that is looked at between its staging and its commit, or that changes its table. */
function standsAlone({ engine: { world }, proofs, reshapes }: Order, chunk: Chunk): boolean {
  if (chunk.some(({ table }) => reshapes.has(table))) return true;
  if (!proofs) return false;
  return chunk.some((batch) => {
    const table = world.tables.computedTable(batch.table);
    const dates = batch.units.filter(({ action }) => action === 'run').map(({ date }) => date);
    return (table.written && dates.length > 1) || unprovenDates(world, table, dates).length > 0;
  });
}

/** The units of a batch sorted into those with a result already and the dates to be worked. */
interface Sorted {
  readonly table: ComputedTable;
  readonly units: readonly PlannedUnit[];
  readonly decided: Map<GameDate, UnitResult>;
  readonly dates: readonly GameDate[];
}

function sortUnits(order: Order, batch: Batch, promised?: Promised): Sorted {
  const { engine, plan, terms, upstreamOf, failedTables } = order;
  const table = engine.world.tables.computedTable(batch.table);
  const isFailed = failedTables.faultOf(table) !== undefined;
  const decided = new Map<GameDate, UnitResult>();
  const dates: GameDate[] = [];
  for (const unit of batch.units) {
    const settled =
      isFailed && unit.action === 'run'
        ? undefined
        : settleWithoutWork(engine.world, plan, terms.optionsOf, upstreamOf, table, unit, promised);
    if (settled) decided.set(unit.date, settled);
    else dates.push(unit.date);
  }
  return { table, units: batch.units, decided, dates };
}

/** All results of a batch in order of date. */
function resultsOf(
  { upstreamOf }: Order,
  { table, units, decided }: Sorted,
): readonly UnitResult[] {
  return units.flatMap((unit) => {
    const result = decided.get(unit.date);
    return result ? [{ ...result, upstream: result.upstream ?? upstreamOf(table, unit) }] : [];
  });
}

/** Units of one table and batch: those to be worked in one go. */
async function runUnits(order: Order, batch: Batch): Promise<readonly UnitResult[]> {
  const { failedTables } = order;
  const sorted = sortUnits(order, batch);
  const { table, decided, dates } = sorted;
  try {
    if (failedTables.faultOf(table) === undefined) await proveAndWork(order, sorted);
  } catch (error) {
    const text = await faultText(order, sorted, error);
    failedTables.add(table.name, { kind: 'definition', text }, []);
  }
  const left = dates.filter((date) => !decided.has(date));
  const fault = failedTables.faultOf(table);
  if (fault && left.length > 0) failedTables.add(table.name, fault, left);
  return resultsOf(order, sorted);
}

/**
 * What is said of an own table that is too much for the engine; the others go on without it.
 * @throws WarehouseError any other error, and `surroundings` where it is a table of Backcourt's.
 */
function oversizedText({ name, phase }: ComputedTable, error: WarehouseError): string {
  if (error.kind !== 'oversized') throw error;
  const text = `${name} takes more than there is: ${error.message}`;
  if (phase !== 'own')
    throw new WarehouseError('surroundings', `${text}; what was committed stays`, error.sql);
  return `${text}; let it read fewer columns, rows or games, or work fewer dates at a time (--batch-days 20)`;
}

/** What is wrong with a definition. @throws the error, where it is none of a definition. */
async function faultText(
  { engine, written }: Order,
  { table, decided }: Sorted,
  error: unknown,
): Promise<string> {
  if (error instanceof UnsoundDefinition) {
    const isWritten = [...decided.values()].some(({ outcome }) => outcome.kind === 'written');
    return `${error.message}; nothing ${isWritten || written.has(table.name) ? 'more ' : ''}was written`;
  }
  if (!(error instanceof WarehouseError)) throw error;
  if (error.kind !== 'definition') return oversizedText(table, error);
  return (await definitionFault(engine, table)) ?? error.message;
}

/**
 * A definition that does not stand a proof fails as a whole: before its first rows of a season that it does not look
 * ahead, before those of any batch of a query that it does not mix dates.
 * @throws UnsoundDefinition; WarehouseError `definition` when the SQL of the table is wrong; dates before it are decided.
 */
async function proveAndWork(
  { engine, terms, proofs, reshapes }: Order,
  sorted: Sorted,
): Promise<void> {
  const { table, dates, decided } = sorted;
  const unproven = unprovenDates(engine.world, table, dates);
  if (unproven.length > 0) refuseUnsound(await proofs?.ahead(table, unproven));
  // No word can mix dates, so that it is enough to look at what it makes first.
  const isLookedAt = table.written !== undefined || unproven.length > 0;
  const look = async (batch: BatchRequest) => {
    if (isLookedAt) refuseUnsound(await proofs?.mixed(batch));
  };
  for (const batch of batchesOf(engine.world.ledger, sorted, terms)) {
    // A table of teams has fewer rows than one of players, and none of those stay.
    const allowShrink = batch.allowShrink || reshapes.get(table.name)?.isOtherKey === true;
    const request = { ...batch, allowShrink, reshapes };
    for (const result of await runBatch(engine, request, look)) decided.set(result.date, result);
  }
}

function refuseUnsound(text: string | undefined): void {
  if (text !== undefined) throw new UnsoundDefinition(text);
}

/** Units of all tables of a chunk as one chain; `undefined` when they have to go table by table. */
async function runTogether(
  order: Order,
  chunk: Chunk,
  observer: RunObserver,
): Promise<readonly UnitResult[] | undefined> {
  const { engine, plan, terms } = order;
  const promised = new Map<string, readonly GameDate[]>();
  const sorted = chunk.map((batch) => {
    const own = sortUnits(order, batch, promised);
    promised.set(batch.table, own.dates);
    return own;
  });
  const [first] = chunk;
  if (first) observer.batchStarted(first.table, first.first, first.last);
  const results = await runChain(engine, plan, chainOf(sorted, terms));
  if (!results) return undefined;
  for (const { table, decided } of sorted) {
    for (const result of results) if (result.table === table.name) decided.set(result.date, result);
  }
  return sorted.flatMap((own) => resultsOf(order, own));
}
