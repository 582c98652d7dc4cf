import type { GameDate } from '../calendar/game-date.ts';
import { endRunStatement, type RunRecord, startRunStatement } from '../ledger/run-record.ts';
import { findBlock } from '../plan/find-block.ts';
import type { Plan, PlannedUnit, PlanRequest, UpstreamCount } from '../plan/plan.ts';
import { unitOptions, unitOptionsText } from '../plan/unit-options.ts';
import { countUpstream } from '../plan/upstream-count.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { EffectiveOptions } from '../table/table-option.ts';
import type { BatchRequest } from './batch-request.ts';
import { runBatch } from './run-batch.ts';
import type { RunEngine } from './run-engine.ts';
import { exitCodeOf, type RunSummary, summarise } from './run-summary.ts';
import { splitBatches } from './split-batches.ts';
import type { UnitResult } from './unit-result.ts';

export interface RunSettings {
  /** `recorded`: each unit with the options that it was made with. */
  readonly options: PlanRequest['options'];
  /** Most dates of one table that one query computes. */
  readonly batchDays: number;
  /** Stop after so many failed units. */
  readonly maxFailures: number;
  readonly allowShrink: boolean;
  /** Asks to stop after the batch in hand. */
  readonly stop: AbortSignal;
}

/** Hears what happens while it happens. */
export interface RunObserver {
  batchStarted(table: string, first: GameDate, last: GameDate): void;
  unitFinished(result: UnitResult): void;
}

/**
 * Carries out a plan: batch of dates by batch, within it table by table in dependency order, so
 * that an earlier table of a date is always committed before a later one reads it.
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
  const worksAtAll = plan.units.some(({ action }) => action === 'run');
  if (worksAtAll) await warehouse.write(startRunStatement(warehouse.dialect, run));
  // The plan's counts take for granted that earlier units succeed; where none is worked they are exact.
  const upstreamOf: UpstreamOf = worksAtAll
    ? (table, unit) => upstreamNow(engine, table, unit)
    : (_, unit) => unit.upstream;

  let failures = 0;
  const enough = () => settings.stop.aborted || failures >= settings.maxFailures;
  for (const batch of splitBatches(plan.units, engine.calendar, settings.batchDays)) {
    if (enough()) break;
    observer.batchStarted(batch.table, batch.first, batch.last);
    for (const result of await runUnits(engine, plan, run, settings, upstreamOf, batch.units)) {
      results.push(result);
      observer.unitFinished(result);
      if (result.outcome.kind === 'failed') failures += 1;
    }
    // Lets a signal in: everything above may have been one long chain of resolved promises.
    await new Promise((resolve) => setImmediate(resolve));
  }

  const seconds = (clock.elapsedMs() - startedMs) / 1000;
  const interrupted = settings.stop.aborted && results.length < plan.units.length;
  const summary = summarise(run.runId, plan.units.length, results, interrupted, seconds);
  if (worksAtAll) await recordEnd(engine, summary);
  return summary;
}

async function recordEnd(engine: RunEngine, summary: RunSummary): Promise<void> {
  const { total, written, unchanged, rowsWritten, skipped, blocked, failed, notReached } = summary;
  const counts = {
    total,
    written,
    unchanged,
    rows_written: rowsWritten,
    skipped,
    blocked: blocked.length,
    failed: failed.length,
    not_reached: notReached,
    failed_units: failed.map(({ table, date }) => [table, date]),
  };
  await engine.warehouse.write(
    endRunStatement(engine.warehouse.dialect, summary.runId, {
      finishedAt: engine.clock.now(),
      exitCode: exitCodeOf(summary),
      summary: JSON.stringify(counts),
    }),
  );
}

/** Units of one table and batch: those to be worked in one go, all results in order of date. */
async function runUnits(
  engine: RunEngine,
  plan: Plan,
  run: RunRecord,
  settings: RunSettings,
  upstreamOf: UpstreamOf,
  units: readonly PlannedUnit[],
): Promise<readonly UnitResult[]> {
  const decided = new Map<GameDate, UnitResult>();
  const work: GameDate[] = [];
  let table: ComputedTable | undefined;
  for (const unit of units) {
    table ??= engine.tables.computed.find(({ name }) => name === unit.table);
    if (!table) throw new Error(`"${unit.table}" is not a table that is computed`);
    const settled = settleWithoutWork(engine, plan, settings, upstreamOf, table, unit);
    if (settled) decided.set(unit.date, settled);
    else work.push(unit.date);
  }
  if (table && work.length > 0) {
    const common = { runId: run.runId, table, allowShrink: settings.allowShrink };
    for (const part of byOptions(engine, settings, table, work)) {
      for (const result of await runBatch(engine, { ...common, ...part })) {
        decided.set(result.date, result);
      }
    }
  }
  return units.flatMap((unit) => {
    const result = decided.get(unit.date);
    if (!result || !table) return [];
    return [{ ...result, upstream: result.upstream ?? upstreamOf(table, unit) }];
  });
}

/** The batches that would be worked if every unit of the plan that is to run did. */
export function batchesToRun(
  engine: Pick<RunEngine, 'ledger' | 'calendar' | 'tables'>,
  units: readonly PlannedUnit[],
  { runId }: Pick<RunRecord, 'runId'>,
  settings: RunSettings,
): readonly BatchRequest[] {
  return splitBatches(units, engine.calendar, settings.batchDays).flatMap((batch) => {
    const table = engine.tables.computed.find(({ name }) => name === batch.table);
    if (!table) throw new Error(`"${batch.table}" is not a table that is computed`);
    const work = batch.units.filter(({ action }) => action === 'run').map(({ date }) => date);
    return byOptions(engine, settings, table, work).map((part) => ({
      runId,
      table,
      allowShrink: settings.allowShrink,
      ...part,
    }));
  });
}

/** One query has one set of options; dates that were made with others need one of their own. */
function byOptions(
  { ledger }: Pick<RunEngine, 'ledger'>,
  { options }: RunSettings,
  table: ComputedTable,
  dates: readonly GameDate[],
): readonly { readonly options: EffectiveOptions; readonly dates: readonly GameDate[] }[] {
  const optionsOf = (date: GameDate) => unitOptions(options, ledger.get(table.name, date));
  const groups = Map.groupBy(dates, (date) => unitOptionsText(table, optionsOf(date)));
  return [...groups.values()].flatMap((own) =>
    own[0] === undefined ? [] : [{ options: optionsOf(own[0]), dates: own }],
  );
}

/** How many of the days that a unit looks back on are there when its turn comes. */
type UpstreamOf = (table: ComputedTable, unit: PlannedUnit) => UpstreamCount | undefined;

function upstreamNow(
  engine: RunEngine,
  table: ComputedTable,
  { date, upstream }: PlannedUnit,
): UpstreamCount | undefined {
  if (!upstream || !table.lookback) return undefined;
  const has = (name: string, day: GameDate) => (engine.ledger.get(name, day)?.rows ?? 0) > 0;
  return countUpstream(engine.calendar, table.lookback, date, has);
}

/** The result of a unit that needs no query now, though the plan may have expected one. */
function settleWithoutWork(
  engine: RunEngine,
  plan: Plan,
  settings: RunSettings,
  upstreamOf: UpstreamOf,
  table: ComputedTable,
  unit: PlannedUnit,
): UnitResult | undefined {
  const { date, state, reason, help, rows } = unit;
  const upstream = upstreamOf(table, unit);
  const result = (outcome: UnitResult['outcome']): UnitResult => ({
    table: table.name,
    date,
    outcome,
    seconds: 0,
    upstream,
    warnings: [],
  });
  if (unit.action === 'skip') return result({ kind: 'skipped', state, reason, rows });
  if (unit.action === 'block') return result({ kind: 'blocked', state, reason, help });

  // Earlier units of this run may have failed, or come out equal to what stood there.
  const block = findBlock(engine.facts, plan.request, table, date, upstream, new Map());
  if (block) return result({ kind: 'blocked', state: 'blocked', ...block });
  const record = engine.ledger.get(table.name, date);
  if (state !== 'stale' || record === undefined || record.state === 'failed') return undefined;
  const options = unitOptionsText(table, unitOptions(settings.options, record));
  const fingerprint = engine.facts.fingerprinter.fingerprint(table, date, options);
  if (record.options !== options || record.fingerprint !== fingerprint) return undefined;
  return result({
    kind: 'skipped',
    state: record.state,
    reason: 'inputs came out equal',
    rows: record.rows,
  });
}
