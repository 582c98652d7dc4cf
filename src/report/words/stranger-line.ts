import type { StrangerTable } from '../../plan/stranger-tables.ts';
import { plural } from './format.ts';

/** What stands of a table that is none here. */
export function strangerLine({ table, rows, dates }: StrangerTable): string {
  return `${table}: ${plural(rows, 'row')} of ${plural(dates, 'date')} stand, and it is no table here: its file is gone, or its project is not in force`;
}
