import { folderOf } from '../../table/bad-definition.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { Finding } from '../../verify/finding.ts';
import { discrepancyText } from './discrepancy-text.ts';

/** Why a definition did not stand the proof, with a row and a column that show it; who knows it says what was written. */
export function provenText(table: ComputedTable, { date, what, rows }: Finding): string {
  const [row] = rows;
  const [column] = row?.columns ?? [];
  const shown =
    row === undefined
      ? ''
      : `; row ${row.key}${column ? `, ${column.column}: ${column.was ?? 'NULL'} and ${column.is ?? 'NULL'}` : ''}`;
  return `${folderOf(table)}: ${date} ${discrepancyText(what)}${shown}`;
}
