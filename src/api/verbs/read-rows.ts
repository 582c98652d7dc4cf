import { findAnyTable } from '../../engine/choose-tables.ts';
import { refuseNarrowTables } from '../../engine/refuse-narrow-tables.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { unknownName } from '../../table/nearest-name.ts';
import { qualifiedName } from '../../table/table-definition.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import { type Days, daysIn } from './ask-units.ts';
import { openedBehind, type WarehouseHandle } from './open-warehouse.ts';
import { engineOf } from './plan.ts';

/** Which rows are read, and what of them. */
export interface RowsRequest {
  /** All that stand unless given. */
  readonly dates?: Days;
  /** Names of columns, in this order; unless given those of the table, without the columns that say who wrote a row. */
  readonly columns?: readonly string[];
  /** At most so many rows, the first by date and key; all unless given. */
  readonly limit?: number;
}

/**
 * The stored rows of a table, by date and key. INT64 are numbers, BOOL booleans, NUMERIC and DATE text (`"12.5"`,
 * `"2024-12-21"`), ARRAY lists; what is not known is `null`. All rows are in memory at once: a training set is better
 * written with `backcourt export`.
 * @param table a name, with its dataset before it or without.
 * @throws UsageError for a name or a day that is none; WarehouseError when the warehouse cannot be read.
 */
export async function readRows(
  warehouse: WarehouseHandle,
  table: string,
  request: RowsRequest = {},
): Promise<readonly Row[]> {
  const { dates, columns, limit } = request;
  const opened = openedBehind(warehouse);
  const stored = findAnyTable(opened.tables, table);
  const names = stored.columns.map(({ name }) => name);
  const unknown = columns?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(unknownName('column', unknown, names));
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 0))
    throw new UsageError(`limit ${limit} is no whole number`);
  const { warehouse: open } = opened.opened;
  const sql = open.dialect;
  await refuseNarrowTables(open, [stored]);
  const days = dates && (await daysIn(dates, () => engineOf(opened)));
  if (days?.length === 0) return [];
  const key = [stored.partition, ...stored.key.filter((name) => name !== stored.partition)];
  return open.query(`SELECT ${(columns ?? names).join(', ')}
FROM ${qualifiedName(stored)} AS stored${
    days ? `\nWHERE ${stored.partition} IN (${days.map(sql.date).join(', ')})` : ''
  }
ORDER BY ${key.join(', ')}${limit === undefined ? '' : `\nLIMIT ${limit}`}`);
}
