import { copyFileSync, realpathSync } from 'node:fs';
import { Interrupted } from '../../engine/interruptible.ts';
import { withEither } from '../../engine/open-warehouse.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { withEngine } from '../../engine/with-engine.ts';
import { type CutTable, cutCaptures } from '../../history/cut-captures.ts';
import { forgetLaterStatements } from '../../history/forget-later.ts';
import {
  type KeptUnits,
  removeOutdated,
  removeUnscheduled,
} from '../../history/remove-outdated.ts';
import { restoreOptions } from '../../history/restore-options.ts';
import { type RestoredTable, readFirstLoad, restorePast } from '../../history/restore-past.ts';
import { makeRunId } from '../../ledger/run-record.ts';
import { readWarehouseFacts } from '../../ledger/warehouse-options.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { parseBigQueryLocation } from '../../warehouse/bigquery/connect.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { leftLogs } from '../../warehouse/duckdb/left-log.ts';
import { type Warehouse, WarehouseError } from '../../warehouse/warehouse.ts';
import type { CliContext } from '../cli-context.ts';
import { refuseOlderLedger } from '../process/refuse-older-ledger.ts';
import { callVerb } from '../verb.ts';

export interface PastRequest {
  /** The warehouse of today; it is only read. */
  readonly location: string;
  readonly waitSeconds: number | undefined;
  /** UTC, ISO 8601. */
  readonly time: string;
  /** Captures count that were there so many minutes before tip-off; all of them unless given. */
  readonly minutesBefore?: number | undefined;
  /** Whether computed tables stay as they are today, to be compared with. */
  readonly keepsComputed?: boolean;
}

/** What a warehouse of the past was made of. */
export interface MadePast {
  readonly restored: readonly RestoredTable[];
  readonly cut: readonly CutTable[];
  /** `undefined` where computed tables stay as they are. */
  readonly units: Pick<KeptUnits, 'kept' | 'removed'> | undefined;
  /** Dates failed that could have been computed. */
  readonly hasFailed: boolean;
}

/**
 * Makes a DuckDB file of what a warehouse held at a time: its raw tables and their records as they were, and what is
 * computed of them. What came out the same then is not computed again.
 * @param path where no file is yet. @throws UsageError for a time of which nothing is known, WarehouseError
 */
export async function makePast(
  context: CliContext,
  tables: TableRegistry,
  request: PastRequest,
  path: string,
): Promise<MadePast> {
  const { location, time, minutesBefore } = request;
  await bringFile(context, tables, request, path);
  const open = { location: path, mode: 'write', create: false, waitSeconds: undefined } as const;
  const made = await withEither(context, tables, open, {
    duckdb: async (past) => {
      await refuseUnknownTime(past, location, time);
      if (!request.keepsComputed) await restoreOptions(past, tables, time);
      const restored = await restorePast(past, tables, time);
      await dropOthers(past, tables);
      const cut = minutesBefore === undefined ? [] : await cutCaptures(past, tables, minutesBefore);
      return { restored, cut };
    },
    bigquery: () => Promise.reject(new Error('what is made here is a file')),
  });
  if (request.keepsComputed) return { ...made, units: undefined, hasFailed: false };
  const now = context.clock.now();
  const runId = makeRunId(now, context.randomHex());
  const flags = { warehouse: path, wait: undefined };
  const unscheduled = await withEngine(context, tables, flags, 'write', (engine) =>
    removeUnscheduled(engine, runId, now),
  );
  let removed = unscheduled.removed;
  // What is removed of a table is not made again in the next round, so that there are no more rounds than tables.
  for (let round = 0; round <= tables.computed.length; round += 1) {
    const hasFailed = await runAll(context, tables, request, path);
    const found = await withEngine(context, tables, flags, 'write', (engine) =>
      removeOutdated(engine, runId, now),
    );
    removed += found.removed;
    // What could not be made again has stood there while others were made, and these may have read it.
    if (found.removedWithRows > 0) continue;
    await withEngine(context, tables, flags, 'write', ({ warehouse }) =>
      warehouse.commit(forgetLaterStatements(warehouse.dialect, time)),
    );
    return { ...made, units: { kept: found.kept, removed }, hasFailed };
  }
  throw new Error(`what was known at ${time} does not come to rest`);
}

/** Computes what is not as it comes out of the raw tables. @returns whether dates have failed. */
async function runAll(
  context: CliContext,
  tables: TableRegistry,
  { time }: Pick<PastRequest, 'time'>,
  path: string,
): Promise<boolean> {
  const { runVerb } = await import('../verbs/run.ts');
  const quiet = { ...context, stdout: () => undefined, stderr: () => undefined };
  // There were fewer games than there are today. What was absent is told by what is removed after it.
  const asked = { warehouse: path, backfill: true, allowShrink: true };
  const exitCode = await callVerb(runVerb, quiet, tables, asked);
  if (exitCode === exitCodes.interrupted) throw new Interrupted();
  const ends: readonly number[] = [exitCodes.done, exitCodes.blocked, exitCodes.failed];
  if (!ends.includes(exitCode)) {
    throw new WarehouseError(
      'surroundings',
      `not every date could be computed as known at ${time}: the run ended with ${exitCode}`,
    );
  }
  return exitCode === exitCodes.failed;
}

/** Of DuckDB the file itself, while nobody can write to it; from BigQuery the raw tables, with their history. */
async function bringFile(
  context: CliContext,
  tables: TableRegistry,
  { location, waitSeconds }: PastRequest,
  path: string,
): Promise<void> {
  const open = { location, mode: 'read', create: false, waitSeconds } as const;
  const refuse = (warehouse: Warehouse) => refuseOlderLedger(warehouse, context.clock.now());
  if (parseBigQueryLocation(location) === undefined) {
    await withEither(context, tables, open, {
      duckdb: async (warehouse) => {
        await refuse(warehouse);
        const [log] = leftLogs(realpathSync(location));
        if (log !== undefined) {
          throw new WarehouseError(
            'surroundings',
            `a killed process has left "${log}", which is a part of "${location}"; any verb that writes takes it in, for example run --stale`,
          );
        }
        copyFileSync(location, path);
      },
      bigquery: refuse,
    });
    return;
  }
  const { copyVerb } = await import('../verbs/copy.ts');
  const raw = tables.all.filter(({ dataset }) => dataset === 'nba_raw').map(({ name }) => name);
  const quiet = { ...context, stdout: () => undefined };
  const asked = { from: location, to: path, tables: raw.join(','), wait: waitSeconds };
  const exitCode = await callVerb(copyVerb, quiet, tables, asked);
  if (exitCode !== 0) {
    throw new WarehouseError(
      'surroundings',
      `the raw tables of "${location}" could not be brought here whole`,
    );
  }
}

/** @throws UsageError when nothing was loaded yet, or what stood there then is not remembered. */
async function refuseUnknownTime(
  past: DuckDbWarehouse,
  location: string,
  time: string,
): Promise<void> {
  const { historyFrom } = await readWarehouseFacts(past);
  const known = historyFrom ?? (await readFirstLoad(past));
  if (known === undefined) throw new UsageError(`"${location}" holds no data yet`);
  const from = new Date(known).toISOString();
  if (from <= time) return;
  throw new UsageError(
    historyFrom === undefined
      ? `"${location}" knew nothing at ${time}; the first files were loaded at ${from}`
      : `what "${location}" held at ${time} is not remembered; it is from ${from} on`,
  );
}

/** Rows of recorded tables that nobody here can judge, own ones of a project, may know more than was known. */
async function dropOthers(past: DuckDbWarehouse, tables: TableRegistry): Promise<void> {
  const known = tables.all.map(({ name }) => past.dialect.string(name)).join(', ');
  const others = `table_name NOT IN (${known})`;
  const rows = await past.query(`
SELECT schema_name, table_name
FROM duckdb_tables()
WHERE database_name = current_database()
  AND table_name IN (SELECT table_name FROM backcourt.partitions WHERE ${others})`);
  await past.commit([
    ...rows.map((row) => `DROP TABLE "${row['schema_name']}"."${row['table_name']}"`),
    ...['partitions', 'former_partitions', 'exclusions', 'changes'].map(
      (ledger) => `DELETE FROM backcourt.${ledger} WHERE ${others}`,
    ),
  ]);
}
