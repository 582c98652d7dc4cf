import type { Warehouse } from '../warehouse/warehouse.ts';
import { parseObject } from './parse-object.ts';
import { sourceOfLogs } from './source-of-logs.ts';

/** An ingest as the ledger remembers it: enough to load the same again. */
export interface StoredIngest {
  readonly runId: string;
  readonly source: string;
  /** The files as they were given; there are none where a league was played. */
  readonly files: readonly string[];
  /** Flags of the league that was played. */
  readonly league: readonly string[];
  /** Raw tables that its files fill. */
  readonly contents: readonly string[];
}

/** All ingests, earliest first. */
export async function readIngests(warehouse: Warehouse): Promise<readonly StoredIngest[]> {
  const rows = await warehouse.query(`
SELECT
  run.run_id,
  run.request,
  (SELECT STRING_AGG(DISTINCT content, ',') FROM backcourt.raw_files AS file WHERE file.run_id = run.run_id) AS contents
FROM backcourt.runs AS run
WHERE run.verb = 'ingest'
ORDER BY run.started_at, run.run_id`);
  return rows.map((row) => {
    const { source, files, league } = parseObject(String(row['request']));
    return {
      runId: String(row['run_id']),
      source: typeof source === 'string' ? source : sourceOfLogs,
      files: texts(files),
      league: texts(league),
      contents: String(row['contents'] ?? '').split(','),
    };
  });
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
