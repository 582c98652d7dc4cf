import { rowHash } from './partition-hash.ts';
import { hasRowProvenance } from './provenance.ts';
import type { SqlContext } from './sql-context.ts';
import type { ComputedTable } from './table-definition.ts';
import { type TargetDate, targetDatesSelect } from './target-dates.ts';

/**
 * The SELECT that computes a table for some dates: its columns in their exact types, the entities
 * left out with their `exclusion_reason`, and `data_hash` unless the table is raw.
 */
export function stagedSelect(
  table: ComputedTable,
  context: SqlContext,
  dates: readonly TargetDate[],
): string {
  const { sql } = context;
  const columns = table.columns.map(
    ({ name, type }) => `CAST(${name} AS ${sql.typeName(type)}) AS ${name}`,
  );
  if (table.excludes) columns.push('exclusion_reason');
  const typed = `SELECT
  ${columns.join(',\n  ')}
FROM (
WITH target_dates AS (${targetDatesSelect(sql, dates)})
SELECT * FROM (${table.rowsSql(context)}
) AS computed_rows
) AS computed`;
  if (!hasRowProvenance(table)) return typed;
  return `SELECT *, ${rowHash(table, sql)} AS data_hash
FROM (
${typed}
) AS typed`;
}

/** The version of what is computed: moves with the SQL, the columns, the key, the helpers and the prelude. */
export function definitionText(table: ComputedTable, context: SqlContext): string {
  return JSON.stringify([
    table.key,
    table.partition,
    table.columns.map(({ name, type, nullWhen }) => [name, type, nullWhen !== undefined]),
    stagedSelect(table, context, []),
    context.sql.prelude,
  ]);
}
