import { copyFileSync, rmSync } from 'node:fs';
import { DuckDBInstance, type Json } from '@duckdb/node-api';
import { type ComputedTable, qualifiedName } from '../src/table/table-definition.ts';

/** Runs statements on a file that no process has open. @returns the rows of the last one. */
export async function withFile(
  path: string,
  statements: readonly string[],
): Promise<readonly (readonly Json[])[]> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    let rows: readonly (readonly Json[])[] = [];
    for (const statement of statements) {
      rows = (await connection.runAndReadAll(statement)).getRowsJson();
    }
    return rows;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Works on a copy, which is gone afterwards. */
export async function withCopy<T>(
  original: string,
  copy: string,
  work: (copy: string) => Promise<T>,
): Promise<T> {
  copyFileSync(original, copy);
  try {
    return await work(copy);
  } finally {
    rmSync(copy, { force: true });
  }
}

/** Statements that take some dates out of computed tables, as if they had never been worked. */
export function removeDates(
  tables: readonly ComputedTable[],
  dates: readonly string[],
  records: boolean,
): readonly string[] {
  const days = dates.map((date) => `DATE '${date}'`).join(', ');
  const names = tables.map(({ name }) => `'${name}'`).join(', ');
  return [
    ...tables.map(
      (table) => `DELETE FROM ${qualifiedName(table)} WHERE ${table.partition} IN (${days})`,
    ),
    ...(records
      ? ['partitions', 'exclusions'].map(
          (ledger) =>
            `DELETE FROM backcourt.${ledger} WHERE table_name IN (${names}) AND partition_date IN (${days})`,
        )
      : []),
    'CHECKPOINT',
  ];
}

/** Number of partitions in which two warehouses differ, in state, rows or hash. */
export async function differingPartitions(one: string, other: string): Promise<number> {
  const records = (catalog: string) =>
    `SELECT table_name, partition_date, state, row_count, data_hash FROM ${catalog}.backcourt.partitions`;
  const [row] = await withFile(':memory:', [
    `ATTACH '${one}' AS one (READ_ONLY)`,
    `ATTACH '${other}' AS other (READ_ONLY)`,
    `SELECT COUNT(*)::INT FROM (
  (${records('one')} EXCEPT ${records('other')})
  UNION ALL (${records('other')} EXCEPT ${records('one')}))`,
  ]);
  return Number(row?.[0]);
}

/** Tables whose rows are not the same in two files, by their number and their values. */
export async function differingTables(
  tables: readonly ComputedTable[],
  one: string,
  other: string,
): Promise<readonly string[]> {
  const content = (catalog: string) =>
    tables.map(
      (table) =>
        `SELECT '${table.name}' AS name, COUNT(*) AS n, SUM(hash(${table.columns.map(({ name }) => name).join(', ')})) AS h FROM ${catalog}.${qualifiedName(table)}`,
    );
  const rows = await withFile(':memory:', [
    `ATTACH '${one}' AS one (READ_ONLY)`,
    `ATTACH '${other}' AS other (READ_ONLY)`,
    `SELECT DISTINCT name FROM (
  (${content('one').join('\nUNION ALL ')})
  EXCEPT (${content('other').join('\nUNION ALL ')}))`,
  ]);
  return rows.map(([name]) => String(name));
}
