import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type ComparedRelations, differingRows } from '../table/differing-rows.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { Row, Value, Warehouse } from '../warehouse/warehouse.ts';

/** A value that differs. */
export interface ColumnChange {
  readonly column: string;
  /** The value as the row hash writes it; `null` for NULL. */
  readonly was: string | null;
  readonly is: string | null;
}

/** A row that one of two relations has, or that both have with other values. */
export interface RowChange {
  /** The key without the date. */
  readonly key: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** The columns that differ; there are none unless the row is changed. */
  readonly columns: readonly ColumnChange[];
}

/**
 * Compares pairs of relations of one table by the values of their rows.
 * @returns what has changed in each pair, by key. @throws WarehouseError
 */
export async function compareRows(
  warehouse: Warehouse,
  table: ComputedTable,
  pairs: readonly ComparedRelations[],
): Promise<readonly (readonly RowChange[])[]> {
  const selects = pairs.map((pair, place) => compareSql(table, warehouse.dialect, pair, place));
  const rows = await warehouse.queryEach(selects);
  const byPlace = Map.groupBy(rows, (row) => Number(row['place']));
  return pairs.map((_, place) =>
    (byPlace.get(place) ?? [])
      .map((row) => rowChange(table, row))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  );
}

function rowChange(table: ComputedTable, row: Row): RowChange {
  const key = String(row['row_key']);
  if (row['was_there'] !== true) return { key, kind: 'added', columns: [] };
  if (row['is_there'] !== true) return { key, kind: 'removed', columns: [] };
  return { key, kind: 'changed', columns: changedColumns(table, row) };
}

function compareSql(
  table: ComputedTable,
  sql: SqlDialect,
  pair: ComparedRelations,
  place: number,
): string {
  return `
SELECT ${place} AS place, differing.*
FROM (
${differingRows(table, sql, pair)}
) AS differing`;
}

/** A text of the row hash as a value; `null` for NULL. */
export function shownText(text: Value | undefined): string | null {
  return text === '\\N' ? null : String(text);
}

function changedColumns(table: ComputedTable, row: Row): readonly ColumnChange[] {
  return table.columns
    .map(({ name }, index) => ({
      column: name,
      was: shownText(row[`was_${index}`]),
      is: shownText(row[`is_${index}`]),
    }))
    .filter(({ was, is }) => was !== is);
}
