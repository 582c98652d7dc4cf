import { readDataKind } from '../../ledger/read-ledger.ts';
import { makeRunId } from '../../ledger/run-record.ts';
import { makeUnitEstimator } from '../../plan/estimate-plan.ts';
import type { Plan } from '../../plan/plan.ts';
import type { PlanSettings } from '../../plan/saved-plan.ts';
import { warningsOf } from '../../report/alert-body.ts';
import { makeJsonReporter } from '../../report/json-reporter.ts';
import { askedOf, bothReporters, type RunReporter } from '../../report/reporter.ts';
import type { FollowUps } from '../../report/run-summary-lines.ts';
import { makeTextReporter } from '../../report/text-reporter.ts';
import { runPlan } from '../../run/run-plan.ts';
import { exitCodeOf } from '../../run/run-summary.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { CliContext } from '../cli-context.ts';
import { lineBuffer } from '../output/line-buffer.ts';
import { makeProgress } from '../output/progress.ts';
import type { ReportEnd } from '../process/with-alerts.ts';

/** A plan with everything that is needed to carry it out. */
export interface WorkOrder {
  readonly verb: 'run' | 'retry';
  /** First words of the header, for example `backfill of`. */
  readonly title: string;
  readonly plan: Plan;
  readonly settings: PlanSettings;
  /** Kept with the run in the ledger, as JSON. */
  readonly request: object;
  readonly followUps: FollowUps;
  readonly dryRun: boolean;
  /** Hears how a run in daily mode has ended. */
  readonly reportEnd: ReportEnd;
}

interface CarryOutFlags {
  readonly warehouse: string;
  readonly json: boolean;
  readonly reason?: string | undefined;
  readonly maxFailures?: number | undefined;
}

/** Carries out a plan, or only tells it, and reports while it goes. @returns the exit code. */
export async function carryOut(
  context: CliContext,
  engine: RunEngine,
  flags: CarryOutFlags,
  order: WorkOrder,
): Promise<number> {
  const output = lineBuffer(context.stdout);
  // With --json stdout is for machines alone, and people read the same lines on stderr.
  const lines = lineBuffer(flags.json ? context.stderr : context.stdout);
  const text = makeTextReporter(lines.print);
  const reporter = flags.json ? bothReporters(makeJsonReporter(output.print), text) : text;
  const flush = () => {
    lines.flush();
    output.flush();
  };
  const dataKind = await readDataKind(engine.warehouse);
  reporter.header({
    verb: order.dryRun ? 'dry run of' : order.title,
    ...askedOf(order.plan.request),
    warehouse: flags.warehouse,
    dataKind,
  });
  const reportEnd: ReportEnd = (run) => order.reportEnd({ ...run, dataKind });
  try {
    return order.dryRun
      ? tellPlan(reporter, order)
      : await work(context, engine, flags, { ...order, reportEnd }, reporter, flush);
  } finally {
    flush();
  }
}

function tellPlan(reporter: RunReporter, { plan, followUps }: WorkOrder): number {
  reporter.plan(plan, followUps);
  return planExitCode(plan);
}

/** 5 when the plan has blocked units, else 0. */
export function planExitCode({ units }: Plan): number {
  return units.some(({ action }) => action === 'block') ? 5 : 0;
}

async function work(
  context: CliContext,
  engine: RunEngine,
  flags: CarryOutFlags,
  order: WorkOrder,
  reporter: RunReporter,
  flush: () => void,
): Promise<number> {
  const startedAt = context.clock.now();
  const { plan, settings, verb } = order;
  const progress = makeProgress(context, plan.units, makeUnitEstimator(engine.ledger));
  const run = {
    runId: makeRunId(startedAt, context.randomHex()),
    verb,
    request: JSON.stringify(order.request),
    codeVersion: context.packageVersion,
    who: context.who,
    reason: flags.reason,
    startedAt,
  };
  const runSettings = {
    options: plan.request.options,
    rewrite: plan.request.rewrite,
    batchDays: settings.batchDays,
    maxFailures: flags.maxFailures ?? Number.POSITIVE_INFINITY,
    allowShrink: settings.allowShrink,
    stop: context.stop,
  };
  const warnings: ReturnType<typeof warningsOf>[number][] = [];
  const summary = await runPlan(engine, plan, run, runSettings, {
    batchStarted: (table, first) => {
      progress.clear();
      flush();
      progress.at(table, first);
    },
    unitFinished: (result) => {
      progress.count(result);
      reporter.unit(result);
      warnings.push(...warningsOf(result));
    },
    tableFailed: reporter.tableFailed,
  }).finally(progress.end);
  reporter.summary(summary, order.followUps);
  const exitCode = exitCodeOf(summary);
  if (!plan.request.backfillMode) {
    const { request } = order;
    const { warehouse } = flags;
    order.reportEnd({ verb, request, warehouse, startedAt, exitCode, summary, warnings });
  }
  return exitCode;
}
