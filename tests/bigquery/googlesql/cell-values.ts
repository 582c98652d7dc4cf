import type { ColumnType } from '../../../src/sql/column.ts';
import type { Value } from '../../../src/warehouse/warehouse.ts';
import type { Cell, GoogleSqlType, TypeName } from './googlesql-service.ts';

const typeKinds: Readonly<Record<ColumnType['kind'], TypeName>> = {
  INT64: 'TYPE_INT64',
  FLOAT64: 'TYPE_DOUBLE',
  STRING: 'TYPE_STRING',
  BOOL: 'TYPE_BOOL',
  DATE: 'TYPE_DATE',
  TIMESTAMP: 'TYPE_TIMESTAMP',
  NUMERIC: 'TYPE_NUMERIC',
  ARRAY: 'TYPE_ARRAY',
};

/** A column type of a definition in GoogleSQL's words. */
export function googleSqlType(type: ColumnType): GoogleSqlType {
  const typeKind = typeKinds[type.kind];
  return type.kind === 'ARRAY'
    ? { typeKind, arrayType: { elementType: { typeKind: typeKinds[type.element] } } }
    : { typeKind };
}

const dayMs = 86_400_000;
const numericUnits = 9;

/** A value as a warehouse gives it, as GoogleSQL takes it. */
export function encodeCell(type: GoogleSqlType, value: Value): Cell {
  if (value === null) return {};
  switch (type.typeKind) {
    case 'TYPE_STRING':
      return { stringValue: String(value) };
    case 'TYPE_INT64':
      return { int64Value: String(value) };
    case 'TYPE_DOUBLE':
      return { doubleValue: Number(value) };
    case 'TYPE_BOOL':
      return { boolValue: value === true };
    case 'TYPE_DATE':
      return { dateValue: Date.parse(String(value)) / dayMs };
    case 'TYPE_TIMESTAMP':
      return { timestampValue: encodeTime(String(value)) };
    case 'TYPE_NUMERIC':
      return { numericValue: encodeNumeric(String(value)) };
    case 'TYPE_ARRAY': {
      const elementType = elementTypeOf(type);
      const elements = value as readonly Value[];
      return { arrayValue: { element: elements.map((item) => encodeCell(elementType, item)) } };
    }
  }
}

/** A value of GoogleSQL as a warehouse gives it: integers are numbers, NUMERIC and DATE are text. */
export function decodeCell(type: GoogleSqlType, cell: Cell): Value {
  switch (type.typeKind) {
    case 'TYPE_STRING':
      return cell.stringValue ?? null;
    case 'TYPE_INT64':
      return cell.int64Value === undefined ? null : Number(cell.int64Value);
    case 'TYPE_DOUBLE':
      return cell.doubleValue ?? null;
    case 'TYPE_BOOL':
      return cell.boolValue ?? null;
    case 'TYPE_DATE':
      return cell.dateValue === undefined
        ? null
        : new Date(cell.dateValue * dayMs).toISOString().slice(0, 10);
    case 'TYPE_TIMESTAMP':
      return cell.timestampValue === undefined ? null : decodeTime(cell.timestampValue);
    case 'TYPE_NUMERIC':
      return cell.numericValue === undefined ? null : decodeNumeric(cell.numericValue);
    case 'TYPE_ARRAY': {
      const elementType = elementTypeOf(type);
      return cell.arrayValue === undefined
        ? null
        : (cell.arrayValue.element ?? []).map((item) => decodeCell(elementType, item));
    }
  }
}

function elementTypeOf({ arrayType }: GoogleSqlType): GoogleSqlType {
  if (!arrayType) throw new Error('an array type without its element type');
  return arrayType.elementType;
}

/** @param text as DuckDB or ISO 8601 writes a UTC time, with up to six digits of a second. */
function encodeTime(text: string): { readonly seconds: string; readonly nanos: number } {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|\+00)$/.exec(text);
  if (!match) throw new Error(`"${text}" is not a UTC time`);
  const [, day, time, fraction = ''] = match;
  return {
    seconds: String(Date.parse(`${day}T${time}Z`) / 1000),
    nanos: Number(fraction.padEnd(9, '0')),
  };
}

function decodeTime({ seconds, nanos = 0 }: { seconds: string; nanos?: number }): string {
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`;
  return `${whole}${fraction}+00`;
}

/** NUMERIC counts 10^-9: a little-endian two's complement of as few bytes as it needs. */
function encodeNumeric(text: string): Uint8Array {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const magnitude = BigInt(`${whole}${fraction.padEnd(numericUnits, '0')}`);
  let rest = text.startsWith('-') ? -magnitude : magnitude;
  const bytes: number[] = [];
  for (;;) {
    const byte = Number(rest & 0xffn);
    bytes.push(byte);
    rest >>= 8n;
    const negative = byte >= 0x80;
    if ((rest === 0n && !negative) || (rest === -1n && negative)) return Uint8Array.from(bytes);
  }
}

/** As GoogleSQL prints it: without zeros at the end. */
function decodeNumeric(bytes: Uint8Array): string {
  const unsigned = [...bytes].reduceRight((sum, byte) => (sum << 8n) + BigInt(byte), 0n);
  const units = BigInt.asIntN(8 * bytes.length, unsigned);
  const digits = String(units < 0n ? -units : units).padStart(numericUnits + 1, '0');
  const fraction = digits.slice(-numericUnits).replace(/0+$/, '');
  const magnitude = digits.slice(0, -numericUnits) + (fraction === '' ? '' : `.${fraction}`);
  return units < 0n ? `-${magnitude}` : magnitude;
}
