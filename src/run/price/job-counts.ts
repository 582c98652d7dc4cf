import type { ComputedTable } from '../../table/table-definition.ts';

/** Jobs of one work, batch or chain: staging with the look at what is staged, and the commit with the records read back. */
export const jobsOfWork = 2;

/** How often a batch that writes every one of its dates reads what. */
export interface JobCounts {
  /** Statements that read the staged rows: looking at them, taking rows and exclusions from them. */
  readonly readsStaged: number;
  /** Statements that read the ledger: records and exclusions are deleted, records read back. */
  readonly readsLedger: number;
  /** Statements that add rows: to what is staged, to the table, to the ledger. They name it, and read nothing of it. */
  readonly fills: number;
}

/** Counts the statements of a batch of a table. A chain deletes nothing and has fewer. */
export function jobCounts({ excludes }: Pick<ComputedTable, 'excludes'>): JobCounts {
  return excludes
    ? { readsStaged: 3, readsLedger: 3, fills: 4 }
    : { readsStaged: 2, readsLedger: 2, fills: 3 };
}
