import type { Ratio } from './exact.ts';
import { quotientText, unitsOf } from './exact.ts';

/**
 * A row of a computed table: column name → value as the text that enters the data hash. The keys
 * stand in the order of the table's columns; the provenance columns are left out. Two rows are
 * equal exactly when their texts are.
 */
export type Row = Readonly<Record<string, string>>;

/** NULL in a {@link Row}. */
export const NULL_TEXT = '\\N';

/** The text of a whole number, flag, string or NULL. */
export function text(value: string | number | boolean | null): string {
  if (value === null) return NULL_TEXT;
  if (typeof value === 'string') return value.replaceAll('\\', '\\\\').replaceAll('|', '\\|');
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new Error(`${value} is not a whole number`);
  }
  return String(Object.is(value, -0) ? 0 : value);
}

/** The text of an array of strings. */
export function listText(values: readonly string[]): string {
  return `[${values.map(text).join(',')}]`;
}

/** The elements of an array text whose elements hold no comma, as issue codes do. */
export function listItems(list: string): readonly string[] {
  const inner = list.slice(1, -1);
  return inner === '' ? [] : inner.split(',');
}

/** The text of R(num/den, scale), NULL when there is no value. */
export function ratioText(value: Ratio | null, scale: number): string {
  return value === null ? NULL_TEXT : quotientText(value.num, value.den, scale);
}

/**
 * The value of a column as text.
 * @throws when the row has no such column: a misspelt name must not pass for a NULL.
 */
export function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`no column "${column}" in the row`);
  return value;
}

/** A whole number that may be NULL. */
export function wholeOrNull(row: Row, column: string): number | null {
  const value = cell(row, column);
  return value === NULL_TEXT ? null : wholeOfText(value, column);
}

/** A whole number that is never NULL. */
export function whole(row: Row, column: string): number {
  return wholeOfText(cell(row, column), column);
}

function wholeOfText(value: string, column: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || String(number) !== value) {
    throw new Error(`"${value}" is no whole number (${column})`);
  }
  return number;
}

/** The units of 10^−scale of a decimal column that may be NULL. */
export function unitsOrNull(row: Row, column: string, scale: number): bigint | null {
  const value = cell(row, column);
  return value === NULL_TEXT ? null : unitsOf(value, scale);
}

/** A flag that may be NULL. */
export function flagOrNull(row: Row, column: string): boolean | null {
  return cell(row, column) === NULL_TEXT ? null : flag(row, column);
}

/** A flag that is never NULL. */
export function flag(row: Row, column: string): boolean {
  const value = cell(row, column);
  if (value !== 'true' && value !== 'false') throw new Error(`"${value}" is no flag (${column})`);
  return value === 'true';
}
