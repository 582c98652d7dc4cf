import { confirmSql } from '../ledger/confirm-records.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import { endRunStatement, type RunRecord, startRunStatement } from '../ledger/run-record.ts';
import type { PlannedUnit } from '../plan/plan.ts';
import { unitOptionsText } from '../plan/unit-options.ts';
import { type BatchRequest, stagedName } from './batch-request.ts';
import { batchSelect } from './batch-select.ts';
import { commitStatements } from './commit-statements.ts';
import { inspectStatements } from './inspect-staged.ts';
import type { RunEngine } from './run-engine.ts';
import { batchesToRun, type RunSettings } from './run-plan.ts';

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
  units: readonly PlannedUnit[],
  run: RunRecord,
  settings: RunSettings,
): readonly PlannedStatement[] {
  const sql = engine.warehouse.dialect;
  const statement = (table: string | undefined, purpose: string) => (text: string) => ({
    table,
    purpose,
    sql: text.trim(),
  });
  const batches = batchesToRun(engine, units, run, settings);
  if (batches.length === 0) return [];
  const end = { finishedAt: run.startedAt, exitCode: 0, summary: placeholder };
  return [
    ...(engine.warehouse.sessionSql ?? []).map(statement(undefined, 'where rows are staged')),
    ...sql.prelude.map(statement(undefined, 'functions of this connection')),
    ...[startRunStatement(sql, run)].map(statement(undefined, 'the run begins')),
    ...batches.flatMap((batch) => {
      const about = (purpose: string) => statement(batch.table.name, purpose);
      return [
        ...[stageSql(engine, batch)].map(about('stage the rows')),
        ...inspectStatements(batch.table, sql, stagedName(batch.table)).map(about('look at them')),
        ...commitSql(engine, batch, run.startedAt).map(about('commit rows and records')),
        ...[confirmSql(sql, [{ table: batch.table.name, dates: batch.dates }], batch.runId)].map(
          about('read the records back'),
        ),
      ];
    }),
    ...[endRunStatement(sql, run.runId, end)].map(statement(undefined, 'the run ends')),
  ];
}

function stageSql(engine: RunEngine, batch: BatchRequest): string {
  return engine.warehouse.stageSql(stagedName(batch.table), batchSelect(engine, batch));
}

function commitSql(engine: RunEngine, batch: BatchRequest, now: string): readonly string[] {
  const { dates, table, options } = batch;
  const records = dates.map(
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
      options: unitOptionsText(table, options),
      codeVersion: engine.codeVersion(table.name),
      runId: batch.runId,
      attempts: (engine.ledger.get(table.name, date)?.attempts ?? 0) + 1,
      failure: undefined,
      warnings: [],
      seconds: 0,
      secondsIsShare: dates.length > 1,
    }),
  );
  return transaction(
    commitStatements(engine, batch, { written: dates, settled: dates, records }, now),
  );
}

function transaction(statements: readonly string[]): readonly string[] {
  return ['BEGIN TRANSACTION', ...statements, 'COMMIT'];
}
