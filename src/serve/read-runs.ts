import { parseObject } from '../ledger/parse-object.ts';
import { formatSeason, plural } from '../report/words/format.ts';
import type { Row, Warehouse } from '../warehouse/warehouse.ts';
import type { RunAnswer } from './api-types.ts';
import { cellNumber, cellText } from './rows.ts';

/** The last runs of the ledger, the latest first. */
export async function readRuns(warehouse: Warehouse, most: number): Promise<readonly RunAnswer[]> {
  // A run that ended before its summary had rows is told by the records that are still its own.
  const runs = await warehouse.query(`
SELECT
  runs.run_id, runs.verb, runs.request, runs.who, runs.reason, runs.code_version, runs.exit_code, runs.summary,
  CAST(runs.started_at AS STRING) AS started_at,
  CAST(runs.finished_at AS STRING) AS finished_at,
  records.row_count
FROM backcourt.runs AS runs
LEFT JOIN (
  SELECT run_id, CAST(SUM(row_count) AS INT64) AS row_count
  FROM backcourt.partitions
  GROUP BY run_id
) AS records
  ON records.run_id = runs.run_id
ORDER BY runs.started_at DESC, runs.run_id DESC
LIMIT ${most}`);
  return runs.map(toRun);
}

interface Summary {
  readonly written?: number;
  readonly unchanged?: number;
  readonly rows_written?: number;
  readonly skipped?: Readonly<Record<string, number>>;
  readonly blocked?: number;
  readonly failed?: number;
  readonly refused?: number;
  readonly failed_units?: readonly (readonly [string, string])[];
  readonly changed?: readonly (readonly [string, number])[];
}

function toRun(row: Row): RunAnswer {
  const startedAt = cellText(row, 'started_at') ?? '';
  const finishedAt = cellText(row, 'finished_at');
  const summary: Summary = parseObject(cellText(row, 'summary') ?? '{}');
  const changed = summary.changed?.reduce((sum, [, dates]) => sum + dates, 0);
  const skipped = summary.skipped && Object.values(summary.skipped).reduce((a, b) => a + b, 0);
  return {
    run_id: cellText(row, 'run_id') ?? '',
    verb: cellText(row, 'verb') ?? '',
    request: requestText(parseObject(cellText(row, 'request') ?? '{}')),
    who: cellText(row, 'who') ?? '',
    reason: cellText(row, 'reason'),
    code_version: cellText(row, 'code_version') ?? '',
    started_at: startedAt,
    finished_at: finishedAt,
    seconds: finishedAt === null ? null : (instantOf(finishedAt) - instantOf(startedAt)) / 1000,
    exit_code: cellNumber(row, 'exit_code'),
    written: summary.written ?? changed ?? null,
    unchanged: summary.unchanged ?? null,
    skipped: skipped ?? null,
    failed: summary.failed ?? summary.refused ?? null,
    blocked: summary.blocked ?? null,
    rows: summary.rows_written ?? cellNumber(row, 'row_count'),
    failed_units: summary.failed_units ?? [],
  };
}

/** Milliseconds of a time as the engine prints it, `2026-11-23 08:59:38.091+00`. */
function instantOf(text: string): number {
  return Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
}

interface StoredRequest {
  readonly tables?: readonly string[];
  readonly start_date?: string;
  readonly end_date?: string;
  readonly season?: number;
  readonly dates?: readonly string[] | string;
  readonly source?: string;
  readonly from?: string;
  readonly files?: readonly string[];
  readonly units?: readonly unknown[];
  readonly stale?: boolean;
  readonly rewrite?: boolean;
  readonly backfill_mode?: boolean;
  readonly set?: readonly string[];
  readonly unset?: readonly string[];
  readonly before?: string;
}

function requestText(request: StoredRequest): string {
  const parts: string[] = [];
  if (request.source !== undefined) parts.push(request.source);
  if (request.from !== undefined) parts.push(`from ${request.from}`);
  if (request.files) parts.push(plural(request.files.length, 'file'));
  if (request.set) parts.push(`set ${request.set.join(' ')}`);
  if (request.unset) parts.push(`unset ${request.unset.join(' ')}`);
  if (request.before !== undefined) parts.push(`before ${request.before}`);
  if (request.tables && request.tables.length > 0) {
    parts.push(
      request.tables.length === 1 ? (request.tables[0] ?? '') : `${request.tables.length} tables`,
    );
  }
  if (request.start_date !== undefined) parts.push(`${request.start_date} to ${request.end_date}`);
  const { dates = [] } = request;
  const days = typeof dates === 'string' ? dates.split(',') : dates;
  if (days.length > 0) parts.push(days.length === 1 ? String(days[0]) : `${days.length} dates`);
  if (request.season !== undefined) parts.push(`season ${formatSeason(request.season)}`);
  if (request.units) parts.push(plural(request.units.length, 'unit'));
  if (request.stale) parts.push('what is stale');
  else if (request.rewrite) parts.push('rewrite');
  else if (request.backfill_mode === true) parts.push('backfill');
  return parts.join(', ');
}
