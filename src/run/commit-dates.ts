import { confirmSql, requireConfirmed } from '../ledger/confirm-records.ts';
import type { Reader } from '../warehouse/warehouse.ts';
import type { BatchRequest } from './batch-request.ts';
import {
  type CommitContent,
  commitStatements,
  recordingStatements,
  rowStatements,
} from './commit-statements.ts';
import type { DateCommit } from './date-commit.ts';
import type { RunEngine } from './run-engine.ts';
import type { UnitResult } from './unit-result.ts';

/** Decides about every date of a staged batch, in their order. */
export type JudgeBatch = (reader: Reader) => Promise<readonly DateCommit[]>;

/**
 * Judges a staged batch and commits it. Dates of which nothing is recorded are nearly always written, so
 * their rows are sent while they are judged, where the engine can do both at a time; when one of them is
 * not to be written, all are taken back and those that are go in a commit of their own.
 * @param seconds since the batch began.
 */
export async function commitBatch(
  engine: RunEngine,
  request: BatchRequest,
  judge: JudgeBatch,
  seconds: () => number,
): Promise<readonly UnitResult[]> {
  const { warehouse, ledger, clock } = engine;
  const isNew = request.dates.every((date) => ledger.get(request.table.name, date) === undefined);
  if (!isNew || !warehouse.commitWhile) {
    return commitDates(engine, request, await judge(warehouse), seconds());
  }
  const now = clock.now();
  let judged: JudgedBatch | undefined;
  const rows = rowStatements(engine, request, request.dates, now);
  const recorded = { table: request.table.name, dates: request.dates };
  const rest = async (reader: Reader) => {
    judged = judgedBatch(await judge(reader), seconds());
    const isWhole = judged.commits.every(({ writes }) => writes);
    return isWhole ? recordingStatements(engine, request, judged, now) : undefined;
  };
  const question = confirmSql(warehouse.dialect, [recorded], request.runId);
  const confirmed = await warehouse.commitWhile(rows, rest, question);
  if (!judged) throw new Error('a batch was committed before it was judged');
  if (!confirmed) return commitDates(engine, request, judged.commits, seconds());
  requireConfirmed(confirmed, [recorded]);
  return settle(engine, request, judged);
}

/**
 * Replaces the rows of the dates that write, and the records of all, in one commit, and reads the
 * records back.
 */
export async function commitDates(
  engine: RunEngine,
  request: BatchRequest,
  commits: readonly DateCommit[],
  batchSeconds: number,
): Promise<readonly UnitResult[]> {
  const judged = judgedBatch(commits, batchSeconds);
  if (judged.records.length > 0) {
    const dates = judged.records.map(({ date }) => date);
    const recorded = [{ table: request.table.name, dates }];
    const { warehouse } = engine;
    const confirmed = await warehouse.commit(
      commitStatements(engine, request, judged, engine.clock.now()),
      confirmSql(warehouse.dialect, recorded, request.runId),
    );
    requireConfirmed(confirmed, recorded);
  }
  return settle(engine, request, judged);
}

interface JudgedBatch extends CommitContent {
  readonly commits: readonly DateCommit[];
  /** Seconds of each date. */
  readonly shares: readonly number[];
}

function judgedBatch(commits: readonly DateCommit[], batchSeconds: number): JudgedBatch {
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

function timeShares(commits: readonly DateCommit[], seconds: number): readonly number[] {
  const weights = commits.map(({ record }) => 1 + (record?.rows ?? 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (seconds * weight) / total);
}

/** After the commit: the records are remembered, and told. */
function settle(
  engine: RunEngine,
  request: BatchRequest,
  { commits, records, shares }: JudgedBatch,
): readonly UnitResult[] {
  for (const record of records) engine.ledger.set(record);
  return commits.map(({ date, outcome, record }, index) => ({
    table: request.table.name,
    date,
    outcome,
    seconds: shares[index] ?? 0,
    upstream: undefined,
    warnings: record?.warnings ?? [],
  }));
}
