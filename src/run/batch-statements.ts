import { confirmSql } from '../ledger/confirm-records.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import { removalStatements } from '../ledger/removal-statements.ts';
import { endRunStatement, type RunRecord, startRunStatement } from '../ledger/run-record.ts';
import type { Plan } from '../plan/plan.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { World } from '../world/world.ts';
import { appendStatements, commitStatements, keptStaging } from './commit/commit-statements.ts';
import { removals } from './remove-units.ts';
import { lookAtChain } from './run-chain.ts';
import { lookAt, stagingOf } from './stage/stage-sql.ts';
import type { BatchRequest } from './work/batch-request.ts';
import type { RunSettings } from './work/run-settings.ts';
import { type Work, workToRun } from './work/work-to-run.ts';

/** A statement that a run would send, and what it is for. */
export interface PlannedStatement {
  readonly table: string | undefined;
  readonly purpose: string;
  readonly sql: string;
}

const placeholder = 'known when the rows are staged';

/**
 * Every statement that carrying out a plan would send, if each unit came out with new rows; rows that are
 * sent while the staged ones are looked at stand behind that. What only
 * the staged rows can tell (hashes, counts, times) is `known when the rows are staged`, 0 or the
 * time of the plan.
 */
export function planStatements(
  engine: RunEngine,
  plan: Plan,
  run: RunRecord,
  settings: RunSettings,
): readonly PlannedStatement[] {
  const sql = engine.warehouse.dialect;
  const statement = (table: string | undefined, purpose: string) => (text: string) => ({
    table,
    purpose,
    sql: text.trim(),
  });
  const { world } = engine;
  const works = workToRun(world, plan, run, settings);
  const removed = removals(world.tables, plan.units);
  if (works.length + removed.length === 0) return [];
  const end = { finishedAt: run.startedAt, exitCode: 0, summary: placeholder };
  return [
    ...(engine.warehouse.sessionSql ?? []).map(statement(undefined, 'where rows are staged')),
    ...sql.prelude.map(statement(undefined, 'functions of this connection')),
    ...[startRunStatement(sql, run)].map(statement(undefined, 'the run begins')),
    ...removed.flatMap(({ table, dates }) =>
      transaction(
        removalStatements(sql, table, dates, { runId: run.runId, now: run.startedAt }),
      ).map(statement(table.name, 'remove what is not to stand there')),
    ),
    ...works.flatMap((work) => {
      const about = (purpose: string) =>
        statement(work.length === 1 ? work[0]?.table.name : undefined, purpose);
      const recorded = work.map(({ table, dates }) => ({ table: table.name, dates }));
      return [
        ...work.flatMap((batch) =>
          [stageSql(engine, batch)].map(statement(batch.table.name, 'stage the rows')),
        ),
        ...[work.length === 1 ? lookAt(sql, work) : lookAtChain(sql, work)].map(
          about('look at them'),
        ),
        ...keptSql(engine, work).map(about('keep run and time of equal rows')),
        ...transaction(commitSql(sql, world, work, run.startedAt)).map(
          about('commit rows and records'),
        ),
        ...[confirmSql(sql, recorded, run.runId)].map(about('read the records back')),
      ];
    }),
    ...[endRunStatement(sql, run.runId, end)].map(statement(undefined, 'the run ends')),
  ];
}

function stageSql(engine: RunEngine, batch: BatchRequest): string {
  const { name, select } = stagingOf(engine.warehouse.dialect, engine.world, batch);
  return engine.warehouse.stageSql(name, select);
}

/** Nothing is kept by a chain, which only adds. */
function keptSql({ warehouse, world }: RunEngine, work: Work): readonly string[] {
  return work.flatMap((batch) => {
    const kept = keptStaging(warehouse.dialect, world, batch, batch.dates);
    return kept ? [warehouse.stageSql(kept.name, kept.select)] : [];
  });
}

function commitSql(sql: SqlDialect, world: World, work: Work, now: string): readonly string[] {
  const [only, ...more] = work;
  if (only && more.length === 0) {
    const { dates } = only;
    const records = placeholderRecords(world, only);
    return commitStatements(sql, world, only, { written: dates, settled: dates, records }, now);
  }
  const batches = work.map((request) => ({
    request,
    records: placeholderRecords(world, request),
  }));
  return appendStatements(sql, world, batches, now);
}

function placeholderRecords(world: World, batch: BatchRequest): readonly PartitionRecord[] {
  const { dates, table, options } = batch;
  return dates.map(
    (date): PartitionRecord => ({
      table: table.name,
      date,
      state: 'done',
      reason: undefined,
      rows: 0,
      excluded: 0,
      dataHash: placeholder,
      keyHash: table.isReadByKeys ? placeholder : undefined,
      projectionHashes: table.projections?.length ? placeholder : undefined,
      fingerprint: placeholder,
      inputHashes: placeholder,
      options: options.text,
      codeVersion: world.codeVersion(table),
      runId: batch.runId,
      attempts: (world.ledger.get(table.name, date)?.attempts ?? 0) + 1,
      failure: undefined,
      warnings: [],
      seconds: 0,
      secondsIsShare: dates.length > 1,
    }),
  );
}

function transaction(statements: readonly string[]): readonly string[] {
  return ['BEGIN TRANSACTION', ...statements, 'COMMIT'];
}
