import { existsSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { BadInput } from '../../ingest/files/bad-input.ts';
import { ledgerTables, warehouseTable } from '../../ledger/ledger-tables.ts';
import { ledgerUpgrade } from '../../ledger/upgrade-ledger.ts';
import { hasRowProvenance } from '../../table/provenance.ts';
import { type ComputedTable, qualifiedName } from '../../table/table-definition.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import {
  type BigQueryWarehouse,
  openBigQuery,
} from '../../warehouse/bigquery/bigquery-warehouse.ts';
import { type BigQueryLocation, parseBigQueryLocation } from '../../warehouse/bigquery/connect.ts';
import { createTableStatement as bigQueryTable } from '../../warehouse/bigquery/ddl.ts';
import { createStatements } from '../../warehouse/duckdb/ddl.ts';
import { type DuckDbWarehouse, openDuckDb } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import type { WriterNote } from '../../warehouse/duckdb/writer-note.ts';
import { AbsentWarehouse, type Warehouse, type WarehouseError } from '../../warehouse/warehouse.ts';
import { meanwhile } from '../../world/meanwhile.ts';
import type { CliContext } from '../cli-context.ts';
import { defaultWarehouse } from '../options/default-warehouse.ts';
import { UsageError } from '../options/usage-error.ts';
import { type Rebuilds, settleTables, type TablesThere, tablesThere } from './damaged-tables.ts';
import { interruptible } from './interruptible.ts';
import { type Remakes, remakeStatements } from './remake-tables.ts';

const noRemakes: Remakes = { tables: [], withRows: false };

/** A page that is looked at, and every verb that only reads, lets go of the file sooner. */
const defaultWaitSeconds = 5;

export interface OpenRequest {
  readonly location: string;
  readonly mode: 'read' | 'write';
  /** TRUE for ingest alone, which makes a warehouse that is not there. */
  readonly create: boolean;
  readonly waitSeconds: number | undefined;
  /** The work looks after signals itself; else what only reads is given up at once. */
  readonly stopsItself?: true;
  readonly threads?: number;
  /** Work of this process for the time in which DuckDB, in a thread of its own, opens the file. */
  readonly meanwhile?: () => void;
  /** Tables that the verb fills again, whatever has become of them. */
  readonly rebuilds?: Rebuilds | undefined;
  /** Own tables that the verb computes: one whose definition is another than that of its rows is made anew. */
  readonly remakes?: Remakes | undefined;
  /** Most bytes that one job of BigQuery may be billed for; DuckDB bills nobody. */
  readonly maxBytes?: number;
}

/**
 * Opens the warehouse for the time of `work`, and closes it whatever happens.
 * @throws WarehouseError `absent` when there is none and `create` is not set.
 */
export async function withWarehouse<T>(
  context: CliContext,
  tables: TableRegistry,
  request: OpenRequest,
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  return withEither(context, tables, request, { duckdb: work, bigquery: work });
}

/** {@link withWarehouse} for work that is not the same on both engines. */
export async function withEither<T>(
  context: CliContext,
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
  context: CliContext,
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
  context: CliContext,
  tables: TableRegistry,
  work: (memory: DuckDbWarehouse) => Promise<T>,
): Promise<T> {
  return withMemory(context, async (memory) => {
    await makeWarehouse(memory, tables, new Map());
    return work(memory);
  });
}

async function withDuckDb<T>(
  context: CliContext,
  tables: TableRegistry,
  request: OpenRequest,
  work: (warehouse: DuckDbWarehouse) => Promise<T>,
): Promise<T> {
  const { location, mode, create, waitSeconds, threads } = request;
  // DuckDB takes such a beginning for the name of an extension or of a network.
  if (/^\w{2,}:/.test(location)) {
    throw new UsageError(
      `warehouse "${location}": neither a DuckDB file, for example ${defaultWarehouse}, nor bigquery://project[/prefix][?location=EU]; a file of that name is written ./${location}`,
    );
  }
  // Opening would create it, and a verb that finds nothing must leave nothing.
  if (!create && !existsSync(location)) {
    throw new AbsentWarehouse(location);
  }
  const isNew = create && !existsSync(location);
  if (isNew) warnOfName(context, tables, location);
  const opening = openDuckDb({
    path: location,
    mode,
    waitSeconds: waitSeconds ?? defaultWaitSeconds,
    threads,
    writer: writerOf(context),
  });
  const [warehouse] = await meanwhile(opening, () => request.meanwhile?.()).catch(
    async (error: unknown) => {
      await opening.then((opened) => opened.close()).catch(() => undefined);
      throw error;
    },
  );
  try {
    const there = await tablesThere(warehouse);
    if (there.has(qualifiedName(warehouseTable))) {
      const made = await settleTables(context, warehouse, tables, there, request.rebuilds);
      if (mode === 'write') {
        const raw = tables.all.filter(
          (table) => !hasRowProvenance(table) && there.has(qualifiedName(table)),
        );
        const upgrade = await ledgerUpgrade(warehouse, raw, context.clock.now());
        const statements = [...made, ...upgrade];
        if (statements.length > 0) await warehouse.commit(statements);
        const remade = await remakeStatements(
          context,
          warehouse,
          request.remakes ?? noRemakes,
          createStatements,
        );
        if (remade.length > 0) await warehouse.commit(remade);
      }
    } else if (create) await makeWarehouse(warehouse, tables, there);
    else throw notAWarehouse(location);
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

/** Only this one knows to call a file's catalog otherwise than after the file. */
function warnOfName({ stderr }: CliContext, tables: TableRegistry, location: string): void {
  const [stem] = basename(location).split('.');
  if (![...ledgerTables, ...tables.all].some(({ dataset }) => dataset === stem)) return;
  stderr(
    `warning: "${location}" is called like its schema ${stem}, which makes ${stem}.<table> ambiguous for every other client of DuckDB\n`,
  );
}

function writerOf({ pid, host, clock }: CliContext): WriterNote {
  return { pid, host, startedAt: clock.now() };
}

async function withBigQuery<T>(
  context: CliContext,
  tables: TableRegistry,
  request: OpenRequest,
  location: BigQueryLocation,
  work: (warehouse: BigQueryWarehouse) => Promise<T>,
): Promise<T> {
  const { mode, create, maxBytes } = request;
  const { bigQueryClient: client, bigQueryTiming: timing } = context;
  const warehouse = await openBigQuery({
    location,
    datasets: [...new Set(tables.all.map(({ dataset }) => dataset))],
    // The session is part of the names of jobs, and BigQuery remembers the names of months: none may come a
    // second time.
    session: `${context.randomHex()}${context.randomHex()}`,
    maxBytes,
    who: context.who,
    ...(client && { client }),
    ...(timing && { timing }),
  });
  // A process that leaves at once does not take its jobs with it.
  const stay = context.beforeLeaving?.(warehouse.cancel);
  try {
    if (!create && !(await warehouse.hasTable(warehouseTable))) {
      throw new AbsentWarehouse(request.location);
    }
    if (mode === 'write') {
      const lacking = [...ledgerTables, ...tables.all];
      await warehouse.beginWriting({ tables: lacking, waitSeconds: request.waitSeconds ?? 0 });
      const raw = tables.all.filter((table) => !hasRowProvenance(table));
      await warehouse.define(await ledgerUpgrade(warehouse, raw, context.clock.now()));
      const create = (changed: readonly ComputedTable[]) => changed.map(bigQueryTable);
      await warehouse.define(
        await remakeStatements(context, warehouse, request.remakes ?? noRemakes, create),
      );
    }
    return await work(givesUp(request) ? interruptible(warehouse, context.stop) : warehouse);
  } finally {
    await warehouse.close();
    stay?.();
  }
}

function givesUp({ mode, stopsItself }: OpenRequest): boolean {
  return mode === 'read' && stopsItself !== true;
}

/** Makes all tables in one commit: a process that is killed leaves a warehouse, or no more than a file. */
async function makeWarehouse(
  warehouse: DuckDbWarehouse,
  tables: TableRegistry,
  there: TablesThere,
): Promise<void> {
  // A file that a killed process had only just made has none.
  if (there.size > 0) {
    throw new UsageError(
      `"${warehouse.location}" is a DuckDB file with other tables, not a Backcourt warehouse; give --warehouse a file of its own`,
    );
  }
  await warehouse.commit(createStatements([...ledgerTables, ...tables.all]));
}

function notAWarehouse(location: string): WarehouseError {
  return new AbsentWarehouse(
    location,
    `"${location}" is a DuckDB file, but not a Backcourt warehouse`,
  );
}
