import { existsSync, rmSync } from 'node:fs';
import { BadInput } from '../ingest/files/bad-input.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { BigQueryWarehouse } from '../warehouse/bigquery/bigquery-warehouse.ts';
import { type BigQueryLocation, parseBigQueryLocation } from '../warehouse/bigquery/connect.ts';
import { type DuckDbWarehouse, openDuckDb } from '../warehouse/duckdb/duckdb-warehouse.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { interruptible } from './interruptible.ts';
import { makeWarehouse, type OpenRequest, openFile, openService, writerOf } from './open-either.ts';
import type { Surroundings } from './surroundings.ts';
/**
 * Opens the warehouse for the time of `work`, and closes it whatever happens.
 * @throws WarehouseError `absent` when there is none and `create` is not set.
 */
export async function withWarehouse<T>(
  context: Surroundings,
  tables: TableRegistry,
  request: OpenRequest,
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  return withEither(context, tables, request, { duckdb: work, bigquery: work });
}

/** {@link withWarehouse} for work that is not the same on both engines. */
export async function withEither<T>(
  context: Surroundings,
  tables: TableRegistry,
  request: OpenRequest,
  work: {
    readonly duckdb: (warehouse: DuckDbWarehouse) => Promise<T>;
    readonly bigquery: (warehouse: BigQueryWarehouse) => Promise<T>;
  },
): Promise<T> {
  const place = parseBigQueryLocation(request.location);
  return place
    ? withBigQuery(context, tables, request, place, work.bigquery)
    : withDuckDb(context, tables, request, work.duckdb);
}

/** A DuckDB without a file and without tables, gone at the end of `work`. */
export async function withMemory<T>(
  context: Surroundings,
  work: (memory: DuckDbWarehouse) => Promise<T>,
): Promise<T> {
  const memory = await openDuckDb({
    path: ':memory:',
    mode: 'write',
    waitSeconds: 0,
    threads: undefined,
    writer: writerOf(context),
  });
  try {
    return await work(memory);
  } finally {
    await memory.close();
  }
}

/** {@link withMemory} with the tables of an empty warehouse. */
export function withMemoryWarehouse<T>(
  context: Surroundings,
  tables: TableRegistry,
  work: (memory: DuckDbWarehouse) => Promise<T>,
): Promise<T> {
  return withMemory(context, async (memory) => {
    await makeWarehouse(memory, tables, new Map());
    return work(memory);
  });
}

async function withDuckDb<T>(
  context: Surroundings,
  tables: TableRegistry,
  request: OpenRequest,
  work: (warehouse: DuckDbWarehouse) => Promise<T>,
): Promise<T> {
  const { location } = request;
  const isNew = request.create && !existsSync(location);
  const warehouse = await openFile(context, tables, request);
  try {
    const result = await work(
      givesUp(request) ? interruptible(warehouse, context.stop) : warehouse,
    );
    await warehouse.close();
    return result;
  } catch (error) {
    await warehouse.close();
    // A command that can load nothing must leave nothing.
    if (isNew && error instanceof BadInput) rmSync(location);
    throw error;
  }
}

async function withBigQuery<T>(
  context: Surroundings,
  tables: TableRegistry,
  request: OpenRequest,
  location: BigQueryLocation,
  work: (warehouse: BigQueryWarehouse) => Promise<T>,
): Promise<T> {
  const warehouse = await openService(context, tables, request, location);
  try {
    return await work(givesUp(request) ? interruptible(warehouse, context.stop) : warehouse);
  } finally {
    await warehouse.close();
  }
}

function givesUp({ mode, stopsItself }: OpenRequest): boolean {
  return mode === 'read' && stopsItself !== true;
}
