import type { SqlDialect } from '../sql/sql-dialect.ts';
import { textOf } from '../warehouse/text-of.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { changesSince, historySince } from './upgrade-ledger.ts';
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
SELECT CAST(COALESCE(changes_from, created_at) AS STRING) AS remembered_from
FROM backcourt.warehouse
WHERE COALESCE(changes_from, created_at) > ${time}`);
  return { kind: 'since', from: textOf(row?.['remembered_from']) };
}

/** How much is remembered. */
export interface RememberedSize {
  /** Rows that were added, changed or removed. */
  readonly rows: number;
  /** Of what they were. */
  readonly characters: number;
}

/**
 * How much is remembered, all together or from before a time; `undefined` where nothing is yet.
 * @param time UTC, ISO 8601.
 */
export async function sizeOfChanges(
  warehouse: Warehouse,
  time?: string,
): Promise<RememberedSize | undefined> {
  if (!(await remembers(warehouse))) return undefined;
  const before =
    time === undefined ? '' : ` WHERE changed_at < ${warehouse.dialect.timestamp(time)}`;
  const [row] = await warehouse.query(
    `SELECT COUNT(*) AS row_count, COALESCE(SUM(LENGTH(former)), 0) AS characters FROM backcourt.changes${before}`,
  );
  return { rows: Number(row?.['row_count']), characters: Number(row?.['characters']) };
}

/** How many former records are remembered from before a time. @param time UTC, ISO 8601. */
export async function countFormerRecords(warehouse: Warehouse, time: string): Promise<number> {
  if (!(await remembersRecords(warehouse))) return 0;
  const [row] = await warehouse.query(
    `SELECT COUNT(*) AS record_count FROM backcourt.former_partitions WHERE replaced_at < ${warehouse.dialect.timestamp(time)}`,
  );
  return Number(row?.['record_count']);
}

/** FALSE for what an older Backcourt has made, as long as nothing has written to it since. */
export async function remembersRecords(warehouse: Warehouse): Promise<boolean> {
  const { formatVersion = historySince } = await readWarehouseFacts(warehouse);
  return formatVersion >= historySince;
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
    `DELETE FROM backcourt.former_partitions\nWHERE replaced_at < ${before}`,
    ...['changes_from', 'history_from'].map(
      (column) =>
        `UPDATE backcourt.warehouse\nSET ${column} = ${before}\nWHERE ${column} IS NULL OR ${column} < ${before}`,
    ),
  ];
}
