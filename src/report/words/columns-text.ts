import type { Reach } from '../../plan/downstream-reach.ts';
import type { TableInput } from '../../table/table-definition.ts';

/**
 * What is read of the rows of an input; `undefined` when it is all of them.
 * @param show how a column is written.
 */
export function columnsReadText(
  columns: TableInput['columns'],
  show: (column: string) => string = (column) => column,
): string | undefined {
  if (columns === undefined) return undefined;
  return columns === 'keys' ? 'its keys alone' : `only ${columns.map(show).join(', ')}`;
}

/** When a change of a partition reaches a table that can see it; empty for any change. */
export function reachText({ direct, columns }: Pick<Reach, 'direct' | 'columns'>): string {
  if (!direct) return 'indirectly';
  if (columns === undefined) return '';
  if (columns === 'keys') return 'if rows come or go';
  return `if one of ${columns.length} columns changes`;
}
