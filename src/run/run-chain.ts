/**
 * A night in few requests: the tables of some new dates are staged one after the other, each reading what is
 * staged of the tables before it, looked at by one query and committed together with all their records.
 * It is for dates that come out well. Where one does not, nothing of the chain is written and the tables
 * are worked one by one, which leaves each failing date alone with its failure.
 */
import type { GameDate } from '../calendar/game-date.ts';
import { confirmSql, requireConfirmed } from '../ledger/confirm-records.ts';
import { onDates } from '../ledger/ledger-statements.ts';
import { findBlock } from '../plan/find-block.ts';
import type { Plan } from '../plan/plan.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type ComputedTable, qualifiedName } from '../table/table-definition.ts';
import type { Row } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { LivingWorld, World } from '../world/world.ts';
import { judgedBatch, settle } from './commit/commit-dates.ts';
import { appendStatements } from './commit/commit-statements.ts';
import type { DateOutcome } from './commit/date-outcome.ts';
import { isOfTheDates } from './narrow-down.ts';
import { judgeDates } from './run-batch.ts';
import { nothingPromised, upstreamNow } from './settle-units.ts';
import { lookAt, stagingOf } from './stage/stage-sql.ts';
import type { BatchRequest } from './work/batch-request.ts';
import type { UnitResult } from './work/unit-result.ts';
import type { Work } from './work/work-to-run.ts';

/** A batch of the chain whose dates all stand the judgement. */
interface SoundBatch {
  readonly request: BatchRequest;
  readonly commits: readonly DateOutcome[];
}

/**
 * Works a chain of new dates, which is committed as a whole.
 * @returns `undefined` when one of them must not be written; then none was.
 * @throws WarehouseError for the surroundings: disk, lock, network.
 */
export async function runChain(
  engine: RunEngine,
  plan: Plan,
  chain: Work,
): Promise<readonly UnitResult[] | undefined> {
  const startedMs = engine.clock.elapsedMs();
  const [first] = chain;
  // Whatever was to be worked may have been blocked by an earlier failure of the run.
  if (!first) return [];
  engine.warehouse.label?.({ run: first.runId, table: 'several' });
  const { warehouse, world } = engine;
  const sql = warehouse.dialect;
  try {
    const staged = chain.map((request) => stagingOf(sql, world, request));
    const look = await warehouse.stageAll(staged, lookAtChain(sql, chain));
    const sound = standsAnything(look) ? undefined : judgeChain(world, sql, plan, chain, look);
    if (!sound) return undefined;
    return await commitChain(engine, sound, (engine.clock.elapsedMs() - startedMs) / 1000);
  } catch (error) {
    if (isOfTheDates(error)) return undefined;
    throw error;
  }
}

const standing = 'standing';

/**
 * {@link lookAt} of a whole chain, and whether anything stands on its dates: nothing is recorded of them, so
 * rows would have come there by another way, and would be doubled by a commit that only adds.
 */
export function lookAtChain(sql: SqlDialect, chain: Work): string {
  const counts = chain.map(
    ({ table, dates }) => `
SELECT ${sql.string(standing)}, NULL, NULL, NULL, COUNT(*), NULL, NULL, NULL, NULL
FROM ${qualifiedName(table)} AS stored
WHERE ${onDates(sql, table.partition, dates)}`,
  );
  return [lookAt(sql, chain), ...counts].join('\nUNION ALL');
}

function standsAnything(look: readonly Row[]): boolean {
  return look.some((row) => row['table_name'] === standing && Number(row['row_count']) > 0);
}

/**
 * Judges table by table, each beside the records that those before it are about to get.
 * @returns `undefined` when a date must not be written, or is blocked after all.
 */
function judgeChain(
  world: LivingWorld,
  sql: SqlDialect,
  plan: Plan,
  chain: Work,
  look: readonly Row[],
): readonly SoundBatch[] | undefined {
  const { ledger } = world;
  const sound: SoundBatch[] = [];
  try {
    for (const request of chain) {
      const { table, dates } = request;
      if (dates.some((date) => isBlocked(world, plan, table, date))) return undefined;
      const commits = judgeDates(world, sql, request, look);
      if (!commits.every(({ writes }) => writes)) return undefined;
      for (const { record } of commits) if (record) ledger.set(record);
      sound.push({ request, commits });
    }
    return sound;
  } finally {
    // They are records when they are committed.
    for (const { request, commits } of sound) {
      for (const { date } of commits) ledger.remove(request.table.name, date);
    }
  }
}

function isBlocked(world: World, plan: Plan, table: ComputedTable, date: GameDate): boolean {
  const upstream = upstreamNow(world, table, date);
  const block = findBlock(world, plan.request, table, date, upstream, nothingPromised);
  return block !== undefined;
}

async function commitChain(
  engine: RunEngine,
  sound: readonly SoundBatch[],
  seconds: number,
): Promise<readonly UnitResult[]> {
  const { warehouse, clock, world } = engine;
  const sql = warehouse.dialect;
  const all = judgedBatch(
    sound.flatMap(({ commits }) => commits),
    seconds,
  );
  const batches = sound.map(({ request }) => ({
    request,
    records: all.records.filter(({ table }) => table === request.table.name),
  }));
  const recorded = sound.map(({ request }) => ({
    table: request.table.name,
    dates: request.dates,
  }));
  const confirmed = await warehouse.commit(
    appendStatements(sql, world, batches, clock.now()),
    confirmSql(sql, recorded, sound[0]?.request.runId),
  );
  requireConfirmed(confirmed, recorded);
  return settle(world, all);
}
