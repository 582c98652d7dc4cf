import type { GameDate } from '../../calendar/game-date.ts';
import { confirmSql, requireConfirmed } from '../../ledger/confirm-records.ts';
import { distrustReaders, distrustStatements } from '../../ledger/distrust-readers.ts';
import type { Reader, Warehouse } from '../../warehouse/warehouse.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { LivingWorld } from '../../world/world.ts';
import type { BatchRequest } from '../work/batch-request.ts';
import type { UnitResult } from '../work/unit-result.ts';
import {
  type CommitContent,
  commitStatements,
  keptStaging,
  otherColumns,
  recordingStatements,
  reshapedStatements,
  rowStatements,
} from './commit-statements.ts';
import type { DateOutcome } from './date-outcome.ts';
import { findMendedDates } from './find-mended-dates.ts';

/** Decides about every date of a staged batch, in their order. */
export type JudgeBatch = (reader: Reader) => Promise<readonly DateOutcome[]>;

/**
 * Judges a staged batch while its rows are sent: of dates of which nothing is recorded nearly all are
 * written. When one of them is not to be, all are taken back and those that are go in a commit of their own.
 * @param seconds since the batch began.
 */
export async function commitWhileJudged(
  engine: RunEngine,
  commitWhile: NonNullable<Warehouse['commitWhile']>,
  request: BatchRequest,
  judge: JudgeBatch,
  seconds: () => number,
): Promise<readonly UnitResult[]> {
  const { warehouse, clock, world } = engine;
  const sql = warehouse.dialect;
  const now = clock.now();
  let judged: JudgedBatch | undefined;
  const rows = rowStatements(sql, world, request, request.dates, now);
  const recorded = { table: request.table.name, dates: request.dates };
  const rest = async (reader: Reader) => {
    judged = judgedBatch(await judge(reader), seconds());
    const isWhole = judged.commits.every(({ writes }) => writes);
    return isWhole ? recordingStatements(sql, world, request, judged, now) : undefined;
  };
  const question = confirmSql(sql, [recorded], request.runId);
  const confirmed = await commitWhile(rows, rest, question);
  if (!judged) throw new Error('a batch was committed before it was judged');
  if (!confirmed) return commitDates(engine, request, judged.commits, seconds());
  requireConfirmed(confirmed, [recorded]);
  return settle(world, judged);
}

/**
 * Replaces the rows of the dates that write, and the records of all, in one commit, and reads the
 * records back. Where other rows stood than recorded, what may have been made of them is no longer trusted.
 */
export async function commitDates(
  engine: RunEngine,
  request: BatchRequest,
  commits: readonly DateOutcome[],
  batchSeconds: number,
): Promise<readonly UnitResult[]> {
  // What stands in other columns cannot be held against its record.
  const isReshaped = request.reshapes?.has(request.table.name);
  const damaged = isReshaped ? [] : await findMendedDates(engine, request, commits);
  return commitParts(engine, request, commits, batchSeconds, damaged);
}

/** @param damaged dates, maybe of other parts too, on which other rows stand than recorded. */
async function commitParts(
  engine: RunEngine,
  request: BatchRequest,
  commits: readonly DateOutcome[],
  batchSeconds: number,
  damaged: readonly GameDate[],
): Promise<readonly UnitResult[]> {
  const { warehouse, world } = engine;
  const sql = warehouse.dialect;
  const judged = judgedBatch(commits, batchSeconds);
  if (judged.records.length === 0) return settle(world, judged);
  const dates = judged.records.map(({ date }) => date);
  const recorded = [{ table: request.table.name, dates }];
  const mended = {
    table: request.table.name,
    dates: damaged.filter((date) => dates.includes(date)),
  };
  const now = engine.clock.now();
  const { name } = request.table;
  const reshape = judged.written.length > 0 ? request.reshapes?.get(name) : undefined;
  const written = new Set(dates);
  const others = reshape
    ? [...world.ledger.of(name).values()].filter(({ date }) => !written.has(date))
    : [];
  const statements = [
    ...(warehouse.define ? [] : (reshape?.statements ?? [])),
    ...(reshape ? reshapedStatements(sql, world, request, others, reshape.isOtherKey, now) : []),
    ...commitStatements(sql, world, request, judged, now),
    ...distrustStatements(sql, world.tables, mended),
  ];
  const question = confirmSql(sql, recorded, request.runId);
  if (commits.length > 1 && warehouse.fits?.(statements, question) === false) {
    return commitHalves(engine, request, commits, batchSeconds, damaged);
  }
  const kept = keptStaging(sql, world, request, judged.written);
  if (kept) await warehouse.stage(kept.name, kept.select);
  if (reshape) await warehouse.define?.(reshape.statements);
  requireConfirmed(await warehouse.commit(statements, question), recorded);
  if (reshape) request.reshapes?.delete(name);
  for (const record of others) {
    if (reshape?.isOtherKey) world.ledger.remove(name, record.date);
    else world.ledger.set({ ...record, ...otherColumns });
  }
  distrustReaders(world.ledger, world.tables, mended);
  return settle(world, judged, mended.dates);
}

/** Commits the dates in two halves: what is too long for one commit stays staged. */
async function commitHalves(
  engine: RunEngine,
  request: BatchRequest,
  commits: readonly DateOutcome[],
  batchSeconds: number,
  damaged: readonly GameDate[],
): Promise<readonly UnitResult[]> {
  const middle = Math.ceil(commits.length / 2);
  const results: UnitResult[] = [];
  for (const part of [commits.slice(0, middle), commits.slice(middle)]) {
    const seconds = (batchSeconds * part.length) / commits.length;
    results.push(...(await commitParts(engine, request, part, seconds, damaged)));
  }
  return results;
}

/** Judged dates with what a commit of them writes. */
export interface JudgedBatch extends CommitContent {
  readonly commits: readonly DateOutcome[];
  /** Seconds of each date. */
  readonly shares: readonly number[];
}

/** @param batchSeconds what all of them took, which is shared out by rows. */
export function judgedBatch(commits: readonly DateOutcome[], batchSeconds: number): JudgedBatch {
  const shares = timeShares(commits, batchSeconds);
  return {
    commits,
    shares,
    written: commits.filter(({ writes }) => writes).map(({ date }) => date),
    settled: commits
      .filter(({ outcome }) => outcome.kind === 'written' || outcome.kind === 'unchanged')
      .map(({ date }) => date),
    records: commits.flatMap(({ record }, index) =>
      record ? [{ ...record, seconds: shares[index] ?? 0 }] : [],
    ),
  };
}

function timeShares(commits: readonly DateOutcome[], seconds: number): readonly number[] {
  const weights = commits.map(({ record }) => 1 + (record?.rows ?? 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (seconds * weight) / total);
}

/**
 * Keeps the ledger at hand in step with a commit, and tells the results of its dates.
 * @param mended those on which other rows stood than recorded.
 */
export function settle(
  { ledger }: LivingWorld,
  { commits, records, shares }: JudgedBatch,
  mended: readonly GameDate[] = [],
): readonly UnitResult[] {
  for (const record of records) ledger.set(record);
  return commits.map(({ table, date, outcome, record }, index) => ({
    table,
    date,
    outcome:
      outcome.kind === 'written' && mended.includes(date) ? { ...outcome, mended: true } : outcome,
    seconds: shares[index] ?? 0,
    upstream: undefined,
    warnings: record?.warnings ?? [],
  }));
}
