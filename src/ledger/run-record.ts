import type { SqlDialect } from '../sql/sql-dialect.ts';

/** Verbs that change a warehouse, each with an entry of its own. */
export const recordedVerbs = ['ingest', 'run', 'retry', 'copy', 'config', 'prune'] as const;

/** A run as it begins; recorded before its first unit so that a killed run leaves a trace. */
export interface RunRecord {
  readonly runId: string;
  readonly verb: (typeof recordedVerbs)[number];
  /** JSON of what was asked for. */
  readonly request: string;
  readonly codeVersion: string;
  readonly who: string;
  readonly reason: string | undefined;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
}

export interface RunEnd {
  readonly finishedAt: string;
  readonly exitCode: number;
  /** JSON of the counts by outcome; undefined where the run broke off. */
  readonly summary: string | undefined;
}

/** Sortable id: the UTC start time to the second and a random part of six hex digits. */
export function makeRunId(startedAt: string, randomHex: string): string {
  return `${startedAt.slice(0, 19).replace(/[-:]/g, '')}Z-${randomHex.slice(0, 6)}`;
}

/** The INSERT that records a run as it begins, without its end. */
export function startRunStatement(sql: SqlDialect, run: RunRecord): string {
  const values = [
    sql.string(run.runId),
    sql.string(run.verb),
    sql.string(run.request),
    sql.string(run.codeVersion),
    sql.string(run.who),
    run.reason === undefined ? 'NULL' : sql.string(run.reason),
    sql.timestamp(run.startedAt),
  ];
  return `INSERT INTO backcourt.runs (run_id, verb, request, code_version, who, reason, started_at)
VALUES (${values.join(', ')})`;
}

/**
 * The UPDATE that records how a run ended. A clock that was set back in between must not make it end before
 * it began.
 */
export function endRunStatement(sql: SqlDialect, runId: string, end: RunEnd): string {
  const finishedAt = sql.timestamp(end.finishedAt);
  return `UPDATE backcourt.runs
SET finished_at = CASE WHEN started_at > ${finishedAt} THEN started_at ELSE ${finishedAt} END,
  exit_code = ${end.exitCode},
  summary = ${end.summary === undefined ? 'NULL' : sql.string(end.summary)}
WHERE run_id = ${sql.string(runId)}`;
}
