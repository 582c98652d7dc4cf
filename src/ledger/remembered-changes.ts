import type { SqlDialect } from '../sql/sql-dialect.ts';
import { textOf } from '../warehouse/text-of.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { changesSince } from './upgrade-ledger.ts';
import { readWarehouseFacts } from './warehouse-options.ts';

/** What a ledger remembers of the changes since a time. */
export type Remembered =
  /** Nothing: an older Backcourt made it, and nothing has written to it since. */
  | { readonly kind: 'nothing_yet' }
  /** All since `from`, where that is later than the time; as the engine prints it. */
  | { readonly kind: 'since'; readonly from: string | undefined };

/** @param time SQL. */
export async function readRemembered(warehouse: Warehouse, time: string): Promise<Remembered> {
  if (!(await remembers(warehouse))) return { kind: 'nothing_yet' };
  const [row] = await warehouse.query(`
SELECT CAST(changes_from AS STRING) AS remembered_from
FROM backcourt.warehouse
WHERE changes_from > ${time}`);
  return { kind: 'since', from: textOf(row?.['remembered_from']) };
}

/** How much is remembered, all together; `undefined` where nothing is yet. */
export async function sizeOfChanges(
  warehouse: Warehouse,
): Promise<{ readonly rows: number; readonly characters: number } | undefined> {
  if (!(await remembers(warehouse))) return undefined;
  const [row] = await warehouse.query(
    'SELECT COUNT(*) AS row_count, COALESCE(SUM(LENGTH(former)), 0) AS characters FROM backcourt.changes',
  );
  return { rows: Number(row?.['row_count']), characters: Number(row?.['characters']) };
}

async function remembers(warehouse: Warehouse): Promise<boolean> {
  const { formatVersion = changesSince } = await readWarehouseFacts(warehouse);
  return formatVersion >= changesSince;
}

/** The statements of one commit that drops what is remembered from before a time. @param time UTC, ISO 8601. */
export function forgetStatements(sql: SqlDialect, time: string): readonly string[] {
  const before = sql.timestamp(time);
  return [
    `DELETE FROM backcourt.changes\nWHERE changed_at < ${before}`,
    `UPDATE backcourt.warehouse\nSET changes_from = ${before}\nWHERE changes_from IS NULL OR changes_from < ${before}`,
  ];
}
