import { z } from 'zod';
import { parseObject } from '../../ledger/parse-object.ts';
import { readLatestRun, readRun, readRunIds, type StoredRun } from '../../ledger/read-run.ts';
import { makePlan } from '../../plan/make-plan.ts';
import type { UnitId } from '../../plan/plan.ts';
import { retryUnits } from '../../plan/retry-units.ts';
import { nothingToRetry } from '../../report/retry-lines.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { CliContext } from '../cli-context.ts';
import { nearestName } from '../options/nearest-name.ts';
import { defaultBatchDays } from '../options/program.ts';
import type { WarehouseFlags } from '../options/run-flags.ts';
import { UsageError } from '../options/usage-error.ts';
import { retryFollowUps } from '../output/follow-ups.ts';
import { printReport } from '../output/print-report.ts';
import { pasteable } from '../output/retry-command.ts';
import { type ReportEnd, readAlertUrl, withAlerts } from '../process/with-alerts.ts';
import { withEngine } from '../process/with-engine.ts';
import { carryOut, type WorkOrder } from '../work/carry-out.ts';

export interface RetryFlags extends WarehouseFlags {
  readonly dryRun: boolean;
  readonly reason?: string | undefined;
  readonly threads: number | undefined;
}

/** What a run was asked for, as the ledger keeps it. */
const requestSchema = z.object({
  backfill_mode: z.boolean(),
  skip_downstream_trigger: z.boolean().optional(),
  options: z.union([z.literal('recorded'), z.record(z.string(), z.number())]),
  batch_days: z.number().int().min(1).optional(),
  allow_shrink: z.boolean().optional(),
  rewrite: z.boolean().optional(),
});

/**
 * Works the failed units of a run again, with the options that run had and not today's.
 * @param runId the latest run unless given. @returns the exit code.
 */
export async function retryVerb(
  context: CliContext,
  tables: TableRegistry,
  runId: string | undefined,
  flags: RetryFlags,
): Promise<number> {
  const mode = flags.dryRun ? 'read' : 'write';
  const work = (reportEnd: ReportEnd) => async (engine: RunEngine) => {
    const run = await findRun(engine, runId);
    const names = tables.computed.map(({ name }) => name);
    const units = run ? retryUnits(engine.ledger, names, run) : [];
    if (!run || units.length === 0) {
      const others = names.flatMap((name) =>
        [...engine.ledger.of(name).values()].filter(({ state }) => state === 'failed'),
      );
      const command = (text: string) => pasteable(context.invocation, text, flags.warehouse);
      printReport(
        context,
        flags.json,
        nothingToRetry({ runId: run?.runId, failedElsewhere: others.length }, { command }),
      );
      return 0;
    }
    const order = retryOrder(context, engine, flags, run, units);
    return carryOut(context, engine, flags, { ...order, reportEnd });
  };
  // Whether it is a daily run that is retried, only its record tells.
  const alerts = { url: readAlertUrl(context, undefined), ifThrown: undefined };
  return withAlerts(context, alerts, (reportEnd) =>
    withEngine(context, tables, flags, mode, work(reportEnd)),
  );
}

async function findRun(
  { warehouse }: RunEngine,
  runId: string | undefined,
): Promise<StoredRun | undefined> {
  if (runId === undefined) return readLatestRun(warehouse);
  const run = await readRun(warehouse, runId);
  switch (run?.verb) {
    case 'run':
    case 'retry':
      return run;
    case 'ingest':
      throw new UsageError(`"${runId}" is an ingest; ingest its files again instead`);
    case 'copy':
      throw new UsageError(`"${runId}" is a copy; copy again instead`);
    case undefined:
      break;
  }
  const near = nearestName(runId, await readRunIds(warehouse));
  throw new UsageError(`unknown run "${runId}"${near ? `; did you mean "${near}"?` : ''}`);
}

function retryOrder(
  context: CliContext,
  engine: RunEngine,
  flags: RetryFlags,
  run: StoredRun,
  units: readonly UnitId[],
): Omit<WorkOrder, 'reportEnd'> {
  const parsed = requestSchema.safeParse(parseObject(run.request));
  if (!parsed.success) {
    throw new WarehouseError(
      'surroundings',
      `what run ${run.runId} was asked for cannot be read in backcourt.runs: "${run.request}"; work what failed with run --backfill --tables … --dates …`,
    );
  }
  const asked = parsed.data;
  const failedTables = new Set(units.map(({ table }) => table));
  const request = {
    tables: engine.tables.computed.map(({ name }) => name).filter((name) => failedTables.has(name)),
    dates: [...new Set(units.map(({ date }) => date))].sort(),
    backfillMode: asked.backfill_mode,
    options: asked.options,
    select: { kind: 'units', units },
    rewrite: asked.rewrite,
  } as const;
  const settings = {
    batchDays: asked.batch_days ?? defaultBatchDays,
    allowShrink: asked.allow_shrink ?? false,
    skipDownstreamTrigger: asked.skip_downstream_trigger ?? asked.backfill_mode,
  };
  return {
    verb: 'retry',
    title: `retry of run ${run.runId}:`,
    plan: makePlan(engine.facts, request),
    settings,
    request: { ...asked, retry_of: run.runId, tables: request.tables, units },
    followUps: retryFollowUps(context, flags.warehouse, run.runId),
    dryRun: flags.dryRun,
  };
}
