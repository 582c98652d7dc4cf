import type { ChangedTable } from '../../run/changed-tables.ts';
import { columnsFault } from '../../run/changed-tables.ts';
import { qualifiedName } from '../../table/table-definition.ts';
import { allDatesCommand } from './all-dates-command.ts';
import { plural } from './format.ts';
import { tableFaultText } from './table-fault-text.ts';

/**
 * What becomes of the rows of another definition, in words; `undefined` where there are none.
 * @param command what is typed after `backcourt`, as it can be pasted.
 */
export function changedTableText(
  changed: ChangedTable,
  command: (text: string) => string,
): string | undefined {
  const { table, reshape, worked, left } = changed;
  const name = qualifiedName(table);
  const fault = columnsFault(changed);
  if (fault) return `${name}: ${tableFaultText(fault)}: ${command(allDatesCommand(fault))}`;
  if (reshape && worked.length > 0) {
    return `${name}: its columns have changed; it is made anew, and ${plural(worked.length, 'date')} with it`;
  }
  if (worked.length + left.length === 0) return undefined;
  const others =
    left.length === 0
      ? ''
      : `, ${plural(left.length, 'date')} not among these ${left.length === 1 ? 'stays' : 'stay'} as made before`;
  return `${name}: its definition has changed; ${plural(worked.length, 'date')} made anew${others}`;
}
