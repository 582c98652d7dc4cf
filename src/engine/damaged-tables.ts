import { existsSync } from 'node:fs';
import { laterColumns } from '../ledger/later-columns.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { noRows, noRun, rememberRecords } from '../ledger/ledger-statements.ts';
import {
  changesTable,
  exclusionsTable,
  formerPartitionsTable,
  partitionsTable,
  rawFilesTable,
  runsTable,
  warehouseTable,
} from '../ledger/ledger-tables.ts';
import { readIngests } from '../ledger/read-ingests.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { readWarehouseFacts } from '../ledger/warehouse-options.ts';
import { findRemedies } from '../plan/find-remedies.ts';
import { commandText } from '../report/words/command-text.ts';
import { plural } from '../report/words/format.ts';
import type { Column } from '../sql/column.ts';
import { storedColumns } from '../table/provenance.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { createStatements } from '../warehouse/duckdb/ddl.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import { datasetsOf } from './datasets-of.ts';
import { pasteable } from './pasteable.ts';
import type { Surroundings } from './surroundings.ts';

/** Which tables of a warehouse a verb can fill again, so that it may be opened although they are damaged. */
export type Rebuilds = 'raw' | 'computed' | 'all';

/** Qualified name → columns, of every table of a file. */
export type TablesThere = ReadonlyMap<string, ReadonlySet<string>>;

/** Tables and columns of the file. The mark of a writer is a view, and stands in a file that has no tables yet. */
export async function tablesThere(warehouse: DuckDbWarehouse): Promise<TablesThere> {
  const rows = await warehouse.query(`
SELECT concat(schema_name, '.', table_name) AS name, list(column_name) AS columns
FROM duckdb_columns()
WHERE database_name = current_database()
  AND table_oid IN (SELECT table_oid FROM duckdb_tables() WHERE database_name = current_database())
GROUP BY ALL`);
  return new Map(
    rows.map(({ name, columns }) => [
      String(name),
      new Set(Array.isArray(columns) ? columns.map(String) : []),
    ]),
  );
}

/** A table that is not as it was made. */
interface LackingTable {
  readonly table: StoredTable;
  readonly isGone: boolean;
  /** Columns that it lacks. */
  readonly columns: readonly Column[];
}

/**
 * Tables that are not there, or not whole.
 * @param version format of the ledger, by which a table may be an older one.
 */
function lackingTables(
  tables: TableRegistry,
  there: TablesThere,
  version?: number,
): readonly LackingTable[] {
  return tables.all.flatMap((table) => {
    const known = there.get(qualifiedName(table));
    // An own table that is there may be of an earlier definition: who computes it makes it anew.
    if (known && table.kind === 'computed' && table.phase === 'own') return [];
    const later = known && version !== undefined ? laterColumns(table, version) : [];
    const columns = storedColumns(table).filter(
      (column) => !known?.has(column.name) && !later.includes(column),
    );
    return columns.length === 0 ? [] : [{ table, isGone: known === undefined, columns }];
  });
}

/**
 * Statements that make tables which came after the warehouse was made. A table that the ledger has rows of
 * was not made later, but is gone or was changed by something else: such a warehouse is refused with the
 * commands that mend it, and opened by these alone.
 * @param rebuilds what the verb fills again: these tables are made anew, and their dates count as failed.
 * @throws WarehouseError `surroundings`
 */
export async function settleTables(
  context: Surroundings,
  warehouse: DuckDbWarehouse,
  tables: TableRegistry,
  there: TablesThere,
  rebuilds: Rebuilds | undefined,
): Promise<readonly string[]> {
  refuseLackingLedger(warehouse, there, rebuilds);
  const all = lackingTables(tables, there);
  const { formatVersion } =
    all.length === 0 ? { formatVersion: undefined } : await readWarehouseFacts(warehouse);
  const lacking = all.length === 0 ? all : lackingTables(tables, there, formatVersion);
  const ledgerTables = [
    ...[exclusionsTable, runsTable, rawFilesTable, changesTable, formerPartitionsTable],
  ].filter((table) => !there.has(qualifiedName(table)));
  if (lacking.length === 0) return createStatements(ledgerTables);
  const ledger = await readLedger(
    warehouse,
    lacking.map(({ table }) => table),
  );
  const damaged = lacking.filter(({ table }) => recordedDates(ledger, table) > 0);
  const isRaw = ({ table }: LackingTable) => table.dataset === 'nba_raw';
  const ofVerb = damaged.filter((entry) =>
    rebuilds === 'raw' ? isRaw(entry) : rebuilds === 'computed' ? !isRaw(entry) : rebuilds,
  );
  // Raw tables come first: what is computed is made of them, by a command of its own.
  const inTheWay = damaged.filter(
    (entry) => !ofVerb.includes(entry) && !(rebuilds === 'raw' && !isRaw(entry)),
  );
  if (inTheWay.length > 0) {
    throw await damagedError(context, warehouse, tables, there, ledger, damaged);
  }
  for (const entry of ofVerb) {
    context.stderr(
      `${describe(entry)}: it is made again, and its dates count as failed until they are\n`,
    );
  }
  const made = lacking.filter((entry) => !damaged.includes(entry) || ofVerb.includes(entry));
  return [
    ...createStatements([
      ...ledgerTables,
      ...made.filter(({ isGone }) => isGone).map(({ table }) => table),
    ]),
    ...made.filter(({ isGone }) => !isGone).flatMap((entry) => addColumns(warehouse, entry)),
    ...ofVerb.flatMap((entry) => failStatements(warehouse, entry, context.clock.now())),
  ];
}

function recordedDates(ledger: LedgerSnapshot, { name }: StoredTable): number {
  return [...ledger.of(name).values()].filter(({ rows }) => rows > 0).length;
}

/** Without its records nothing in a warehouse is proven; what else the ledger lacks is made again. */
function refuseLackingLedger(
  { location }: DuckDbWarehouse,
  there: TablesThere,
  rebuilds: Rebuilds | undefined,
): void {
  if (!there.has(qualifiedName(partitionsTable))) {
    throw new WarehouseError(
      'surroundings',
      `"${location}" has lost its ledger, ${qualifiedName(partitionsTable)}: put back a copy, or ingest and backfill into a new file`,
    );
  }
  // An older ledger has had no table of changes, nor one of former records.
  const has = (column: string) => there.get(qualifiedName(warehouseTable))?.has(column) === true;
  const own = [
    ...[exclusionsTable, runsTable, rawFilesTable],
    ...(has('changes_from') ? [changesTable] : []),
    ...(has('history_from') ? [formerPartitionsTable] : []),
  ];
  const gone = own.filter((table) => !there.has(qualifiedName(table)));
  if (gone.length > 0 && rebuilds === undefined) {
    throw new WarehouseError(
      'surroundings',
      `"${location}" has lost ${gone.map(qualifiedName).join(', ')}: put back a copy, or make it again, empty, with any run --rewrite, and then verify`,
    );
  }
}

async function damagedError(
  context: Surroundings,
  warehouse: DuckDbWarehouse,
  tables: TableRegistry,
  there: TablesThere,
  ledger: LedgerSnapshot,
  damaged: readonly LackingTable[],
): Promise<WarehouseError> {
  const units = damaged.flatMap(({ table }) =>
    [...ledger.of(table.name).values()].map(({ date }) => ({ table: table.name, date })),
  );
  const hasRuns = [runsTable, rawFilesTable].every((table) => there.has(qualifiedName(table)));
  const ingests = hasRuns ? await readIngests(warehouse) : [];
  const known = { tables, ledger: await readLedger(warehouse), ingests, isThere: existsSync };
  const commands = findRemedies(known, units).map((remedy) =>
    pasteable(context.invocation, commandText(remedy), warehouse.location),
  );
  const what = damaged.map(
    (entry) =>
      `${describe(entry)}, and the ledger records ${plural(recordedDates(ledger, entry.table), 'date')} of it`,
  );
  const moved = damaged.flatMap(({ table, isGone }) => {
    const [dataset] = isGone ? datasetsOf(there, table.name) : [];
    return dataset === undefined ? [] : [{ table, dataset }];
  });
  const [first] = moved;
  if (first && moved.length === damaged.length) {
    const former = [...new Set(moved.map(({ dataset }) => dataset))].join(', ');
    return new WarehouseError(
      'surroundings',
      `the setting "dataset" of the project has changed: the rows of ${moved.map(({ table }) => table.name).join(', ')} stand in ${former}, and are looked for in ${first.table.dataset}. Write dataset: '${first.dataset}' into backcourt.config.ts again, or make them anew where they are to stand:\n${commands.map((command) => `  ${command}`).join('\n')}\nWhat stands in ${former} then stays until prune removes it`,
    );
  }
  return new WarehouseError(
    'surroundings',
    `"${warehouse.location}" was changed by something else: ${what.join('; ')}. Put back a copy, or make it again with:\n${commands.map((command) => `  ${command}`).join('\n')}`,
  );
}

function describe({ table, isGone, columns }: LackingTable): string {
  return isGone
    ? `${qualifiedName(table)} is gone`
    : `${qualifiedName(table)} lacks ${columns.map(({ name }) => name).join(', ')}`;
}

function addColumns(
  { dialect }: DuckDbWarehouse,
  { table, columns }: LackingTable,
): readonly string[] {
  return columns.map(
    ({ name, type }) =>
      `ALTER TABLE ${qualifiedName(table)} ADD COLUMN ${name} ${dialect.typeName(type)}`,
  );
}

/**
 * The statements that make all recorded dates of a table failed ones, and remember what was recorded of them. They
 * keep the options that they were made with. @param now UTC, ISO 8601.
 */
function failStatements(
  { dialect }: DuckDbWarehouse,
  entry: LackingTable,
  now: string,
): readonly string[] {
  const { table, isGone } = entry;
  const where = `table_name = ${dialect.string(table.name)}`;
  const record = {
    ...noRows,
    // Rows that lack a column are still there.
    row_count: isGone ? '0' : 'row_count',
    state: "'failed'",
    failure_kind: "'bad_data'",
    failure_text: dialect.string(`${describe(entry)}: its rows have to be made again`),
    recorded_at: dialect.timestamp(now),
  };
  const columns = Object.entries(record).map(([name, value]) => `${name} = ${value}`);
  return [
    rememberRecords(dialect, where, { runId: noRun, now }, 'removed'),
    `UPDATE backcourt.partitions\nSET ${columns.join(',\n  ')}\nWHERE ${where}`,
  ];
}
