import type { GameDate } from '../calendar/game-date.ts';
import { keyText } from '../table/partition-hash.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** Number of entities left out on a date, by reason code, ascending. */
export async function readExclusions(
  warehouse: Warehouse,
  table: string,
  date: GameDate,
): Promise<Readonly<Record<string, number>>> {
  const sql = warehouse.dialect;
  const rows = await warehouse.query(`
SELECT reason_code, COUNT(*) AS entities
FROM backcourt.exclusions
WHERE table_name = ${sql.string(table)}
  AND partition_date = ${sql.date(date)}
GROUP BY reason_code
ORDER BY reason_code`);
  return Object.fromEntries(
    rows.map((row) => [String(row['reason_code']), Number(row['entities'])]),
  );
}

/** What became of one entity on a date. */
export type EntityFate =
  | { readonly kind: 'row' }
  | { readonly kind: 'excluded'; readonly reasonCode: string }
  | { readonly kind: 'unknown' }
  /** On no date does a row or an exclusion of the table have this key. */
  | { readonly kind: 'unheard_of' };

/** @param key the key of a row without its date; several columns are joined by `|`. */
export async function readEntityFate(
  warehouse: Warehouse,
  table: StoredTable,
  date: GameDate,
  key: string,
): Promise<EntityFate> {
  const sql = warehouse.dialect;
  const [row] = await warehouse.query(`
SELECT
  (SELECT COUNT(*) FROM ${qualifiedName(table)}
    WHERE ${table.partition} = ${sql.date(date)}
      AND ${keyText(table, sql)} = ${sql.string(key)}) AS stored,
  (SELECT MAX(reason_code) FROM backcourt.exclusions
    WHERE table_name = ${sql.string(table.name)}
      AND partition_date = ${sql.date(date)}
      AND entity = ${sql.string(key)}) AS reason_code`);
  if (Number(row?.['stored']) > 0) return { kind: 'row' };
  const reasonCode = row?.['reason_code'];
  return typeof reasonCode === 'string' ? { kind: 'excluded', reasonCode } : { kind: 'unknown' };
}

/** TRUE when an entity has a row or was left out on any date. @param key as in {@link readEntityFate}. */
export async function isEntityKnown(
  warehouse: Warehouse,
  table: StoredTable,
  key: string,
): Promise<boolean> {
  const sql = warehouse.dialect;
  const [row] = await warehouse.query(`
SELECT
  (SELECT COUNT(*) FROM ${qualifiedName(table)} WHERE ${keyText(table, sql)} = ${sql.string(key)}) AS stored,
  (SELECT COUNT(*) FROM backcourt.exclusions
    WHERE table_name = ${sql.string(table.name)}
      AND entity = ${sql.string(key)}) AS left_out`);
  return Number(row?.['stored']) + Number(row?.['left_out']) > 0;
}
