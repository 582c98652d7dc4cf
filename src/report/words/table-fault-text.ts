import type { TableFault } from '../../run/failed-tables.ts';

/** Why a table as a whole is not worked, in words. */
export function tableFaultText(fault: TableFault): string {
  switch (fault.kind) {
    case 'definition':
      return `its definition fails: ${fault.text}`;
    case 'reads':
      return `not worked: it reads ${fault.table}`;
  }
}
