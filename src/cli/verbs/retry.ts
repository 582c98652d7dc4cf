import { z } from 'zod';
import { defaultBatchDays } from '../../engine/plan-units.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { parseObject } from '../../ledger/parse-object.ts';
import { readLatestRun, readRun, readRunIds, type StoredRun } from '../../ledger/read-run.ts';
import { makePlan } from '../../plan/make-plan.ts';
import type { UnitId } from '../../plan/plan.ts';
import { retryUnits } from '../../plan/retry-units.ts';
import { nothingToRetry } from '../../report/retry-report.ts';
import { nearestName } from '../../table/nearest-name.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { VerbContext } from '../cli-context.ts';
import { common, warehouseInputs } from '../options/common-inputs.ts';
import { optionalWord } from '../options/input.ts';
import { retryFollowUps } from '../output/follow-ups.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';
import { carryOut } from '../work/carry-out.ts';
import type { WorkOrder } from '../work/work-order.ts';

/** What a run was asked for, as the ledger keeps it. */
const requestSchema = z.object({
  backfill_mode: z.boolean(),
  skip_downstream_trigger: z.boolean().optional(),
  options: z.union([z.literal('recorded'), z.record(z.string(), z.number())]),
  batch_days: z.number().int().min(1).optional(),
  allow_shrink: z.boolean().optional(),
  rewrite: z.boolean().optional(),
  restate_options: z.boolean().optional(),
});

/** Works the failed units of a run again, with the options that run had and not today's. */
export const retryVerb = defineVerb({
  inputs: {
    run: optionalWord('id of the run (default: the latest run)'),
    ...warehouseInputs,
    dryRun: common.dryRun,
    reason: common.reason,
    threads: common.threads,
    verbose: common.verbose,
  },
  example: ['backcourt retry'],
  run: (context, tables, flags) =>
    carryOut(context, tables, flags, {
      // Whether it is a daily run that is retried, only its record tells.
      isWatched: true,
      asked: undefined,
      async order(engine) {
        const run = await findRun(engine, flags.run);
        const names = tables.computed.map(({ name }) => name);
        const units = run ? retryUnits(engine.world.ledger, names, run) : [];
        if (run && units.length > 0) return retryOrder(context, engine, run, units);
        const others = names.flatMap((name) =>
          [...engine.world.ledger.of(name).values()].filter(({ state }) => state === 'failed'),
        );
        const found = { runId: run?.runId, failedElsewhere: others.length };
        printReport(context, flags.json, nothingToRetry(found, context));
        return 0;
      },
    }),
});

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
    case 'config':
    case 'prune':
      throw new UsageError(`"${runId}" is of ${run.verb}, which computes nothing`);
    case undefined:
      break;
  }
  const near = nearestName(runId, await readRunIds(warehouse, ['run', 'retry']));
  throw new UsageError(`unknown run "${runId}"${near ? `; did you mean "${near}"?` : ''}`);
}

function retryOrder(
  context: VerbContext,
  engine: RunEngine,
  run: StoredRun,
  units: readonly UnitId[],
): WorkOrder {
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
    tables: engine.world.tables.computed
      .map(({ name }) => name)
      .filter((name) => failedTables.has(name)),
    dates: [...new Set(units.map(({ date }) => date))].sort(),
    backfillMode: asked.backfill_mode,
    options: asked.options,
    select: { kind: 'units', units },
    rewrite: asked.rewrite,
    restateOptions: asked.restate_options,
  } as const;
  const settings = {
    batchDays: asked.batch_days ?? defaultBatchDays,
    allowShrink: asked.allow_shrink ?? false,
    skipDownstreamTrigger: asked.skip_downstream_trigger ?? asked.backfill_mode,
  };
  return {
    verb: 'retry',
    title: `retry of run ${run.runId}:`,
    plan: makePlan(engine.world, request),
    settings,
    asked: { ...asked, retry_of: run.runId, tables: request.tables, units },
    followUps: retryFollowUps(context, run.runId),
  };
}
