import { noRows } from '../ledger/ledger-statements.ts';
import { partitionsTable } from '../ledger/ledger-tables.ts';
import { parseObject } from '../ledger/parse-object.ts';
import { readWarehouseFacts, setOptionsStatement } from '../ledger/warehouse-options.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { inForceSql } from './in-force-sql.ts';

const past = 'past_options';

/** What the record of a date says whose rows have gone: not that they stand, for rows that come out equal would not be written. */
const gone: Readonly<Record<string, string>> = {
  ...noRows,
  state: "'failed'",
  failure_kind: "'bad_data'",
  failure_text: "'its rows have gone since, and are to be made again'",
};

/**
 * Gives computed dates the options with which they stood at a time, so that they are made with those
 * again, and the options of the warehouse the values that the latest of them have: which lines count, and whom a table leaves out, is a part of what
 * was known. To be done before what came later is forgotten.
 * @param time UTC, ISO 8601.
 */
export async function restoreOptions(
  warehouse: DuckDbWarehouse,
  tables: TableRegistry,
  time: string,
): Promise<void> {
  const { dialect: sql } = warehouse;
  const names = tables.computed.map(({ name }) => name);
  const inForce = inForceSql(sql, names, time);
  await warehouse.stage(past, `SELECT * EXCLUDE (rows_until) FROM (${inForce}) AS known`);
  const latest = await warehouse.query(`
SELECT options
FROM ${past} AS known
QUALIFY ROW_NUMBER() OVER (PARTITION BY table_name ORDER BY recorded_at DESC, partition_date DESC) = 1
ORDER BY recorded_at`);
  const given = new Map(
    latest.flatMap((row) => Object.entries(parseObject(String(row['options'])))),
  );
  const declared = new Map(
    tables.computed.flatMap(({ options }) => options.map((option) => [option.name, option])),
  );
  // Those that the warehouse has today may have been set since; others belong to single runs.
  const { options: today = {} } = await readWarehouseFacts(warehouse);
  const own: Record<string, number> = { ...today };
  for (const name of Object.keys(today)) {
    const value = given.get(name);
    if (typeof value !== 'number') continue;
    if (value === declared.get(name)?.fallback) delete own[name];
    else own[name] = value;
  }
  const columns = partitionsTable.columns.map(({ name }) => name).join(', ');
  const isKnown = `known.table_name = stands.table_name AND known.partition_date = stands.partition_date`;
  await warehouse.commit([
    ...(Object.keys(today).length > 0 ? [setOptionsStatement(sql, own)] : []),
    `UPDATE backcourt.partitions AS stands
SET options = known.options
FROM ${past} AS known
WHERE ${isKnown} AND known.options <> stands.options`,
    // What has gone since is missing, and is to be made with the options that it had.
    `INSERT INTO backcourt.partitions (${columns})
SELECT ${partitionsTable.columns.map(({ name }) => gone[name] ?? name).join(', ')}
FROM ${past} AS known
WHERE NOT EXISTS (SELECT 1 FROM backcourt.partitions AS stands WHERE ${isKnown})`,
  ]);
  await warehouse.dropStage(past);
}
