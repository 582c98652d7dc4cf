import { type DuckDbWarehouse, openDuckDb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';

/** An empty DuckDB without a file, with the functions that tables use; the caller closes it. */
export function openMemoryWarehouse(): Promise<DuckDbWarehouse> {
  return openDuckDb({
    path: ':memory:',
    mode: 'write',
    waitSeconds: 0,
    threads: undefined,
    writer: { pid: process.pid, host: 'test', startedAt: '2023-11-01T00:00:00Z' },
  });
}
