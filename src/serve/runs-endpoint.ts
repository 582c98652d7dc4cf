import { parseObject } from '../ledger/parse-object.ts';
import type { Row } from '../warehouse/warehouse.ts';
import type { RunAnswer, RunsAnswer } from './api-types.ts';
import { cellNumber, cellText } from './rows.ts';
import type { ServeContext } from './serve-context.ts';

/** The most that are listed; older ones are history that nobody scrolls to. */
const mostRuns = 500;

/** History of runs, what is failed now, and how fast each table was. */
export function runsEndpoint({ read, command }: ServeContext): Promise<RunsAnswer> {
  return read(async ({ engine }) => {
    const { warehouse, world } = engine;
    const { ledger, tables } = world;
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
LIMIT ${mostRuns}`);
    const records = tables.all.flatMap(({ name }) => [...ledger.of(name).values()]);
    return {
      runs: runs.map(toRun),
      failures: records
        .filter(({ state }) => state === 'failed')
        .map(({ table, date, failure, runId, attempts }) => ({
          table,
          date,
          kind: failure?.kind ?? '',
          text: failure?.text ?? '',
          run_id: runId,
          attempts,
        })),
      retry: command('retry'),
      speed: tables.computed.flatMap(({ name }) => {
        const done = [...ledger.of(name).values()].filter(({ state }) => state === 'done');
        if (done.length === 0) return [];
        return [
          {
            table: name,
            rows: done.reduce((sum, { rows }) => sum + rows, 0),
            seconds: done.reduce((sum, { seconds }) => sum + seconds, 0),
          },
        ];
      }),
    };
  });
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
    request: askedText(parseObject(cellText(row, 'request') ?? '{}')),
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

/** What a run was asked for, as far as the ledger keeps it. */
interface Asked {
  readonly tables?: readonly string[];
  readonly start_date?: string;
  readonly end_date?: string;
  readonly dates?: readonly string[] | string;
  readonly source?: string;
  readonly from?: string;
  readonly files?: readonly string[];
  readonly units?: readonly unknown[];
  readonly backfill_mode?: boolean;
}

/** Tells what a run was asked for in a few words, for a cell of a table. */
function askedText(asked: Asked): string {
  const parts: string[] = [];
  if (asked.source !== undefined) parts.push(asked.source);
  if (asked.from !== undefined) parts.push(`from ${asked.from}`);
  if (asked.files) parts.push(`${asked.files.length} files`);
  if (asked.tables) {
    parts.push(
      asked.tables.length === 1 ? (asked.tables[0] ?? '') : `${asked.tables.length} tables`,
    );
  }
  if (asked.start_date !== undefined) parts.push(`${asked.start_date} to ${asked.end_date}`);
  if (Array.isArray(asked.dates)) {
    parts.push(asked.dates.length === 1 ? String(asked.dates[0]) : `${asked.dates.length} dates`);
  }
  if (asked.units) parts.push(`${asked.units.length} units`);
  if (asked.backfill_mode === true) parts.push('backfill');
  return parts.join(', ');
}
