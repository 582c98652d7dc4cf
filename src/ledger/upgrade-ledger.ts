import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { StoredTable } from '../table/table-definition.ts';
import { type Warehouse, WarehouseError } from '../warehouse/warehouse.ts';
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

/**
 * Statements that bring the ledger of an older format up to this one; none when nothing is lacking.
 * Only columns that may be NULL are ever added, so that old records stay as they are.
 * Hashes of raw rows, which no table's definition can make again, are brought over to today's way; computed
 * tables are stale by theirs.
 * @param tables raw ones that are there.
 * @param now UTC, ISO 8601: changes before a ledger could remember them are not remembered.
 * @throws WarehouseError `surroundings` when a newer Backcourt made the warehouse.
 */
export async function ledgerUpgrade(
  warehouse: Warehouse,
  tables: readonly StoredTable[],
  now: string,
): Promise<readonly string[]> {
  const sql = warehouse.dialect;
  const { formatVersion: version } = await readWarehouseFacts(warehouse);
  if (version === ledgerFormatVersion) return [];
  if (version !== undefined && version > ledgerFormatVersion) {
    throw new WarehouseError(
      'surroundings',
      `"${warehouse.location}" has ledger format ${version}, made by a newer Backcourt; this one knows ${ledgerFormatVersion}`,
    );
  }
  const added = missingColumns(sql, await columnsThere(warehouse));
  // Before the first ingest no format is recorded, and an older Backcourt may have made the tables.
  if (version === undefined) return added;
  // The version comes last, so that an upgrade that was cut off is made again. A version that a newer
  // Backcourt has written meanwhile stays.
  return [
    ...added,
    ...(version < changesSince ? [changesFromStatement(sql, now)] : []),
    ...(version < historySince ? [historyFromStatement(sql, now)] : []),
    ...(version < valuesHashedSince ? await rehashRaw(warehouse, tables) : []),
    `UPDATE backcourt.warehouse
SET format_version = ${ledgerFormatVersion}
WHERE format_version < ${ledgerFormatVersion}`,
  ];
}

async function columnsThere(warehouse: Warehouse): Promise<ReadonlySet<string>> {
  const rows = await warehouse.query(`
SELECT table_name, column_name
FROM ${warehouse.dialect.datasetColumns('backcourt')} AS known`);
  return new Set(rows.map((row) => `${row['table_name']}.${row['column_name']}`));
}

function missingColumns(sql: SqlDialect, there: ReadonlySet<string>): readonly string[] {
  const isThere = new Set([...there].map((column) => column.split('.')[0]));
  // A table that is not there is made as a whole by who opens the warehouse.
  const tables = ledgerTables.filter(({ name }) => isThere.has(name));
  return tables.flatMap(({ dataset, name, columns }) =>
    columns
      .filter((column) => !there.has(`${name}.${column.name}`))
      .map(
        (column) =>
          `ALTER TABLE ${dataset}.${name} ADD COLUMN IF NOT EXISTS ${column.name} ${sql.typeName(column.type)}`,
      ),
  );
}
