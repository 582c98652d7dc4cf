import type { GameDate } from '../calendar/game-date.ts';
import { makeOptionsOf } from '../plan/options-of.ts';
import type { Plan, UnitId } from '../plan/plan.ts';
import { type DateOutcome, failedOutcome } from '../run/commit/date-outcome.ts';
import { isOfTheDates } from '../run/narrow-down.ts';
import { judgeDates } from '../run/run-batch.ts';
import { makeUpstreamOf, settleWithoutWork } from '../run/settle-units.ts';
import { lookAt, stagingOf } from '../run/stage/stage-sql.ts';
import { type BatchRequest, type StagedBatch, stagedName } from '../run/work/batch-request.ts';
import type { UnitOutcome, UnitResult } from '../run/work/unit-result.ts';
import { batchesOf } from '../run/work/work-to-run.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { RunEngine } from '../world/run-engine.ts';

/** A unit and what a run would make of it. */
export interface UpstreamUnit extends UnitId {
  readonly outcome: UnitOutcome;
}

/** What became of the units that stand before another one. */
export interface RecomputedUpstream {
  /** What is staged now, table by table. */
  readonly staged: readonly StagedBatch[];
  /** All but those whose turn shows that there is nothing to do. */
  readonly units: readonly UpstreamUnit[];
}

/**
 * Works the units of a plan into temporary relations as a run would into the tables, each reading what is staged
 * of those before it. Nothing is written; the ledger of the engine's world is afterwards as the run would
 * have left it, so that what comes next is judged by that.
 * @throws WarehouseError for the surroundings: disk, lock, network.
 */
export async function recomputeUpstream(
  engine: RunEngine,
  plan: Plan,
): Promise<RecomputedUpstream> {
  const staged: StagedBatch[] = [];
  const units: UpstreamUnit[] = [];
  for (const [name, own] of Map.groupBy(plan.units, ({ table }) => table)) {
    const table = engine.world.tables.computedTable(name);
    const removed = own.filter(({ action }) => action === 'remove');
    for (const { date, reason, rows = 0 } of removed) {
      engine.world.ledger.remove(name, date);
      units.push({ table: name, date, outcome: { kind: 'removed', rows, reason } });
    }
    const { settled, outcomes } = await workTable(engine, plan, table, staged);
    for (const { date, outcome } of [...settled, ...outcomes]) {
      if (outcome.kind !== 'skipped') units.push({ table: name, date, outcome });
    }
    // What comes out equal is read where it stands: that is what a run would leave there.
    const dates = datesOf(outcomes.filter(({ writes }) => writes));
    const gone = datesOf([...removed, ...outcomes.filter(({ writes }) => writes)]);
    if (gone.length > 0) staged.push({ table, dates, gone });
  }
  return { staged, units };
}

async function workTable(
  engine: RunEngine,
  plan: Plan,
  table: ComputedTable,
  behind: readonly StagedBatch[],
): Promise<{ readonly settled: readonly UnitResult[]; readonly outcomes: readonly DateOutcome[] }> {
  const { world } = engine;
  const optionsOf = makeOptionsOf(world, plan.request);
  const upstreamOf = makeUpstreamOf(world, true);
  const settled: UnitResult[] = [];
  const dates: GameDate[] = [];
  for (const unit of plan.units) {
    if (unit.table !== table.name || unit.action !== 'run') continue;
    const result = settleWithoutWork(world, plan, optionsOf, upstreamOf, table, unit);
    if (result) settled.push(result);
    else dates.push(unit.date);
  }
  const terms = { runId: 'diff', optionsOf, allowShrink: false, rewrite: undefined };
  const batches = batchesOf(world.ledger, { table, dates }, terms).map(
    (batch): BatchRequest => ({ ...batch, behind }),
  );
  const outcomes = await stageBatches(engine, table, batches);
  for (const { record } of outcomes) if (record) world.ledger.set(record);
  return { settled, outcomes };
}

/** Stages batches of one table as one relation, as those who read it expect, and judges each date. */
async function stageBatches(
  { world, warehouse }: RunEngine,
  table: ComputedTable,
  batches: readonly BatchRequest[],
): Promise<readonly DateOutcome[]> {
  if (batches.length === 0) return [];
  const sql = warehouse.dialect;
  const select = batches
    .map((batch) => `SELECT * FROM (${stagingOf(sql, world, batch).select}\n) AS part`)
    .join('\nUNION ALL\n');
  try {
    const question = lookAt(sql, batches.slice(0, 1));
    const look = await warehouse.stageAll([{ name: stagedName(table), select }], question);
    return batches.flatMap((batch) => {
      const own = new Set<string>(batch.dates);
      const ofBatch = look.filter((row) => own.has(String(row['partition_date'])));
      return judgeDates(world, sql, batch, ofBatch);
    });
  } catch (error) {
    if (!isOfTheDates(error)) throw error;
    // A run would halve the dates until the one at fault stands alone; here it is told that none is known.
    const kind = error.kind === 'definition' ? 'bug' : 'bad_data';
    return batches.flatMap((batch) =>
      batch.dates.map((date) => failedOutcome(world, batch, date, { kind, text: error.message })),
    );
  }
}

function datesOf(units: readonly { readonly date: GameDate }[]): readonly GameDate[] {
  return units.map(({ date }) => date).sort();
}
