import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { ledgerTables, warehouseTable } from '../ledger/ledger-tables.ts';
import { type LedgerUpgrade, ledgerUpgrade } from '../ledger/upgrade-ledger.ts';
import { hasRowProvenance } from '../table/provenance.ts';
import { qualifiedName } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { type BigQueryWarehouse, openBigQuery } from '../warehouse/bigquery/bigquery-warehouse.ts';
import { type BigQueryLocation, parseBigQueryLocation } from '../warehouse/bigquery/connect.ts';
import { createStatements } from '../warehouse/duckdb/ddl.ts';
import { type DuckDbWarehouse, openDuckDb } from '../warehouse/duckdb/duckdb-warehouse.ts';
import type { WriterNote } from '../warehouse/duckdb/writer-note.ts';
import { AbsentWarehouse, type WarehouseError } from '../warehouse/warehouse.ts';
import { meanwhile } from '../world/meanwhile.ts';
import { type Rebuilds, settleTables, type TablesThere, tablesThere } from './damaged-tables.ts';
import { defaultWarehouse } from './default-warehouse.ts';
import type { Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';

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
  /** Most bytes that one job of BigQuery may be billed for; DuckDB bills nobody. */
  readonly maxBytes?: number;
}

/** An open warehouse, told apart by its engine. */
export type OpenedWarehouse =
  | { readonly engine: 'duckdb'; readonly warehouse: DuckDbWarehouse }
  | { readonly engine: 'bigquery'; readonly warehouse: BigQueryWarehouse };

/**
 * Opens the warehouse, for the caller to close.
 * @throws WarehouseError `absent` when there is none and `create` is not set.
 */
export async function openEither(
  context: Surroundings,
  tables: TableRegistry,
  request: OpenRequest,
): Promise<OpenedWarehouse> {
  const place = parseBigQueryLocation(request.location);
  return place
    ? { engine: 'bigquery', warehouse: await openService(context, tables, request, place) }
    : { engine: 'duckdb', warehouse: await openFile(context, tables, request) };
}

/** @throws WarehouseError, or UsageError for what is no place of a warehouse. */
export async function openFile(
  context: Surroundings,
  tables: TableRegistry,
  request: OpenRequest,
): Promise<DuckDbWarehouse> {
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
  if (create && !existsSync(location)) warnOfName(context, tables, location);
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
    await settle(context, warehouse, tables, request);
    return warehouse;
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}

/** Brings a file that was opened to what this version expects of it, as far as the request may write. */
async function settle(
  context: Surroundings,
  warehouse: DuckDbWarehouse,
  tables: TableRegistry,
  { location, mode, create, rebuilds }: OpenRequest,
): Promise<void> {
  const there = await tablesThere(warehouse);
  if (!there.has(qualifiedName(warehouseTable))) {
    if (!create) throw notAWarehouse(location);
    return makeWarehouse(warehouse, tables, there);
  }
  const made = await settleTables(context, warehouse, tables, there, rebuilds);
  if (mode === 'read') return;
  const raw = tables.all.filter(
    (table) => !hasRowProvenance(table) && there.has(qualifiedName(table)),
  );
  const upgrade = await ledgerUpgrade(warehouse, raw, context.clock.now());
  const statements = [...made, ...upgrade.statements];
  if (statements.length > 0) await warehouse.commit(statements);
  tellWidened(context, upgrade);
}

/** What an older Backcourt has not kept is in the files alone. */
function tellWidened({ stderr }: Surroundings, { widened }: LedgerUpgrade): void {
  for (const { table, columns } of widened) {
    stderr(
      `${qualifiedName(table)} is of an older Backcourt: ${columns.map(({ name }) => name).join(', ')} are NULL until its files are loaded again\n`,
    );
  }
}

/** Only this one knows to call a file's catalog otherwise than after the file. */
function warnOfName({ stderr }: Surroundings, tables: TableRegistry, location: string): void {
  const [stem] = basename(location).split('.');
  if (![...ledgerTables, ...tables.all].some(({ dataset }) => dataset === stem)) return;
  stderr(
    `warning: "${location}" is called like its schema ${stem}, which makes ${stem}.<table> ambiguous for every other client of DuckDB\n`,
  );
}

/** What a file says of who writes it. */
export function writerOf({ pid, host, clock }: Surroundings): WriterNote {
  return { pid, host, startedAt: clock.now() };
}

/** @throws WarehouseError */
export async function openService(
  context: Surroundings,
  tables: TableRegistry,
  request: OpenRequest,
  location: BigQueryLocation,
): Promise<BigQueryWarehouse> {
  const { mode, create, maxBytes } = request;
  const { bigQueryClient: client, bigQueryTiming: timing } = context;
  const opened = await openBigQuery({
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
  const stay = context.beforeLeaving?.(opened.cancel);
  const close = async () => {
    await opened.close();
    stay?.();
  };
  const warehouse = { ...opened, close };
  try {
    if (!create && !(await warehouse.hasTable(warehouseTable))) {
      throw new AbsentWarehouse(request.location);
    }
    if (mode === 'write') {
      const lacking = [...ledgerTables, ...tables.all];
      await warehouse.beginWriting({ tables: lacking, waitSeconds: request.waitSeconds ?? 0 });
      const raw = tables.all.filter((table) => !hasRowProvenance(table));
      const upgrade = await ledgerUpgrade(warehouse, raw, context.clock.now());
      await warehouse.define(upgrade.statements);
      tellWidened(context, upgrade);
    }
    return warehouse;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Makes all tables in one commit: a process that is killed leaves a warehouse, or no more than a file. */
export async function makeWarehouse(
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
