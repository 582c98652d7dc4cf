import type { GameDate } from '../calendar/game-date.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { Row } from '../warehouse/warehouse.ts';
import { onDates } from './ledger-statements.ts';

/** Dates of a table whose records one commit has written. */
export interface RecordedDates {
  readonly table: string;
  readonly dates: readonly GameDate[];
}

/**
 * Asks, after a commit, for what it recorded, because an engine's "OK" has been wrong before: all records
 * of these dates, whoever wrote them, for two of one date are the trace of a second writer.
 * @param runId run that must have written them; any unless given.
 */
export function confirmSql(
  sql: SqlDialect,
  recorded: readonly RecordedDates[],
  runId?: string,
): string {
  const isOwn = runId === undefined ? 'TRUE' : `run_id = ${sql.string(runId)}`;
  const conditions = recorded.map(
    ({ table, dates }) =>
      `(table_name = ${sql.string(table)} AND ${onDates(sql, 'partition_date', dates)})`,
  );
  return `
SELECT
  table_name,
  COUNT(*) AS confirmed,
  COUNT(DISTINCT partition_date) AS dates,
  ${sql.countIf(isOwn)} AS own
FROM backcourt.partitions
WHERE ${conditions.join('\n  OR ')}
GROUP BY table_name`;
}

/** @param found the answer to {@link confirmSql}. @throws when it is not one own record per date. */
export function requireConfirmed(found: readonly Row[], recorded: readonly RecordedDates[]): void {
  for (const { table, dates } of recorded) {
    const row = found.find(({ table_name }) => table_name === table);
    const counts = ['confirmed', 'dates', 'own'].map((name) => Number(row?.[name] ?? 0));
    if (counts.every((count) => count === dates.length)) continue;
    const [confirmed, distinct, own] = counts;
    throw new Error(
      `${table}: ${dates.length} records were committed; ${confirmed} are there, of ${distinct} dates, ${own} of this run`,
    );
  }
}
