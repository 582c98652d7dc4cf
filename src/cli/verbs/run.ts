import type { TableRegistry } from '../../table/table-registry.ts';
import type { CliContext } from '../cli-context.ts';
import type { RunFlags } from '../options/run-flags.ts';
import { makeFollowUps, retryFollowUps } from '../output/follow-ups.ts';
import { runTitle } from '../output/run-title.ts';
import { readAlertUrl, withAlerts } from '../process/with-alerts.ts';
import { withEngine } from '../process/with-engine.ts';
import { carryOut } from '../work/carry-out.ts';
import { planSettings } from '../work/plan-settings.ts';
import { planRequest, type RunRequest, readRunRequest } from '../work/run-request.ts';

/** Plans the request and, unless it is a dry run, carries it out. @returns the exit code. */
export async function runVerb(
  context: CliContext,
  tables: TableRegistry,
  flags: RunFlags,
): Promise<number> {
  if (flags.plan !== undefined) {
    const { runSavedPlan } = await import('../work/run-saved-plan.ts');
    return runSavedPlan(context, tables, flags, flags.plan);
  }
  const request = readRunRequest(tables, flags, true);
  const settings = planSettings(request, flags);
  const asked = requestRecord(flags, request);
  const alerts = {
    url: request.backfillMode ? undefined : readAlertUrl(context, flags.alertUrl),
    ifThrown: flags.dryRun
      ? undefined
      : { verb: 'run', request: asked, warehouse: flags.warehouse },
  };
  const mode = flags.dryRun ? 'read' : 'write';
  const rebuilds = flags.rewrite && !flags.dryRun ? 'computed' : undefined;
  return withAlerts(context, alerts, (reportEnd) =>
    withEngine(context, tables, { ...flags, rebuilds }, mode, (engine) => {
      const plan = planRequest(engine, request, settings);
      const { widened } = plan.request;
      return carryOut(context, engine, flags, {
        verb: 'run',
        title: request.select ? 'run of what is stale in' : runTitle(request),
        plan,
        settings,
        request: { ...asked, ...(widened && { added: widened.added }) },
        followUps:
          request.options === 'recorded'
            ? retryFollowUps(context, flags.warehouse)
            : makeFollowUps(context, flags, tables.computed, request.tables),
        dryRun: flags.dryRun,
        reportEnd,
      });
    }),
  );
}

/** What is kept with the run; never the address of a webhook. */
function requestRecord(flags: RunFlags, request: RunRequest): object {
  const { startDate, endDate, dates, stale } = flags;
  const settings = planSettings(request, flags);
  return {
    tables: request.tables.map(({ name }) => name),
    ...(dates === undefined ? { start_date: startDate, end_date: endDate } : { dates }),
    ...(stale && { stale }),
    ...(request.rewrite && { rewrite: true }),
    backfill_mode: request.backfillMode,
    skip_downstream_trigger: settings.skipDownstreamTrigger,
    options: request.options,
    batch_days: settings.batchDays,
    allow_shrink: settings.allowShrink,
  };
}
