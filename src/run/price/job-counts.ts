import type { ComputedTable } from '../../table/table-definition.ts';

/** Jobs of one work, batch or chain: staging with the look at what is staged, and the commit with the records read back. */
export const jobsOfWork = 2;

/** How often a batch that writes every one of its dates reads what. */
export interface JobCounts {
  /** Jobs besides {@link jobsOfWork}: staging what equal rows keep. */
  readonly jobs: number;
  /** Statements that read the staged rows: looking at them, taking rows and exclusions from them, holding them against what stands. */
  readonly readsStaged: number;
  /** Statements that read the rows that stand on the dates, which are deleted. */
  readonly readsRows: number;
  /** Statements that read the ledger: records and exclusions are deleted, former records kept, records read back. */
  readonly readsLedger: number;
  /** Statements that add rows: to what is staged, to the table, to the ledger. They name it, and read nothing of it. */
  readonly fills: number;
}

/**
 * Counts the statements of a batch of a table. A chain deletes nothing and has fewer.
 * @param replaces TRUE where some of the dates were written before: what changes is remembered, and the record that
 * goes; and equal rows keep their run and time.
 */
export function jobCounts(
  { excludes }: Pick<ComputedTable, 'excludes'>,
  replaces: boolean,
): JobCounts {
  const [exclusions, more, formers] = [excludes ? 1 : 0, replaces ? 2 : 0, replaces ? 1 : 0];
  return {
    jobs: replaces ? 1 : 0,
    readsStaged: 2 + exclusions + more,
    readsRows: 1 + more,
    readsLedger: 2 + exclusions + formers,
    fills: 3 + exclusions + more + formers,
  };
}
