import type { Row, Value } from '../warehouse/warehouse.ts';

/** A cell as a number; NUMERIC arrives as text. */
export function cellNumber(row: Row | undefined, column: string): number | null {
  const value = row?.[column];
  return value === null || value === undefined ? null : Number(value);
}

/** A cell as text. */
export function cellText(row: Row | undefined, column: string): string | null {
  const value = row?.[column];
  return value === null || value === undefined ? null : String(value);
}

/** A cell as a list of texts. */
export function cellTexts(row: Row | undefined, column: string): readonly string[] {
  const value: Value | undefined = row?.[column];
  return typeof value === 'object' && value !== null ? value.map(String) : [];
}

/** A cell as a truth value. */
export function cellTruth(row: Row | undefined, column: string): boolean | null {
  const value = row?.[column];
  return typeof value === 'boolean' ? value : null;
}
