import type { TableFault } from '../../run/failed-tables.ts';
import { plural } from './format.ts';

/** Why a table as a whole is not worked, in words. */
export function tableFaultText(fault: TableFault): string {
  switch (fault.kind) {
    case 'definition':
      return `its definition fails: ${fault.text}`;
    case 'columns': {
      const { left } = fault;
      return `its columns have changed, so that all its dates are made anew together, and ${plural(left, 'date')} with rows ${left === 1 ? 'is' : 'are'} not among these`;
    }
    case 'reads':
      return `not worked: it reads ${fault.table}`;
  }
}
