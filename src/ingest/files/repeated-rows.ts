import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import type { DroppedRows, DropReason } from './ingest-report.ts';
import type { LoadedTable, SourceFile } from './source-content.ts';

/** Rows that say the same as another one, as overlapping dumps have them. */
export interface RepeatedRows {
  readonly dropped: readonly DroppedRows[];
  /** Place of a file → rows that were taken out of it; each still stands in a row that is kept. */
  readonly byFile: ReadonlyMap<number, number>;
}

/**
 * Takes rows out of a relation that are identical to another one but for their place. Rows of one key that
 * differ stay, for whoever judges them.
 * @param key columns that no two rows may share.
 * @param asked SQL condition of the rows that count.
 */
export async function removeRepeatedRows(
  warehouse: DuckDbWarehouse,
  table: LoadedTable,
  relation: string,
  key: readonly string[],
  files: readonly SourceFile[],
  asked = 'TRUE',
): Promise<RepeatedRows> {
  const repeats = `repeats_of_${relation}`;
  const keys = key.join(', ');
  const columns = await warehouse.query(
    `SELECT column_name FROM (DESCRIBE ${relation}) WHERE column_name NOT IN ('file_index', 'file_row')`,
  );
  const values = columns.map((row) => `given.${row['column_name']}`).join(', ');
  await warehouse.stage(
    repeats,
    `
SELECT row_id, file_index, first_file
FROM (
  SELECT
    given.rowid AS row_id,
    file_index,
    first_value(file_index) OVER same AS first_file,
    row_number() OVER same AS copy
  FROM ${relation} AS given
  INNER JOIN (SELECT ${keys} FROM ${relation} WHERE ${asked} GROUP BY ${keys} HAVING COUNT(*) > 1) AS doubled
    ON ${sameIn(key, 'given', 'doubled')}
  WHERE ${asked}
  WINDOW same AS (PARTITION BY ${values} ORDER BY file_index, file_row)
) AS copies
WHERE copy > 1`,
  );
  return takeOut(warehouse, table, 'repeated_row', relation, repeats, files);
}

/**
 * Deletes the rows of a relation that another one lists.
 * @param listed relation of row_id, file_index, and first_file, which has the row that stays.
 */
export async function takeOut(
  warehouse: DuckDbWarehouse,
  table: LoadedTable,
  reason: DropReason,
  relation: string,
  listed: string,
  files: readonly SourceFile[],
): Promise<RepeatedRows> {
  const found = await warehouse.query(`
SELECT file_index, first_file, COUNT(*) AS row_count
FROM ${listed}
GROUP BY file_index, first_file
ORDER BY file_index, first_file`);
  if (found.length === 0) return { dropped: [], byFile: new Map() };
  await warehouse.run(`DELETE FROM ${relation} WHERE rowid IN (SELECT row_id FROM ${listed})`);
  const byFile = new Map<number, number>();
  const places = new Set<number>();
  let rows = 0;
  for (const row of found) {
    const [file, count] = [Number(row['file_index']), Number(row['row_count'])];
    byFile.set(file, (byFile.get(file) ?? 0) + count);
    places.add(Number(row['first_file'])).add(file);
    rows += count;
  }
  const names = [...places].sort((a, b) => a - b).map((place) => files[place]?.name ?? '?');
  return { dropped: [{ table, reason, rows, names }], byFile };
}

/** SQL condition: two relations have the same in some columns; what is unknown in both is the same. */
export function sameIn(columns: readonly string[], one: string, other: string): string {
  return columns
    .map((column) => `${one}.${column} IS NOT DISTINCT FROM ${other}.${column}`)
    .join(' AND ');
}
