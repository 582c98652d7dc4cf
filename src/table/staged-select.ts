import { rowHash } from './partition-hash.ts';
import { hasRowProvenance } from './provenance.ts';
import type { SqlContext } from './sql-context.ts';
import type { ComputedTable } from './table-definition.ts';
import { type TargetDate, targetDatesSelect } from './target-dates.ts';

/**
 * The SELECT that computes a table for some dates: its columns in their exact types, the entities
 * left out with their `exclusion_reason`, and `data_hash` of the others unless the table is raw.
 */
export function stagedSelect(
  table: ComputedTable,
  context: SqlContext,
  dates: readonly TargetDate[],
): string {
  const { sql } = context;
  const typed = typedSelect(table, context, dates);
  if (!hasRowProvenance(table)) return typed;
  // A candidate who is left out has no row, and needs no hash: they are a tenth of all.
  const hash = rowHash(table, sql);
  const ofRows = table.excludes ? `CASE WHEN exclusion_reason IS NULL THEN ${hash} END` : hash;
  return `SELECT *, ${ofRows} AS data_hash
FROM (
${typed}
) AS typed`;
}

/** {@link stagedSelect} without the hash. */
export function typedSelect(
  table: ComputedTable,
  context: SqlContext,
  dates: readonly TargetDate[],
): string {
  const { sql } = context;
  const columns = table.columns.map(
    ({ name, type }) => `CAST(${name} AS ${sql.typeName(type)}) AS ${name}`,
  );
  if (table.excludes) columns.push('exclusion_reason');
  return `SELECT
  ${columns.join(',\n  ')}
FROM (
${computedSelect(table, context, dates)}
) AS computed`;
}

/** What the table's own SQL yields for some dates, in whatever columns and types it does. */
export function computedSelect(
  table: ComputedTable,
  context: SqlContext,
  dates: readonly TargetDate[],
): string {
  return `WITH target_dates AS (${targetDatesSelect(context.sql, dates)})
SELECT * FROM (${table.rowsSql(context)}
) AS computed_rows`;
}

/**
 * The version of what is computed: moves with the SQL, the columns, the key, the helpers and the prelude; of an own table
 * with its ranges too, for their writer expects rows that stand to be held against them.
 */
export function definitionText(table: ComputedTable, context: SqlContext): string {
  return JSON.stringify([
    table.key,
    table.partition,
    table.columns.map(({ name, type, nullWhen, range }) => [
      ...[name, type, nullWhen !== undefined],
      ...(range && table.phase === 'own' ? [range.min, range.max, range.severity] : []),
    ]),
    stagedSelect(table, context, []),
    context.sql.prelude,
  ]);
}
