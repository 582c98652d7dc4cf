import type { Row } from './canonical-row.ts';
import { cell } from './canonical-row.ts';

/**
 * The one row with the given values.
 * @throws when no row or several rows have them.
 */
export function findRow(rows: readonly Row[], where: Row): Row {
  const [found, ...others] = rows.filter((row) =>
    Object.entries(where).every(([column, value]) => cell(row, column) === value),
  );
  if (!found || others.length > 0) {
    throw new Error(`${found ? 'several rows' : 'no row'} with ${JSON.stringify(where)}`);
  }
  return found;
}

/** The values of columns named in one text, as one text: `pickColumns(row, 'pace ts_pct')`. */
export function pickColumns(row: Row, columns: string): string {
  return columns
    .trim()
    .split(/\s+/)
    .map((column) => cell(row, column))
    .join(' ');
}
