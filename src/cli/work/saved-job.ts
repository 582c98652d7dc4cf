import { optionFault } from '../../engine/option-fault.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { findPlanMoves } from '../../plan/find-plan-moves.ts';
import { makePlan } from '../../plan/make-plan.ts';
import type { PlanRequest } from '../../plan/plan.ts';
import type { SavedPlan } from '../../plan/saved-plan.ts';
import { movesReport } from '../../report/moves-report.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import { plannedTables } from '../../run/planned-tables.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { VerbContext } from '../cli-context.ts';
import type { UnitFlags } from '../options/common-inputs.ts';
import { makeFollowUps, retryFollowUps } from '../output/follow-ups.ts';
import { printReport } from '../output/print-report.ts';
import { runTitle } from '../output/run-title.ts';
import { readPlanFile } from './read-plan-file.ts';
import type { Job } from './work-order.ts';

/**
 * The job that carries out exactly the plan of a file. Planned again under the lock of the writer, it must
 * come out the same: else nothing is written and what moved is listed.
 * @throws UsageError for a file that is no plan, and for flags that would say otherwise than it does.
 */
export function savedJob(
  context: VerbContext,
  tables: TableRegistry,
  flags: UnitFlags,
  path: string,
): Job {
  refuseContradictions(flags);
  const saved = readPlanFile(path);
  refuseOptions(path, saved, tables);
  const known = new Set(tables.computed.map(({ name }) => name));
  const request: PlanRequest = {
    ...saved.request,
    tables: saved.request.tables.filter((name) => known.has(name)),
  };
  const asked = askedBy(saved);
  return {
    isWatched: !request.backfillMode,
    asked,
    order: async (engine) => {
      const plan = makePlan(engine.world, request);
      const moves = findPlanMoves(saved, plan, plannedTables(engine.world, plan));
      if (moves.length > 0) {
        printReport(context, flags.json, movesReport(path, moves, context));
        return exitCodes.planMoved;
      }
      return {
        verb: 'run',
        title: `${runTitle(request)} plan ${saved.digest}:`,
        plan,
        settings: saved.settings,
        asked,
        followUps: followUps(context, tables, flags, saved),
      };
    },
  };
}

/** A file that was written by hand must not say what no flag could. @throws UsageError */
function refuseOptions(path: string, { request }: SavedPlan, { computed }: TableRegistry): void {
  if (request.options === 'recorded') return;
  const planned = computed.filter(({ name }) => request.tables.includes(name));
  const fault = optionFault(planned, request.options);
  if (fault !== undefined) throw new UsageError(`"${path}": ${fault}`);
}

/** What a saved plan already says must not be said again, possibly otherwise. */
function refuseContradictions(flags: UnitFlags): void {
  const given: readonly (readonly [string, boolean])[] = [
    ['--start-date', flags.startDate !== undefined],
    ['--end-date', flags.endDate !== undefined],
    ['--dates', flags.dates !== undefined],
    ['--season', flags.season !== undefined],
    ['--tables', flags.tables !== undefined],
    ['--stale', flags.stale],
    ['--rewrite', flags.rewrite],
    ['--restate-options', flags.restateOptions],
    ['--backfill', flags.backfill],
    ['--option', flags.option.length > 0],
    ['--batch-days', flags.batchDays !== undefined],
    ['--allow-shrink', flags.allowShrink],
  ];
  const flag = given.find(([, isGiven]) => isGiven)?.[0];
  if (flag !== undefined) {
    throw new UsageError(`${flag} cannot be combined with --plan: the saved plan says it`);
  }
}

/** Tells what is kept with the run of a saved plan. */
function askedBy({ request, settings, digest }: SavedPlan): object {
  return {
    plan: digest,
    tables: request.tables,
    dates: request.dates.join(','),
    ...(request.widened && { added: request.widened.added }),
    ...(request.select && { select: request.select }),
    ...(request.rewrite && { rewrite: true }),
    ...(request.restateOptions && { restate_options: true }),
    backfill_mode: request.backfillMode,
    skip_downstream_trigger: settings.skipDownstreamTrigger,
    options: request.options,
    batch_days: settings.batchDays,
    allow_shrink: settings.allowShrink,
  };
}

function followUps(
  context: VerbContext,
  tables: TableRegistry,
  { warehouse }: UnitFlags,
  { request, settings }: SavedPlan,
) {
  if (request.options === 'recorded') return retryFollowUps(context);
  return makeFollowUps(
    context,
    {
      backfill: request.backfillMode,
      rewrite: request.rewrite === true,
      option: Object.entries(request.options).map(([name, value]) => `${name}=${value}`),
      restateOptions: request.restateOptions === true,
      allowShrink: settings.allowShrink,
      warehouse,
    },
    tables.computed,
  );
}
