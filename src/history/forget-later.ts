import type { SqlDialect } from '../sql/sql-dialect.ts';

/**
 * Statements that leave no trace of what came later in a warehouse that was taken back and computed anew: what was
 * replaced by that, and runs that nothing in force names. @param time UTC, ISO 8601.
 */
export function forgetLaterStatements(sql: SqlDialect, time: string): readonly string[] {
  const later = sql.timestamp(time);
  return [
    `DELETE FROM backcourt.changes WHERE changed_at > ${later}`,
    `DELETE FROM backcourt.former_partitions WHERE replaced_at > ${later}`,
    `DELETE FROM backcourt.runs
WHERE started_at > ${later} AND run_id NOT IN (SELECT run_id FROM backcourt.partitions)`,
  ];
}
