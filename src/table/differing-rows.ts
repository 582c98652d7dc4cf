import type { SqlDialect } from '../sql/sql-dialect.ts';
import { keyText, rowHash } from './partition-hash.ts';
import type { StoredTable } from './table-definition.ts';

/** Two relations with a table's columns, as FROM takes them. */
export interface ComparedRelations {
  readonly was: string;
  readonly is: string;
}

/**
 * A SELECT of the rows that one of two relations has, or both with other values, by date and key:
 * partition_date, row_key (the key without the date), was_there, is_there, and for each column of the table
 * the texts of both sides as the row hash writes them, `was_0`, `is_0`, `was_1`, …
 * @param hash of a row of either relation, by which rows are held against each other; computed of the values
 * unless given.
 */
export function differingRows(
  table: StoredTable,
  sql: SqlDialect,
  { was, is }: ComparedRelations,
  hash = rowHash(table, sql),
): string {
  // No column can be called like the two beside them: names of one's own begin with a letter.
  const columns = table.columns.map(({ name }) => name).join(', ');
  const side = (relation: string) =>
    `(
  SELECT ${columns}, ${keyText(table, sql)} AS _key, ${hash} AS _hash
  FROM ${relation} AS compared
)`;
  // Texts are made of the rows that differ alone.
  const texts = table.columns.flatMap((column, index) =>
    (['was', 'is'] as const).map(
      (one) =>
        `${sql.hashText({ ...column, name: `${one}_rows.${column.name}` })} AS ${one}_${index}`,
    ),
  );
  const { partition } = table;
  return `SELECT
  COALESCE(was_rows.${partition}, is_rows.${partition}) AS partition_date,
  COALESCE(was_rows._key, is_rows._key) AS row_key,
  was_rows._key IS NOT NULL AS was_there,
  is_rows._key IS NOT NULL AS is_there,
  ${texts.join(',\n  ')}
FROM ${side(was)} AS was_rows
FULL JOIN ${side(is)} AS is_rows
  ON was_rows.${partition} = is_rows.${partition}
  AND was_rows._key = is_rows._key
WHERE was_rows._hash IS DISTINCT FROM is_rows._hash`;
}
