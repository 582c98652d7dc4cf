import type { GameDate } from '../calendar/game-date.ts';
import type { Failure } from '../ledger/partition-record.ts';
import { earlierTables, fillSeason } from '../plan/find-block.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type Row, WarehouseError } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { World } from '../world/world.ts';
import { commitDates, commitWhileJudged, type JudgeBatch } from './commit/commit-dates.ts';
import {
  blockedOutcome,
  type DateOutcome,
  dateOutcome,
  failedOutcome,
} from './commit/date-outcome.ts';
import { isOfTheDates, narrowDown } from './narrow-down.ts';
import { dateFacts } from './stage/date-facts.ts';
import { isOfDefinition } from './stage/is-of-definition.ts';
import { judgeStaged } from './stage/judge-staged.ts';
import { lookAt, stagingOf } from './stage/stage-sql.ts';
import { emptyStagedDate, type StagedDate, stagedDates } from './stage/staged-dates.ts';
import type { BatchRequest } from './work/batch-request.ts';
import type { UnitResult } from './work/unit-result.ts';

/** Looks at what a batch has staged before anything of it is written. @throws what nothing is written for. */
type LookAtStaged = (request: BatchRequest) => Promise<void>;

/**
 * Works some dates of one table: one query stages them all, each is judged by itself, and the good
 * ones are replaced together with their records in one commit. When the query or the commit fails
 * on its data, the batch is halved until the date at fault stands alone.
 * @throws WarehouseError `definition` when the SQL is wrong for every date, and for the surroundings: disk,
 * lock, network.
 */
export async function runBatch(
  engine: RunEngine,
  request: BatchRequest,
  look: LookAtStaged = () => Promise.resolve(),
): Promise<readonly UnitResult[]> {
  const startedMs = engine.clock.elapsedMs();
  const seconds = () => (engine.clock.elapsedMs() - startedMs) / 1000;
  engine.warehouse.label?.({ run: request.runId, table: request.table.name });
  try {
    return await workBatch(engine, request, look, seconds);
  } catch (error) {
    if (!isOfTheDates(error) || error.kind === 'definition') throw error;
    return narrowDown(
      { dates: request.dates, error },
      {
        work: (dates) => {
          const partStartedMs = engine.clock.elapsedMs();
          const partSeconds = () => (engine.clock.elapsedMs() - partStartedMs) / 1000;
          return workBatch(engine, { ...request, dates }, look, partSeconds);
        },
        fail: (dates, why) => recordFailures(engine, request, dates, why, seconds()),
      },
    );
  }
}

function recordFailures(
  engine: RunEngine,
  request: BatchRequest,
  dates: readonly GameDate[],
  error: WarehouseError,
  seconds: number,
): Promise<readonly UnitResult[]> {
  const kind = error.kind === 'definition' ? 'bug' : 'bad_data';
  const part = { ...request, dates };
  const failures = dates.map((date) => {
    const text = `${request.table.name} ${date}: ${error.message}`;
    return failedOutcome(engine.world, part, date, { kind, text });
  });
  return commitDates(engine, part, failures, seconds);
}

async function workBatch(
  engine: RunEngine,
  request: BatchRequest,
  look: LookAtStaged,
  seconds: () => number,
): Promise<readonly UnitResult[]> {
  const { warehouse, world } = engine;
  const isNew = request.dates.every(
    (date) => world.ledger.get(request.table.name, date) === undefined,
  );
  const isReshaped = request.reshapes?.has(request.table.name);
  if (!isNew || isReshaped || !warehouse.commitWhile) {
    const judged = await stageAndJudge(engine, request);
    await look(request);
    return commitDates(engine, request, judged, seconds());
  }
  const { name, select } = stagingOf(warehouse.dialect, world, request);
  await warehouse.stage(name, select);
  await look(request);
  const judge: JudgeBatch = async (reader) =>
    judgeDates(
      world,
      warehouse.dialect,
      request,
      await reader.query(lookAt(warehouse.dialect, [request])),
    );
  return commitWhileJudged(engine, warehouse.commitWhile, request, judge, seconds);
}

/** Stages some dates and decides about each; nothing is written. */
export async function stageAndJudge(
  engine: RunEngine,
  request: BatchRequest,
): Promise<readonly DateOutcome[]> {
  const { warehouse, world } = engine;
  const staging = [stagingOf(warehouse.dialect, world, request)];
  const found = await warehouse.stageAll(staging, lookAt(warehouse.dialect, [request]));
  return judgeDates(world, warehouse.dialect, request, found);
}

/**
 * Decides about every date of a staged batch, in their order.
 * @param look rows of {@link lookAt} of this batch, maybe among others.
 * @throws WarehouseError when there are rows of a date that was not asked for.
 */
export function judgeDates(
  world: World,
  sql: SqlDialect,
  request: BatchRequest,
  look: readonly Row[],
): readonly DateOutcome[] {
  const { table, options, allowShrink } = request;
  const found = stagedDates(table, sql, look);
  const stray = [...found.keys()].find((date) => !request.dates.includes(date));
  if (stray !== undefined) {
    throw new WarehouseError('definition', `the query yields rows for ${stray}, not asked for`);
  }
  const judged = new Map<GameDate, StagedDate>();
  return request.dates.map((date) => {
    const content = found.get(date) ?? emptyStagedDate(date);
    judged.set(date, content);
    const record = world.ledger.get(table.name, date);
    const expected = table.expectedRows(dateFacts(world, request, date, judged), options.effective);
    const where = `${table.name} ${date}`;
    const judgedVerdict = judgeStaged(where, content, expected, record, allowShrink);
    // A rewrite replaces even equal rows, for what stands there need not be what its record says. Rows of another
    // definition may be equal in columns of other names.
    const isOther = table.phase === 'own' && record && !isOfDefinition(world, table, record);
    const verdict =
      (request.rewrite || isOther) && judgedVerdict.kind === 'unchanged'
        ? ({ ...judgedVerdict, kind: 'write' } as const)
        : judgedVerdict;
    const lacking = verdict.kind === 'fail' && lacksUpstream(world, request, date, verdict.failure);
    return lacking
      ? blockedOutcome(
          request,
          date,
          { kind: 'nothing_came_out', failure: verdict.failure },
          fillSeason(world, table, date),
        )
      : dateOutcome(world, request, content, verdict);
  });
}

/**
 * TRUE when nothing came out because earlier dates of the season are not there yet: then inputs are absent,
 * and nothing has failed.
 */
function lacksUpstream(
  world: World,
  request: BatchRequest,
  date: GameDate,
  { kind }: Failure,
): boolean {
  const { inputComplete } = dateFacts(world, request, date, new Map());
  const tables = earlierTables(world, request.table);
  return kind === 'upstream_missing' && tables.some((table) => !inputComplete(table));
}
