import type { Cells } from '../googlesql/googlesql-service.ts';
import type { PreparedChange, Table } from '../googlesql/memory-database.ts';
import { JobError } from './job-error.ts';
import { mostStatementPartitions, mostTablePartitions } from './limits.ts';
import { partitionValues } from './partition-values.ts';
import type { Rules } from './rules.ts';

/**
 * Holds what a statement is about to write to the rules of a table.
 * @param table as it stands before. @throws JobError
 */
export function refuseRows(
  rules: Rules,
  name: string,
  table: Table,
  { removed, added }: Pick<PreparedChange, 'removed' | 'added'>,
): void {
  if (rules.arrays) refuseNullElements(table, added);
  if (!rules.limits || !table.partition) return;
  const touched = partitionValues(table, [...removed, ...added]).size;
  if (touched > mostStatementPartitions) {
    const message = `Too many partitions produced by query, allowed ${mostStatementPartitions}, query produces at least ${touched} partitions`;
    throw new JobError(400, 'invalidQuery', message);
  }
  const stored = partitionValues(table, [...table.rows, ...added]).size;
  if (stored > mostTablePartitions) {
    const message = `Too many partitions for table ${name}: ${stored}, allowed ${mostTablePartitions}`;
    throw new JobError(403, 'quotaExceeded', message);
  }
}

function refuseNullElements({ columns }: Table, rows: readonly Cells[]): void {
  for (const [place, { name }] of columns.entries()) {
    const isBroken = rows.some(({ cell }) =>
      cell[place]?.arrayValue?.element?.some((item) => Object.keys(item).length === 0),
    );
    if (isBroken) {
      const message = `Array cannot have a null element; error in writing field ${name}`;
      throw new JobError(400, 'invalidQuery', message);
    }
  }
}
