import type { SqlDialect } from '../table/sql-dialect.ts';
import { type BatchRequest, stagedName } from './batch-request.ts';
import { inspectStatements } from './inspect-staged.ts';

/** How often a batch that writes every one of its dates reads what. */
export interface BatchShape {
  /** Statements that read the staged rows: looking at them, taking rows and exclusions from them. */
  readonly readsStaged: number;
  /** Statements that read the ledger: records and exclusions are deleted, records read back. */
  readonly readsLedger: number;
  /** A commit is one job, whatever is in it. */
  readonly jobs: number;
}

export function batchShape({ table }: BatchRequest, sql: SqlDialect): BatchShape {
  const inspections = inspectStatements(table, sql, stagedName(table)).length;
  const [staging, commit, confirmation] = [1, 1, 1];
  return {
    readsStaged: inspections + (table.excludes ? 2 : 1),
    readsLedger: table.excludes ? 3 : 2,
    jobs: staging + inspections + commit + confirmation,
  };
}
