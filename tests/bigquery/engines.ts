import { partitionContents } from '../../src/ingest/raw/partition-contents.ts';
import { qualifiedName, type TableDefinition } from '../../src/table/table-definition.ts';
import type { TableRegistry } from '../../src/table/table-registry.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import type { Row, Value, Warehouse } from '../../src/warehouse/warehouse.ts';
import { copyRawTables } from './copy-raw-tables.ts';
import type { GoogleSqlService } from './googlesql/googlesql-service.ts';
import { type MemoryDatabase, makeMemoryDatabase } from './googlesql/memory-database.ts';
import { openStandIn } from './open-stand-in.ts';

/** The same raw rows in both engines. */
export interface Engines {
  readonly duckdb: DuckDbWarehouse;
  /** The product's own warehouse over the official client, on a stand-in. */
  readonly google: Warehouse;
  /** What {@link Engines.google} stands on. */
  readonly database: MemoryDatabase;
  close(): Promise<void>;
}

/** Gives GoogleSQL the raw rows and the ledger of a DuckDB warehouse. */
export async function makeEngines(
  tables: TableRegistry,
  service: GoogleSqlService,
  duckdb: DuckDbWarehouse,
): Promise<Engines> {
  const database = makeMemoryDatabase(service);
  await copyRawTables(tables, duckdb, database);
  const { warehouse: google, close } = await openStandIn(database);
  return {
    duckdb,
    database,
    google,
    close: async () => {
      await close();
      await duckdb.close();
    },
  };
}

/** Dates of a table whose rows hash differently on the two engines. */
export async function differentHashes(
  { duckdb, google }: Engines,
  table: TableDefinition,
): Promise<readonly string[]> {
  const contents = async (warehouse: Warehouse) =>
    new Map(
      (await partitionContents(warehouse, table, qualifiedName(table))).map((content) => [
        content.date,
        `${content.rows} rows ${content.dataHash}`,
      ]),
    );
  const [expected, actual] = [await contents(duckdb), await contents(google)];
  return [...new Set([...expected.keys(), ...actual.keys()])]
    .filter((date) => expected.get(date) !== actual.get(date))
    .map((date) => `${date}: DuckDB ${expected.get(date)}, GoogleSQL ${actual.get(date)}`);
}

/** The first values in which the stored rows of a table differ, value by value. */
export async function differentRows(
  { duckdb, database }: Engines,
  table: TableDefinition,
): Promise<readonly string[]> {
  const keyOf = (row: Row) => table.key.map((name) => row[name]).join(' ');
  const name = qualifiedName(table);
  const expected = await duckdb.query(`SELECT * FROM ${name}`);
  const actual = new Map(database.rows(name).map((row) => [keyOf(row), row]));
  const found: string[] = [];
  if (actual.size !== expected.length) {
    found.push(`DuckDB has ${expected.length} rows, GoogleSQL ${actual.size}`);
  }
  const numerics = new Set(
    table.columns.filter(({ type }) => type.kind === 'NUMERIC').map((column) => column.name),
  );
  for (const row of expected) {
    const other = actual.get(keyOf(row));
    for (const [column, value] of Object.entries(row)) {
      // Each run has its own id and clock.
      if (['run_id', 'processed_at'].includes(column)) continue;
      const wanted = JSON.stringify(numerics.has(column) ? shortest(value) : value);
      const given = JSON.stringify(other?.[column]);
      if (wanted !== given) {
        found.push(`${keyOf(row)} ${column}: DuckDB ${wanted}, GoogleSQL ${given}`);
      }
    }
    if (found.length > 10) break;
  }
  return found;
}

/** DuckDB prints a NUMERIC with its whole scale, GoogleSQL without zeros at the end. */
function shortest(value: Value): Value {
  return typeof value === 'string' && value.includes('.')
    ? value.replace(/\.?0+$/, '').replace(/^-0$/, '0')
    : value;
}

/** `table date` → state, rows and hash of every record on a stand-in, as `partitionHashes` tells of a file. */
export function storedHashes(database: MemoryDatabase): ReadonlyMap<string, string> {
  return new Map(
    database
      .rows('backcourt.partitions')
      .map((row) => [
        `${row['table_name']} ${row['partition_date']}`,
        `${row['state']} ${row['row_count']} ${row['data_hash'] ?? '-'}`,
      ]),
  );
}

/** What the ledger of a warehouse says of its computed tables, but for times. */
export async function ledgerOf(warehouse: Warehouse): Promise<readonly string[]> {
  const partitions = await warehouse.query(`
SELECT table_name, CAST(partition_date AS STRING) AS day, state, reason, row_count, excluded_count,
  data_hash, key_hash, projection_hashes, fingerprint, input_hashes, options, code_version, attempts, failure_kind, failure_text, warnings
FROM backcourt.partitions`);
  const exclusions = await warehouse.query(`
SELECT table_name, CAST(partition_date AS STRING) AS day, entity, reason_code
FROM backcourt.exclusions`);
  return [...partitions, ...exclusions].map((row) => JSON.stringify(Object.values(row))).sort();
}
