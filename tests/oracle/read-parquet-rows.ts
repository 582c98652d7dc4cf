import { DuckDBInstance } from '@duckdb/node-api';

/** Gives the value of a column of the row at hand. */
export type ValueOf<Column extends string> = (column: Column) => unknown;

/**
 * Reads the named columns of one file and makes an item of each row; rows for which `make` gives
 * null are dropped. DuckDB serves as a file reader only: nothing is computed in it.
 */
export async function readParquetRows<Column extends string, Item>(
  file: string,
  columns: readonly Column[],
  make: (value: ValueOf<Column>) => Item | null,
): Promise<readonly Item[]> {
  const values = new Map<Column, readonly unknown[]>();
  const arrays = await readColumns(file, columns);
  columns.forEach((column, index) => {
    values.set(column, arrays[index] ?? []);
  });
  const items: Item[] = [];
  const rowCount = arrays[0]?.length ?? 0;
  for (let row = 0; row < rowCount; row += 1) {
    const item = make((column) => values.get(column)?.[row] ?? null);
    if (item !== null) items.push(item);
  }
  return items;
}

async function readColumns(
  file: string,
  columns: readonly string[],
): Promise<readonly (readonly unknown[])[]> {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    try {
      const names = columns.map((column) => `"${column}"`).join(', ');
      const path = file.replaceAll("'", "''");
      const reader = await connection.runAndReadAll(`SELECT ${names} FROM read_parquet('${path}')`);
      return reader.getColumnsJS();
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}
