import type { PartitionRecord } from '../ledger/partition-record.ts';
import type { Reader } from '../warehouse/warehouse.ts';
import type { BatchRequest } from './batch-request.ts';
import {
  type CommitContent,
  commitStatements,
  confirmSql,
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
  const isCommitted = await warehouse.commitWhile(rows, async (reader) => {
    judged = judgedBatch(await judge(reader), seconds());
    const isWhole = judged.commits.every(({ writes }) => writes);
    return isWhole ? recordingStatements(engine, request, judged, now) : undefined;
  });
  if (!judged) throw new Error('a batch was committed before it was judged');
  return isCommitted
    ? settle(engine, request, judged)
    : commitDates(engine, request, judged.commits, seconds());
}

/**
 * Replaces the rows of the dates that write, and the records of all, in one commit; then reads the
 * records back, because an engine's "OK" has been wrong before.
 */
export async function commitDates(
  engine: RunEngine,
  request: BatchRequest,
  commits: readonly DateCommit[],
  batchSeconds: number,
): Promise<readonly UnitResult[]> {
  const judged = judgedBatch(commits, batchSeconds);
  if (judged.records.length > 0) {
    await engine.warehouse.commit(commitStatements(engine, request, judged, engine.clock.now()));
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

/** After the commit: the records are looked for, remembered, and told. */
async function settle(
  engine: RunEngine,
  request: BatchRequest,
  { commits, records, shares }: JudgedBatch,
): Promise<readonly UnitResult[]> {
  if (records.length > 0) await confirmRecords(engine, request, records);
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

async function confirmRecords(
  engine: RunEngine,
  { table, runId }: BatchRequest,
  records: readonly PartitionRecord[],
): Promise<void> {
  const dates = records.map(({ date }) => date);
  const [found] = await engine.warehouse.query(confirmSql(engine, { table, runId }, dates));
  if (Number(found?.['confirmed']) !== records.length) {
    throw new Error(
      `${table.name}: ${records.length} records were committed, ${found?.['confirmed']} are there`,
    );
  }
}
