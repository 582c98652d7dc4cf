import { type DuckDBResultReader, DuckDBTypeId } from '@duckdb/node-api';
import type { Row, Value } from '../warehouse.ts';

const integerTypes: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
]);

/** Result rows with integers as numbers. @throws when one is beyond 2^53. */
export function readRows(reader: DuckDBResultReader): readonly Row[] {
  const names = reader.columnNames();
  const integers = reader.columnTypes().map((type) => integerTypes.has(type.typeId));
  return reader.getRowsJson().map((cells) => {
    const row: Record<string, Value> = {};
    for (const [index, name] of names.entries()) {
      const cell = cells[index] as Value;
      row[name] = integers[index] && typeof cell === 'string' ? toSafeInteger(name, cell) : cell;
    }
    return row;
  });
}

function toSafeInteger(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`column "${name}" holds ${text}, beyond 2^53`);
  return value;
}
