import type { Value } from '../../../src/warehouse/warehouse.ts';
import { decodeCell } from '../googlesql/cell-values.ts';
import type { Evaluated, GoogleSqlType, TypeName } from '../googlesql/googlesql-service.ts';

const typeNames: Readonly<Record<Exclude<TypeName, 'TYPE_ARRAY'>, string>> = {
  TYPE_STRING: 'STRING',
  TYPE_INT64: 'INTEGER',
  TYPE_DOUBLE: 'FLOAT',
  TYPE_BOOL: 'BOOLEAN',
  TYPE_DATE: 'DATE',
  TYPE_TIMESTAMP: 'TIMESTAMP',
  TYPE_NUMERIC: 'NUMERIC',
};

/** How a client asks for the rows of a result. */
export interface PageRequest {
  readonly from: number;
  readonly count: number;
  /** The most that a page may have, in bytes. */
  readonly mostBytes: number;
  /** Whether times are whole microseconds, and not seconds as a float. */
  readonly wholeMicros: boolean;
}

/** Schema and some rows of a result, as jobs.getQueryResults answers them. */
export function resultMessage(
  { columns, rows }: Evaluated,
  { from, count, mostBytes, wholeMicros }: PageRequest,
): {
  readonly schema: object;
  readonly rows: readonly object[];
  readonly totalRows: string;
  readonly pageToken?: string;
} {
  const page: object[] = [];
  let bytes = 0;
  for (const { cell } of rows.slice(from, from + count)) {
    const row = {
      f: columns.map(({ type }, index) => ({
        v: sent(type, decodeCell(type, cell[index] ?? {}), wholeMicros),
      })),
    };
    bytes += JSON.stringify(row).length;
    // A row goes out whole, however large it is.
    if (bytes > mostBytes && page.length > 0) break;
    page.push(row);
  }
  const next = from + page.length;
  return {
    schema: { fields: columns.map(({ name, type }) => ({ name, ...fieldType(type) })) },
    rows: page,
    totalRows: String(rows.length),
    ...(count > 0 && next < rows.length ? { pageToken: String(next) } : {}),
  };
}

function fieldType({ typeKind, arrayType }: GoogleSqlType): object {
  if (typeKind !== 'TYPE_ARRAY') return { type: typeNames[typeKind], mode: 'NULLABLE' };
  return { ...(arrayType && fieldType(arrayType.elementType)), mode: 'REPEATED' };
}

/** Every value is sent as a text, a time as microseconds or as seconds since 1970. */
function sent(type: GoogleSqlType, value: Value, wholeMicros: boolean): unknown {
  if (value === null) return null;
  const { arrayType } = type;
  if (arrayType) {
    return (value as readonly Value[]).map((item) => ({
      v: sent(arrayType.elementType, item, wholeMicros),
    }));
  }
  if (type.typeKind !== 'TYPE_TIMESTAMP') return String(value);
  const [, whole = '', fraction = ''] = /^([^.+]+)(?:\.(\d+))?\+00$/.exec(String(value)) ?? [];
  const seconds = Date.parse(`${whole.replace(' ', 'T')}Z`) / 1000;
  const micros = BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
  return wholeMicros ? String(micros) : (Number(micros) / 1e6).toExponential().replace('e+', 'E');
}
