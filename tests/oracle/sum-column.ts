import type { Row } from './canonical-row.ts';
import { cell, NULL_TEXT } from './canonical-row.ts';
import { decimalText, unitsOf } from './exact.ts';
import { groupBy } from './group-by.ts';

/** The exact sum of a column, NULL left out, as text with `scale` decimals. */
export function sumColumn(rows: readonly Row[], column: string, scale: number): string {
  const units = rows.reduce((sum, row) => {
    const value = cell(row, column);
    return value === NULL_TEXT ? sum : sum + unitsOf(value, scale);
  }, 0n);
  return decimalText(units, scale);
}

/** How many rows have each value of a column. */
export function countByColumn(
  rows: readonly Row[],
  column: string,
): Readonly<Record<string, number>> {
  const groups = groupBy(rows, (row) => cell(row, column));
  return Object.fromEntries([...groups].map(([value, group]) => [value, group.length]));
}
