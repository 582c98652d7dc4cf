import { rangeOf } from '../../plan/remedy.ts';
import type { TableFault } from '../../run/failed-tables.ts';
import { commandText } from './command-text.ts';

/** What is typed after `backcourt` to work all dates that a table of other columns has rows of. */
export function allDatesCommand({
  table,
  first,
  last,
}: Extract<TableFault, { readonly kind: 'columns' }>): string {
  const dates = rangeOf([first, last]);
  return commandText({ verb: 'run', mode: 'backfill', tables: [table], dates });
}
