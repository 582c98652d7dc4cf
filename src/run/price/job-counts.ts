import type { BatchRequest } from '../work/batch-request.ts';

/** How often a batch that writes every one of its dates reads what. */
export interface BatchShape {
  /** Statements that read the staged rows: looking at them, taking rows and exclusions from them. */
  readonly readsStaged: number;
  /** Statements that read the ledger: records and exclusions are deleted, records read back. */
  readonly readsLedger: number;
  /** Statements that add rows: to what is staged, to the table, to the ledger. They name it, and read nothing of it. */
  readonly fills: number;
}

export function batchShape({ table }: BatchRequest): BatchShape {
  return {
    readsStaged: table.excludes ? 3 : 2,
    readsLedger: table.excludes ? 3 : 2,
    fills: table.excludes ? 4 : 3,
  };
}
