import { Interrupted, interruptible } from '../../engine/interruptible.ts';
import { newRun } from '../../engine/new-run.ts';
import { withEither, withMemoryWarehouse } from '../../engine/open-warehouse.ts';
import { BadInput } from '../../ingest/files/bad-input.ts';
import type { DescribedFiles } from '../../ingest/files/describe-files.ts';
import type { IngestReport } from '../../ingest/files/ingest-report.ts';
import { ingestFiles, refuseMixing } from '../../ingest/ingest-files.ts';
import { ingestThroughMirror } from '../../ingest/mirror/ingest-through-mirror.ts';
import type { Rewrite } from '../../ingest/raw/replace-raw-dates.ts';
import { endRunStatement, startRunStatement } from '../../ledger/run-record.ts';
import { type IngestKind, ingestJson, ingestLines } from '../../report/ingest-report.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { CliContext } from '../cli-context.ts';
import type { WarehouseFlags } from '../options/common-inputs.ts';
import { withTempFolder } from '../process/with-temp-folder.ts';

/** What of the flags a load goes by. */
export interface LoadFlags extends WarehouseFlags {
  readonly allowShrink: boolean;
  readonly rewrite: boolean;
  readonly reason: string | undefined;
}

/** Files of one source. */
export interface SourceLoad extends DescribedFiles {
  readonly source: string;
  /** As they were typed. */
  readonly paths: readonly string[];
}

/**
 * Loads the files of one source as a run of its own, and prints what became of them.
 * @param league what has to be said to play the files again, where they are of a league that was played.
 * @param before loads of the same command, whose notices are not repeated.
 */
export async function loadSource(
  context: CliContext,
  tables: TableRegistry,
  { source, paths, files, damaged, dataKind }: SourceLoad,
  rewrite: Rewrite | undefined,
  flags: LoadFlags,
  league: readonly string[] | undefined,
  before: readonly IngestReport[] = [],
): Promise<IngestReport> {
  const { clock } = context;
  const startedMs = clock.elapsedMs();
  const open = {
    location: flags.warehouse,
    mode: 'write',
    create: true,
    waitSeconds: flags.wait,
    rebuilds: flags.rewrite ? 'raw' : undefined,
  } as const;
  const request = {
    tables,
    files,
    damaged,
    dataKind,
    allowShrink: flags.allowShrink,
    rewrite,
    codeVersion: context.packageVersion,
    elapsedMs: () => clock.elapsedMs() - startedMs,
  };
  const asked = {
    source,
    data_kind: dataKind,
    // The files of a league that was played are gone when the command ends.
    ...(league ? { league } : { files: paths }),
    allow_shrink: flags.allowShrink,
    ...(rewrite && { rewrite: rewrite.dates?.join(',') ?? true }),
  };
  // All files are one commit: until it is done, a signal leaves everything as it was.
  const report = await withEither(context, tables, open, {
    duckdb: (warehouse) =>
      recorded(context, flags, warehouse, dataKind, asked, (run) =>
        ingestFiles({ ...request, ...run, warehouse: interruptible(warehouse, context.stop) }),
      ),
    bigquery: (target) =>
      recorded(context, flags, target, dataKind, asked, (run) =>
        withTempFolder('ingest', (folder) =>
          withMemoryWarehouse(context, tables, (memory) =>
            ingestThroughMirror({
              ...request,
              ...run,
              warehouse: interruptible(memory, context.stop),
              target: interruptible(target, context.stop),
              folder,
            }),
          ),
        ),
      ),
  });
  printIngest(context, report, flags, 'loaded', before);
  return report;
}

/** Prints what a load has done, or would do. */
export function printIngest(
  context: CliContext,
  report: IngestReport,
  { warehouse, json }: Pick<LoadFlags, 'warehouse' | 'json'>,
  ingestKind: IngestKind,
  before: readonly IngestReport[] = [],
): void {
  const told = before.flatMap(({ notices }) => notices);
  const lines = ingestLines(report, warehouse, ingestKind, told);
  (json ? context.stderr : context.stdout)(`${lines.join('\n')}\n`);
  if (json) context.stdout(`${ingestJson(report, ingestKind)}\n`);
}

/** Carries out an ingest between the beginning and the end of its run in the ledger. */
async function recorded(
  context: CliContext,
  flags: LoadFlags,
  warehouse: Warehouse,
  dataKind: 'real' | 'simulated',
  asked: object,
  ingest: (run: { readonly runId: string; readonly now: string }) => Promise<IngestReport>,
): Promise<IngestReport> {
  const { clock } = context;
  await refuseMixing(warehouse, dataKind);
  const startedAt = clock.now();
  const run = newRun(context, { verb: 'ingest', asked, reason: flags.reason, startedAt });
  const { runId } = run;
  const sql = warehouse.dialect;
  warehouse.label?.({ run: runId, table: 'nba_raw' });
  await warehouse.write(startRunStatement(sql, run));
  const recordEnd = (exitCode: number, summary: Readonly<Record<string, unknown>>) =>
    warehouse.write(
      endRunStatement(sql, runId, {
        finishedAt: clock.now(),
        exitCode,
        summary: JSON.stringify(summary),
      }),
    );
  const report = await ingest({ runId, now: startedAt }).catch(async (error: unknown) => {
    if (error instanceof Interrupted) await recordEnd(exitCodes.interrupted, { interrupted: true });
    if (error instanceof BadInput) await recordEnd(exitCodes.badInput, { refused: error.message });
    throw error;
  });
  await recordEnd(ingestExitCode(report), {
    changed: report.tables.map(({ table, changedDates }) => [table, changedDates.length]),
    moved: report.moved.length,
    refused: report.refused.length,
  });
  return report;
}

/** The exit code of several loads of one command: that of the load that went worst. */
export function worstExitCode(reports: readonly IngestReport[]): number {
  return worstOf(reports.map(ingestExitCode));
}

/** The exit code of several pieces of work of one command, by the one that went worst. */
export function worstOf(codes: readonly number[]): number {
  const { interrupted, failed, blocked, done } = exitCodes;
  return [interrupted, failed, blocked].find((code) => codes.includes(code)) ?? done;
}

/**
 * 3 when a date or a file was refused, nothing of a file was used, or a game of a kept kind is missing from
 * what was loaded, 5 when a replacement that would lose rows was refused, else 0. Preseason and the like are dropped by right.
 */
function ingestExitCode(report: IngestReport): number {
  const { damaged, unused, refused, shrinkRefused, dropped, droppedRows } = report;
  const lost =
    dropped.some(({ reason }) => reason !== 'game_type') ||
    droppedRows.some(({ reason }) => reason === 'foreign_team');
  if (damaged.length + unused.length + refused.length > 0 || lost) return exitCodes.failed;
  return shrinkRefused.length > 0 ? exitCodes.blocked : exitCodes.done;
}
