import { z } from 'zod';
import { type GameDate, parseGameDate } from '../calendar/game-date.ts';
import { textOf } from '../warehouse/text-of.ts';
import type { Row, Warehouse } from '../warehouse/warehouse.ts';
import { parseObject } from './parse-object.ts';
import type { RunRecord } from './run-record.ts';

/** A run as the ledger remembers it. */
export interface StoredRun {
  readonly runId: string;
  readonly verb: RunRecord['verb'];
  /** What was asked for, as JSON. */
  readonly request: string;
  /** Units that failed, by its own account; `undefined` when it did not come to an end. */
  readonly failedUnits: readonly FailedUnitId[] | undefined;
}

export interface FailedUnitId {
  readonly table: string;
  readonly date: GameDate;
}

const columns = 'run_id, verb, request, summary';

/** @returns `undefined` when there is no such run. */
export async function readRun(warehouse: Warehouse, runId: string): Promise<StoredRun | undefined> {
  const [row] = await warehouse.query(
    `SELECT ${columns} FROM backcourt.runs WHERE run_id = ${warehouse.dialect.string(runId)}`,
  );
  return row && toRun(row);
}

/** The latest run of the verb `run`; retries are no runs of their own. */
export async function readLatestRun(warehouse: Warehouse): Promise<StoredRun | undefined> {
  const [row] = await warehouse.query(`
SELECT ${columns}
FROM backcourt.runs
WHERE verb = 'run'
ORDER BY started_at DESC, run_id DESC
LIMIT 1`);
  return row && toRun(row);
}

/** The run with which a warehouse began, and why it was made. */
export async function readFirstRun(
  warehouse: Warehouse,
): Promise<{ readonly reason: string | undefined } | undefined> {
  const [row] = await warehouse.query(`
SELECT reason
FROM backcourt.runs
ORDER BY started_at, run_id
LIMIT 1`);
  return row && { reason: textOf(row['reason']) };
}

/** When a run of any verb began, UTC as the engine prints it; `undefined` when there is no such run. */
export async function readRunStart(
  warehouse: Warehouse,
  runId: string,
): Promise<string | undefined> {
  const [row] = await warehouse.query(
    `SELECT CAST(started_at AS STRING) AS started_at FROM backcourt.runs WHERE run_id = ${warehouse.dialect.string(runId)}`,
  );
  return textOf(row?.['started_at']);
}

/** Ids of all runs of some verbs, latest first. */
export async function readRunIds(
  warehouse: Warehouse,
  verbs: readonly RunRecord['verb'][],
): Promise<readonly string[]> {
  const rows = await warehouse.query(`
SELECT run_id
FROM backcourt.runs
WHERE verb IN (${verbs.map((verb) => warehouse.dialect.string(verb)).join(', ')})
ORDER BY started_at DESC, run_id DESC`);
  return rows.map((row) => String(row['run_id']));
}

function toRun(row: Row): StoredRun {
  const summary = row['summary'];
  return {
    runId: String(row['run_id']),
    verb: String(row['verb']) as StoredRun['verb'],
    request: String(row['request']),
    failedUnits: typeof summary === 'string' ? failedUnits(summary) : undefined,
  };
}

const summarySchema = z.object({
  failed_units: z.array(z.tuple([z.string(), z.string()])).optional(),
});

/**
 * Reads the failed units of a summary. One that something else has changed is not believed at all: then the
 * records tell.
 */
function failedUnits(text: string): readonly FailedUnitId[] | undefined {
  const summary = summarySchema.safeParse(parseObject(text)).data;
  return summary?.failed_units?.flatMap(([table, day]) => {
    const date = parseGameDate(day);
    return date === undefined ? [] : [{ table, date }];
  });
}
