import type { BatchRequest } from './batch-request.ts';

/** How often a batch that writes every one of its dates reads what. */
export interface BatchShape {
  /** How often the staged rows are read: looking at them, taking rows and exclusions from them. */
  readonly readsStaged: number;
  /** How often the ledger is read: records and exclusions are deleted, records read back. */
  readonly readsLedger: number;
  /** Staging with the look at what is staged, and the commit with the records read back. */
  readonly jobs: number;
}

export function batchShape({ table }: BatchRequest): BatchShape {
  const groups = table.checks.filter(({ kind }) => kind === 'group').length;
  const looks = 1 + groups + (table.excludes ? 1 : 0);
  return {
    readsStaged: looks + (table.excludes ? 2 : 1),
    readsLedger: table.excludes ? 3 : 2,
    jobs: 2,
  };
}
