import { DuckDBInstance, type Json } from '@duckdb/node-api';
import { loadTables } from '../../src/table/table-registry.ts';

export type Cells = readonly Json[];

/** Rows of a query over a warehouse file that no process has open. */
export async function queryFile(path: string, sql: string): Promise<readonly Cells[]> {
  return withFile(path, { access_mode: 'READ_ONLY' }, sql);
}

/** Changes a warehouse behind the back of the product. */
export async function changeFile(path: string, sql: string): Promise<void> {
  await withFile(path, {}, sql);
}

/** The one cell of a query. */
export async function cellOf(path: string, sql: string): Promise<Json> {
  const [row] = await queryFile(path, sql);
  return row?.[0] ?? null;
}

async function withFile(
  path: string,
  options: Record<string, string>,
  sql: string,
): Promise<readonly Cells[]> {
  const instance = await DuckDBInstance.create(path, options);
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    return (await connection.runAndReadAll(sql)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** `table date` → hash of the partition, for every record of the ledger. */
export async function partitionHashes(path: string): Promise<ReadonlyMap<string, string>> {
  const rows = await queryFile(
    path,
    `SELECT table_name || ' ' || CAST(partition_date AS VARCHAR), state || ' ' || row_count || ' ' || coalesce(data_hash, '-')
FROM backcourt.partitions ORDER BY ALL`,
  );
  return new Map(rows.map(([unit, content]) => [String(unit), String(content)]));
}

/** Units whose content differs between two sets of hashes, or that only one has. */
export function differingUnits(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const units = new Set([...before.keys(), ...after.keys()]);
  return [...units].filter((unit) => before.get(unit) !== after.get(unit)).sort();
}

/** Partitions with rows and no record, or with a record that tells another number of rows. */
export async function tornPartitions(path: string): Promise<readonly Cells[]> {
  const { all } = await loadTables();
  const counts = all.map(
    ({ name, dataset, partition }) =>
      `SELECT '${name}' AS name, ${partition} AS day, COUNT(*) AS n FROM ${dataset}.${name} GROUP BY ALL`,
  );
  return queryFile(
    path,
    `SELECT coalesce(table_name, name), CAST(coalesce(partition_date, day) AS VARCHAR), n, row_count
FROM (${counts.join('\nUNION ALL ')}) AS stored
FULL JOIN backcourt.partitions ON table_name = name AND partition_date = day
WHERE coalesce(n, 0) <> coalesce(row_count, -1)
ORDER BY ALL`,
  );
}
