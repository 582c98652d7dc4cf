import { rangeOf } from '../../plan/remedy.ts';
import type { TableFault } from '../../run/failed-tables.ts';
import { commandText } from './command-text.ts';
import { plural } from './format.ts';

/** Why a table as a whole is not worked, in words. */
export function tableFaultText(fault: TableFault): string {
  switch (fault.kind) {
    case 'definition':
      return `its definition fails: ${fault.text}`;
    case 'columns': {
      const { table, left, first, last } = fault;
      const dates = rangeOf([first, last]);
      const whole = { verb: 'run', mode: 'backfill', tables: [table], dates } as const;
      return `its columns have changed, so that all its dates are made anew together, and ${plural(left, 'date')} with rows ${left === 1 ? 'is' : 'are'} not among these: backcourt ${commandText(whole)}`;
    }
    case 'reads':
      return `not worked: it reads ${fault.table}`;
  }
}
