import { toSafeInteger } from '../to-safe-integer.ts';
import type { Row, Value } from '../warehouse.ts';

/** A column of a result as the REST interface describes it. */
export interface ResultField {
  readonly name?: string;
  readonly type?: string;
  readonly mode?: string;
}

/** A row as it is sent: every value is a text, a repeated one a list of cells. */
export interface ResultRow {
  readonly f?: readonly ResultCell[];
}

/** The value of a cell; of a repeated column one cell per element. */
export interface ResultCell {
  readonly v?: string | null | readonly ResultCell[];
}

/** Result rows with integers as numbers. @throws when one is beyond 2^53. */
export function readRows(
  fields: readonly ResultField[],
  rows: readonly ResultRow[],
): readonly Row[] {
  return rows.map(({ f: cells = [] }) => {
    const row: Record<string, Value> = {};
    for (const [index, field] of fields.entries()) {
      row[field.name ?? ''] = readCell(field, cells[index]?.v ?? null);
    }
    return row;
  });
}

function readCell(field: ResultField, value: string | null | readonly ResultCell[]): Value {
  if (typeof value === 'object' && value !== null) {
    const element = { ...field, mode: 'NULLABLE' };
    return value.map(({ v }) => readCell(element, v ?? null));
  }
  if (value === null) return field.mode === 'REPEATED' ? [] : null;
  switch (field.type) {
    case 'INTEGER':
    case 'INT64':
      return toSafeInteger(field.name ?? '', value);
    case 'FLOAT':
    case 'FLOAT64':
      return Number(value);
    case 'BOOLEAN':
    case 'BOOL':
      return value === 'true';
    case 'TIMESTAMP':
      return utcText(value);
    default:
      return value;
  }
}

/** A time as DuckDB writes it. @param micros since 1970. */
function utcText(micros: string): string {
  return utcIso(micros)
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '+00');
}

/** A time in ISO 8601, with six digits of a second. @param micros since 1970. */
export function utcIso(micros: string): string {
  const value = BigInt(micros);
  const second = 1_000_000n;
  const fraction = ((value % second) + second) % second;
  const whole = new Date(Number((value - fraction) / 1000n)).toISOString();
  return `${whole.slice(0, 19)}.${String(fraction).padStart(6, '0')}Z`;
}
