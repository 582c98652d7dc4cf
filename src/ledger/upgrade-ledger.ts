import type { Column } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import { type Warehouse, WarehouseError } from '../warehouse/warehouse.ts';
import { laterColumns, type NarrowTable } from './later-columns.ts';
import { ledgerFormatVersion, ledgerTables } from './ledger-tables.ts';
import { rehashRaw } from './rehash-raw.ts';
import {
  changesFromStatement,
  historyFromStatement,
  readWarehouseFacts,
} from './warehouse-options.ts';

/** Rows are hashed by their values alone since this format. */
const valuesHashedSince = 6;

/** What raw tables held is remembered since this format. */
export const historySince = 7;

/** Ledgers remember changes since this format. */
export const changesSince = 5;

/** What brings a warehouse of an older format up to this one. */
export interface LedgerUpgrade {
  /** None when nothing is lacking. */
  readonly statements: readonly string[];
  /** Raw tables that get columns, of a warehouse that was filled. */
  readonly widened: readonly NarrowTable[];
}

/**
 * What brings the ledger of an older format up to this one, and raw tables that lack a column of today.
 * Only columns that may be NULL are ever added, so that old records stay as they are.
 * Hashes of raw rows, which no table's definition can make again, are brought over to today's way and columns; computed
 * tables are stale by theirs. Changes need none of it: what raw rows were is remembered since the format that they have
 * these columns from.
 * @param tables raw ones that are there.
 * @param now UTC, ISO 8601: changes before a ledger could remember them are not remembered.
 * @throws WarehouseError `surroundings` when a newer Backcourt made the warehouse.
 */
export async function ledgerUpgrade(
  warehouse: Warehouse,
  tables: readonly StoredTable[],
  now: string,
): Promise<LedgerUpgrade> {
  const sql = warehouse.dialect;
  const { formatVersion: version } = await readWarehouseFacts(warehouse);
  if (version === ledgerFormatVersion) return { statements: [], widened: [] };
  if (version !== undefined && version > ledgerFormatVersion) {
    throw new WarehouseError(
      'surroundings',
      `"${warehouse.location}" has ledger format ${version}, made by a newer Backcourt; this one knows ${ledgerFormatVersion}`,
    );
  }
  const narrow = await narrowTables(warehouse, tables, version);
  const added = [
    ...missingColumns(sql, await columnsThere(warehouse, 'backcourt')),
    ...narrow.flatMap(({ table, columns }) =>
      columns.map((column) => addColumn(sql, table, column)),
    ),
  ];
  // Before the first ingest no format is recorded, and an older Backcourt may have made the tables.
  if (version === undefined) return { statements: added, widened: [] };
  // The version comes last, so that an upgrade that was cut off is made again. A version that a newer
  // Backcourt has written meanwhile stays.
  const statements = [
    ...added,
    ...(version < changesSince ? [changesFromStatement(sql, now)] : []),
    ...(version < historySince ? [historyFromStatement(sql, now)] : []),
    ...(version < valuesHashedSince
      ? await rehashRaw(warehouse, tables, narrow, 'first')
      : await rehashRaw(
          warehouse,
          narrow.map(({ table }) => table),
          narrow,
          'values',
        )),
    `UPDATE backcourt.warehouse
SET format_version = ${ledgerFormatVersion}
WHERE format_version < ${ledgerFormatVersion}`,
  ];
  return { statements, widened: narrow };
}

/**
 * Which of some raw tables an older Backcourt made without a column of today.
 * @param version format of the ledger, where it is known already.
 */
export async function narrowTables(
  warehouse: Warehouse,
  tables: readonly StoredTable[],
  version?: number,
): Promise<readonly NarrowTable[]> {
  const known = version ?? (await readWarehouseFacts(warehouse)).formatVersion;
  const possible = tables.flatMap((table) => {
    const columns = laterColumns(table, known);
    return columns.length === 0 ? [] : [{ table, columns }];
  });
  if (possible.length === 0) return [];
  const there = await columnsThere(warehouse, 'nba_raw');
  return possible.flatMap(({ table, columns }) => {
    const lacking = columns.filter(({ name }) => !there.has(`${table.name}.${name}`));
    return lacking.length === 0 ? [] : [{ table, columns: lacking }];
  });
}

async function columnsThere(warehouse: Warehouse, dataset: string): Promise<ReadonlySet<string>> {
  const rows = await warehouse.query(`
SELECT table_name, column_name
FROM ${warehouse.dialect.datasetColumns(dataset)} AS known`);
  return new Set(rows.map((row) => `${row['table_name']}.${row['column_name']}`));
}

function missingColumns(sql: SqlDialect, there: ReadonlySet<string>): readonly string[] {
  const isThere = new Set([...there].map((column) => column.split('.')[0]));
  // A table that is not there is made as a whole by who opens the warehouse.
  const tables = ledgerTables.filter(({ name }) => isThere.has(name));
  return tables.flatMap((table) =>
    table.columns
      .filter((column) => !there.has(`${table.name}.${column.name}`))
      .map((column) => addColumn(sql, table, column)),
  );
}

function addColumn(
  sql: SqlDialect,
  table: Pick<StoredTable, 'name' | 'dataset'>,
  { name, type }: Column,
): string {
  return `ALTER TABLE ${qualifiedName(table)} ADD COLUMN IF NOT EXISTS ${name} ${sql.storedTypeName(type)}`;
}
