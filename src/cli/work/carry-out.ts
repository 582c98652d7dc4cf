import { carryOutPlan } from '../../engine/carry-out-plan.ts';
import { withEngine } from '../../engine/with-engine.ts';
import { readDataKind } from '../../ledger/read-ledger.ts';
import { makeUnitEstimator } from '../../plan/estimate-plan.ts';
import { warningsOf } from '../../report/alert-body.ts';
import { makeJsonReporter } from '../../report/json-reporter.ts';
import { askedOf, bothReporters } from '../../report/reporter.ts';
import { makeTextReporter } from '../../report/text-reporter.ts';
import { exitCodeOf } from '../../run/run-summary.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { VerbContext } from '../cli-context.ts';
import { keptAnswer } from '../output/kept-answer.ts';
import { lineBuffer } from '../output/line-buffer.ts';
import { makeProgress } from '../output/progress.ts';
import { screenLines } from '../output/screen-lines.ts';
import { type ReportEnd, readAlertUrl, withAlerts } from '../process/with-alerts.ts';
import { tellPlan } from './tell-plan.ts';
import type { Job, WorkFlags, WorkOrder } from './work-order.ts';

/** Carries out a job, or with `--dry-run` only tells its plan. @returns the exit code. */
export async function carryOut(
  context: VerbContext,
  tables: TableRegistry,
  flags: WorkFlags,
  job: Job,
): Promise<number> {
  const { warehouse, dryRun } = flags;
  const alerts = {
    url: job.isWatched ? readAlertUrl(context, flags.alertUrl) : undefined,
    ifThrown:
      dryRun || job.asked === undefined ? undefined : { verb: 'run', asked: job.asked, warehouse },
  };
  const kept = keptAnswer(context, tables, flags.snapshot === undefined ? job.question : undefined);
  const open = { ...flags, known: kept.known, ...(!dryRun && { rebuilds: job.rebuilds }) };
  return withAlerts(context, alerts, (reportEnd) =>
    withEngine(context, tables, open, dryRun ? 'read' : 'write', async (engine) => {
      const order = await job.order(engine);
      if (typeof order === 'number') return order;
      if (dryRun) {
        return kept.keep(await tellPlan(kept.context, engine, flags, order, { isDryRun: true }));
      }
      const onEnd = job.onEnd ?? reportEnd;
      if (order.plan.units.some(({ action }) => action !== 'skip')) {
        return work(context, engine, flags, order, onEnd);
      }
      return kept.keep(await work(kept.context, engine, flags, order, onEnd));
    }),
  );
}

/** Works the plan of an order and reports while it goes. */
async function work(
  context: VerbContext,
  engine: RunEngine,
  flags: WorkFlags,
  order: WorkOrder,
  reportEnd: ReportEnd,
): Promise<number> {
  const { warehouse, json } = flags;
  const output = lineBuffer(context.stdout);
  // With --json stdout is for machines alone, and people read the same lines on stderr.
  const lines = lineBuffer(json ? context.stderr : context.stdout);
  const stream = json ? 'stderr' : 'stdout';
  const isScreen = (json ? context.terminalWidth : context.screenWidth) !== undefined;
  const fitted = screenLines(context, stream);
  const text = makeTextReporter((line) => fitted(line).forEach(lines.print), {
    isBrief: context.isBrief ?? (isScreen && !flags.verbose),
    isVerbose: flags.verbose,
  });
  const reporter = json ? bothReporters(makeJsonReporter(output.print), text) : text;
  const flush = () => {
    lines.flush();
    output.flush();
  };
  const { plan, verb, title } = order;
  const dataKind = await readDataKind(engine.warehouse);
  const { snapshot } = flags;
  const updateSnapshot =
    snapshot === undefined
      ? undefined
      : (await import('./tell-snapshot.ts')).prepareSnapshot(context, engine, snapshot, dataKind);
  reporter.header({ verb: title, ...askedOf(plan.request), warehouse, dataKind });
  const startedAt = context.clock.now();
  const progress = makeProgress(context, plan.units, makeUnitEstimator(engine.world.ledger));
  const { reason, maxFailures } = flags;
  const worked = { ...order, reason, maxFailures, startedAt };
  const warnings: ReturnType<typeof warningsOf>[number][] = [];
  try {
    const summary = await carryOutPlan(context, engine, worked, {
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
    // What was interrupted is asked for again, and then has its snapshot.
    const snapshotCode =
      updateSnapshot === undefined || summary.interrupted
        ? 0
        : await updateSnapshot({
            text: (line) => fitted(line).forEach(lines.print),
            json: json ? output.print : () => undefined,
          });
    const exitCode = exitCodeOf(summary) || snapshotCode;
    if (!plan.request.backfillMode) {
      const { asked } = order;
      reportEnd({ verb, asked, warehouse, dataKind, startedAt, exitCode, summary, warnings });
    }
    return exitCode;
  } finally {
    flush();
  }
}
