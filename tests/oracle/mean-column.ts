import type { Row } from './canonical-row.ts';
import { NULL_TEXT, unitsOrNull } from './canonical-row.ts';
import { quotientText } from './exact.ts';

/** The sum of a column in units of 10^−scale and how many values it has; NULL is left out. */
export interface ColumnSum {
  readonly units: bigint;
  readonly values: number;
}

/** Adds up a decimal column that has `scale` decimals. */
export function columnSum(rows: readonly Row[], column: string, scale: number): ColumnSum {
  const known = rows
    .map((row) => unitsOrNull(row, column, scale))
    .filter((units) => units !== null);
  return { units: known.reduce((total, units) => total + units, 0n), values: known.length };
}

/** The mean of the values that are not NULL, at the scale of the column; NULL without any. */
export function meanText(rows: readonly Row[], column: string, scale: number): string {
  const { units, values } = columnSum(rows, column, scale);
  return values === 0
    ? NULL_TEXT
    : quotientText(units, 10n ** BigInt(scale) * BigInt(values), scale);
}
