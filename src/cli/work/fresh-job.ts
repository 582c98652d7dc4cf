import type { PlanSettings } from '../../plan/saved-plan.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { VerbContext } from '../cli-context.ts';
import { defaultBatchDays, type UnitFlags } from '../options/common-inputs.ts';
import { makeFollowUps, retryFollowUps } from '../output/follow-ups.ts';
import { runTitle } from '../output/run-title.ts';
import { planRequest, type RunRequest, readRunRequest, requestedDays } from './run-request.ts';
import type { Job } from './work-order.ts';

/**
 * What the flags ask for.
 * @param datesRequired a job and a daily run have to say which dates, unless with `--stale`; others may mean all.
 * @throws UsageError
 */
export function freshJob(
  context: VerbContext,
  tables: TableRegistry,
  flags: UnitFlags,
  datesRequired: boolean,
): Job {
  const request = readRunRequest(tables, flags, datesRequired, context.clock.today());
  const { backfillMode, processor } = request;
  const settings = {
    batchDays: flags.batchDays ?? defaultBatchDays,
    allowShrink: flags.allowShrink,
    skipDownstreamTrigger: backfillMode || processor.skipDownstreamTrigger === true,
  };
  const asked = requestRecord(flags, request, settings);
  return {
    isWatched: !backfillMode,
    asked,
    rebuilds: flags.rewrite ? 'computed' : undefined,
    order: async (engine) => {
      const plan = planRequest(engine, request, settings);
      const { widened } = plan.request;
      return {
        verb: 'run',
        title: request.select ? 'run of what is stale in' : runTitle(request),
        plan,
        settings,
        request: {
          ...asked,
          // A word like `today` says nothing of a run any more once the day is over.
          ...(/[a-z]/.test(flags.dates ?? '') && {
            dates: requestedDays(request, engine.world.calendar).join(','),
          }),
          ...(widened && { added: widened.added }),
        },
        followUps:
          request.options === 'recorded'
            ? retryFollowUps(context)
            : makeFollowUps(context, flags, tables.computed, request.tables),
      };
    },
  };
}

/** What is kept with the run; never the address of a webhook. */
function requestRecord(flags: UnitFlags, request: RunRequest, settings: PlanSettings): object {
  const { startDate, endDate, dates, season, stale } = flags;
  return {
    tables: request.tables.map(({ name }) => name),
    ...(dates === undefined ? { start_date: startDate, end_date: endDate } : { dates }),
    ...(season !== undefined && { season }),
    ...(stale && { stale }),
    ...(request.rewrite && { rewrite: true }),
    backfill_mode: request.backfillMode,
    skip_downstream_trigger: settings.skipDownstreamTrigger,
    options: request.options,
    batch_days: settings.batchDays,
    allow_shrink: settings.allowShrink,
  };
}
