import type { BigQuery } from '@google-cloud/bigquery';
import type { BigQueryLocation } from '../../../src/warehouse/bigquery/connect.ts';

/**
 * What INFORMATION_SCHEMA.JOBS says of the jobs since a time, as a table that docs/bigquery.md can take
 * over: by kind, how many, how long, slots and bytes billed.
 */
export async function jobsOfThisRun(
  client: BigQuery,
  { projectId, region }: BigQueryLocation,
  since: string,
): Promise<string> {
  const [rows] = await client.query(`
SELECT
  job_type,
  IFNULL(statement_type, '') AS statement_type,
  COUNT(*) AS jobs,
  COUNTIF(parent_job_id IS NOT NULL) AS in_scripts,
  ROUND(AVG(TIMESTAMP_DIFF(end_time, creation_time, MILLISECOND)) / 1000, 1) AS mean_seconds,
  ROUND(MAX(TIMESTAMP_DIFF(end_time, creation_time, MILLISECOND)) / 1000, 1) AS longest_seconds,
  SUM(IFNULL(total_slot_ms, 0)) AS slot_ms,
  SUM(IFNULL(total_bytes_billed, 0)) AS bytes_billed
FROM \`${projectId}\`.\`region-${region.toLowerCase()}\`.INFORMATION_SCHEMA.JOBS
WHERE creation_time >= TIMESTAMP '${since}'
GROUP BY job_type, statement_type
ORDER BY job_type, statement_type`);
  const names = Object.keys(rows[0] ?? {});
  const line = (cells: readonly unknown[]) => `| ${cells.join(' | ')} |`;
  return [
    line(names),
    line(names.map(() => '---')),
    ...rows.map((row: object) => line(Object.values(row))),
  ].join('\n');
}
