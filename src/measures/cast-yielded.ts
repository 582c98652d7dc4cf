import type { Column, ColumnType } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';

/**
 * What a query has yielded, as its column has it. A number with a fraction is no whole one, and nothing is made one of it
 * unasked: the engines round a half otherwise. It fails its date, by a text that neither of them takes for a number and
 * that says which it was.
 * @param value an expression of a type that only the engine knows; a truth is 0 or 1.
 */
export function castYielded(
  sql: SqlDialect,
  value: string,
  { name, type }: Pick<Column, 'name' | 'type'>,
): string {
  const cast = (what: string, to: ColumnType) => `CAST(${what} AS ${sql.typeName(to)})`;
  const own = cast(value, type);
  if (type.kind !== 'INT64') return own;
  const text = cast(value, { kind: 'STRING' });
  const before = sql.string(`${name} is `);
  const after = sql.string(', which is not whole; yield CAST(ROUND(...) AS INT64)');
  // BigQuery makes no number with a fraction of a BOOL, and so the text of it is asked.
  return `CASE
    WHEN ${text} IN ('true', 'false') THEN ${own}
    WHEN ${cast(text, { kind: 'FLOAT64' })} <> ${own} THEN ${cast(`CONCAT(${before}, ${text}, ${after})`, type)}
    ELSE ${own}
  END`;
}
