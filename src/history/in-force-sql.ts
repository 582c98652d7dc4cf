import { partitionsTable } from '../ledger/ledger-tables.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';

/**
 * A SELECT of the records of some tables that were in force at a time: the columns of `partitions`, and `rows_until`,
 * the time from which on the rows are not today's any more because they went away as a whole; NULL where what
 * stands today has come of them. A record is in force from when it was made, or the one before it was replaced,
 * whichever is later: a copy brings records that are older than their arrival.
 * @param tables their names. @param time UTC, ISO 8601.
 */
export function inForceSql(sql: SqlDialect, tables: readonly string[], time: string): string {
  const names = tables.map(sql.string).join(', ');
  const columns = partitionsTable.columns.map(({ name }) => name).join(', ');
  const later = `COALESCE(replaced_at, ${sql.timestamp('9999-12-31T00:00:00Z')})`;
  const dates = 'PARTITION BY table_name, partition_date';
  return `SELECT ${columns}, rows_until
FROM (
  SELECT
    *,
    MIN(CASE WHEN is_end THEN replaced_at END) OVER (${dates} ORDER BY place ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS rows_until
  FROM (
    SELECT
      *,
      GREATEST(recorded_at, COALESCE(LAG(replaced_at) OVER (${dates} ORDER BY place), recorded_at)) AS in_force_from,
      replaced_at IS NOT NULL
        AND (ends OR COALESCE(LEAD(recorded_at) OVER (${dates} ORDER BY place) > replaced_at, TRUE)) AS is_end
    FROM (
      SELECT *, ROW_NUMBER() OVER (${dates} ORDER BY ${later}, recorded_at) AS place
      FROM (
        SELECT ${columns}, replaced_at, is_end AS ends
        FROM backcourt.former_partitions
        WHERE table_name IN (${names})
        UNION ALL
        SELECT ${columns}, NULL AS replaced_at, FALSE AS ends
        FROM backcourt.partitions
        WHERE table_name IN (${names})
      ) AS recorded
    ) AS placed
  ) AS timed
) AS ended
WHERE in_force_from <= ${sql.timestamp(time)} AND ${later} > ${sql.timestamp(time)} AND state <> 'absent'`;
}
