import type { GameDate } from '../../calendar/game-date.ts';
import {
  askedRecord,
  defaultBatchDays,
  planUnits,
  requestedDays,
} from '../../engine/plan-units.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { VerbContext } from '../cli-context.ts';
import type { UnitFlags } from '../options/common-inputs.ts';
import { makeFollowUps, retryFollowUps } from '../output/follow-ups.ts';
import { runTitle } from '../output/run-title.ts';
import { checkFlags } from './checked-flags.ts';
import type { Job } from './work-order.ts';

/**
 * The job that the flags of `run` and `plan` ask for.
 * @param datesRequired a job and a daily run have to say which dates, unless with `--stale`; others may mean all.
 * @throws UsageError
 */
export function freshJob(
  context: VerbContext,
  tables: TableRegistry,
  flags: UnitFlags,
  datesRequired: boolean,
): Job {
  const checked = checkFlags(tables, flags, datesRequired, context.clock.today());
  const { backfillMode, processor } = checked;
  const settings = {
    batchDays: flags.batchDays ?? defaultBatchDays,
    allowShrink: flags.allowShrink,
    skipDownstreamTrigger: backfillMode || processor.skipDownstreamTrigger === true,
  };
  const asked = askedRecord(checked, settings, daysAsked(flags));
  return {
    isWatched: !backfillMode,
    asked,
    // Who looks after daily mode is told of each run.
    question: backfillMode
      ? { verb: 'run', tables: checked.tables.map(({ name }) => name), flags }
      : undefined,
    rebuilds: flags.rewrite ? 'computed' : undefined,
    order: async (engine) => {
      const plan = planUnits(engine, checked, settings);
      const { widened } = plan.request;
      return {
        verb: 'run',
        title: checked.select ? 'run of what is stale in' : runTitle(checked),
        plan,
        settings,
        asked: {
          ...asked,
          ...writtenDays(flags, requestedDays(checked, engine.world.calendar)),
          ...(widened && { added: widened.added }),
        },
        followUps:
          checked.options === 'recorded'
            ? retryFollowUps(context)
            : makeFollowUps(context, flags, tables.computed, checked.tables),
      };
    },
  };
}

/** Words like `today` as days: they say nothing of a run any more once the day is over. */
function writtenDays({ startDate, endDate, dates }: UnitFlags, days: readonly GameDate[]): object {
  const isWord = (text: string | undefined) => /[a-z]/.test(text ?? '');
  if (isWord(dates)) return { dates: days.join(',') };
  return isWord(startDate) || isWord(endDate) ? { start_date: days[0], end_date: days.at(-1) } : {};
}

/** The days as they were asked for. The address of a webhook is never kept with a run, for it may hold a secret. */
function daysAsked({ startDate, endDate, dates, season }: UnitFlags): object {
  return {
    ...(dates === undefined ? { start_date: startDate, end_date: endDate } : { dates }),
    ...(season !== undefined && { season }),
  };
}
