import { int64, string } from '../../sql/column.ts';
import { googlesqlDialect } from '../../sql/googlesql-dialect.ts';
import { qualifiedName } from '../../table/table-definition.ts';
import type { Row } from '../warehouse.ts';
import { type CreatedTable, createTableStatement } from './ddl.ts';
import { ledgerMoved } from './failure-rules.ts';

/**
 * One row that every commit updates. BigQuery lets two transactions that only add rows commit side by
 * side, and a new date is just that; a row that both must change keeps them apart, and its number tells
 * a writer that what it has read of the ledger is not what stands there any more.
 */
export const writerTable: CreatedTable = {
  name: 'writer',
  dataset: 'backcourt',
  purpose: 'One row: how many commits there were, and whose the last one was.',
  columns: [
    int64('generation', 'commits so far'),
    string('holder', 'run of the last commit, and who started it', {
      nullWhen: 'before the first',
    }),
    string('job_id', 'job of the last commit', { nullWhen: 'before the first' }),
  ],
};

const name = qualifiedName(writerTable);

/** Makes the table with its row, in one statement: of two processes that do it, one does. */
export const createWriter = `${createTableStatement(writerTable)}
AS SELECT 0 AS generation, CAST(NULL AS STRING) AS holder, CAST(NULL AS STRING) AS job_id`;

export const readWriter = `SELECT generation, holder, job_id FROM ${name}`;

/** A commit in the name of somebody who has seen a generation of the ledger. */
export interface FencedCommit {
  readonly generation: number;
  readonly holder: string;
  readonly jobId: string;
}

/** The first statements of a transaction, which ends here when another one has been committed since. */
export function fenceStatements({ generation, holder, jobId }: FencedCommit): readonly string[] {
  const { string: text } = googlesqlDialect;
  return [
    `UPDATE ${name}
SET generation = generation + 1, holder = ${text(holder)}, job_id = ${text(jobId)}
WHERE generation = ${generation}`,
    `IF @@row_count = 0 THEN RAISE USING MESSAGE = ${text(ledgerMoved)}; END IF`,
  ];
}

/** Says that this process itself was faster: with a commit that it was told had failed. */
export function failedAfterCommitMessage(jobId: string): string {
  return `job ${jobId} was told to have failed, but its commit has taken effect; what it wrote stays, run again`;
}

/** Says whose commit came in between. @param found rows of {@link readWriter}. */
export function lostFenceMessage(location: string, found: readonly Row[]): string {
  const { holder, job_id: jobId } = found[0] ?? {};
  const other = holder ? `run ${holder} (job ${jobId})` : 'another process';
  return `"${location}": ${other} has committed since this process read the ledger; nothing of this commit was written, what was committed before stays. Let one process write at a time: wait for the other one to end, then run again`;
}
