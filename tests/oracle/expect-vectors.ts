import { expect } from 'vitest';
import type { Row } from './canonical-row.ts';
import { NULL_TEXT } from './canonical-row.ts';
import { findRow, pickColumns } from './find-row.ts';

/**
 * Rows as lines of text, `values of the key = values of the columns`. The values of the key are
 * separated by `; `, those of the columns by blanks; `-` stands for NULL.
 */
export interface RowVectors {
  /** Columns that find the row. */
  readonly key: string;
  /** Columns to compare. */
  readonly columns: string;
  readonly lines: readonly string[];
}

/** The key and the expected values of each line. */
export function linesOf({ lines }: RowVectors): readonly (readonly [string, string])[] {
  return lines.map((line) => {
    const [key = '', expected = ''] = line.split(' = ');
    return [key, expected] as const;
  });
}

/** Finds the row of a line's key, compares its values with the line's, and returns it. */
export function expectLine(
  rows: readonly Row[],
  vectors: RowVectors,
  key: string,
  expected: string,
): Row {
  const values = key.split('; ');
  const where = vectors.key.split(' ').map((column, index) => [column, values[index] ?? '']);
  const row = findRow(rows, Object.fromEntries(where));
  expect(pickColumns(row, vectors.columns).replaceAll(NULL_TEXT, '-')).toBe(expected);
  return row;
}
