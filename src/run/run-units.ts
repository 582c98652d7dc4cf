import type { GameDate } from '../calendar/game-date.ts';
import type { Plan, PlannedUnit } from '../plan/plan.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { definitionFault, unprovenDates } from './check-definitions.ts';
import type { FailedTables } from './failed-tables.ts';
import { runBatch } from './run-batch.ts';
import { runChain } from './run-chain.ts';
import type { RunObserver } from './run-observer.ts';
import { type Promised, settleWithoutWork, type UpstreamOf } from './settle-units.ts';
import { UnsoundDefinition } from './unsound-definition.ts';
import type { BatchRequest, Reshape } from './work/batch-request.ts';
import type { RunSettings } from './work/run-settings.ts';
import type { Batch, Chunk } from './work/split-chunks.ts';
import type { UnitResult } from './work/unit-result.ts';
import { type BatchTerms, batchesOf, chainOf } from './work/work-to-run.ts';

/** What all units of a run are worked with. */
export interface Order {
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
export function standsAlone({ engine: { world }, proofs, reshapes }: Order, chunk: Chunk): boolean {
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
export async function runUnits(order: Order, batch: Batch): Promise<readonly UnitResult[]> {
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
export async function runTogether(
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
