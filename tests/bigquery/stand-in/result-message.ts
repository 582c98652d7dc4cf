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

/** Schema and some rows of a result, as jobs.getQueryResults answers them. */
export function resultMessage(
  { columns, rows }: Evaluated,
  from: number,
  count: number,
): { readonly schema: object; readonly rows: readonly object[]; readonly totalRows: string } {
  return {
    schema: { fields: columns.map(({ name, type }) => ({ name, ...fieldType(type) })) },
    rows: rows.slice(from, from + count).map(({ cell }) => ({
      f: columns.map(({ type }, index) => ({ v: sent(type, decodeCell(type, cell[index] ?? {})) })),
    })),
    totalRows: String(rows.length),
  };
}

function fieldType({ typeKind, arrayType }: GoogleSqlType): object {
  if (typeKind !== 'TYPE_ARRAY') return { type: typeNames[typeKind], mode: 'NULLABLE' };
  return { ...(arrayType && fieldType(arrayType.elementType)), mode: 'REPEATED' };
}

/** Every value is sent as a text, a time as microseconds since 1970. */
function sent(type: GoogleSqlType, value: Value): unknown {
  if (value === null) return null;
  const { arrayType } = type;
  if (arrayType) {
    return (value as readonly Value[]).map((item) => ({ v: sent(arrayType.elementType, item) }));
  }
  if (type.typeKind !== 'TYPE_TIMESTAMP') return String(value);
  const [, whole = '', fraction = ''] = /^([^.+]+)(?:\.(\d+))?\+00$/.exec(String(value)) ?? [];
  const seconds = Date.parse(`${whole.replace(' ', 'T')}Z`) / 1000;
  return String(BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0')));
}
