import type { GameDate } from '../calendar/game-date.ts';
import type { SeasonCalendar } from '../calendar/season-calendar.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan, PlanRequest, UnitSelection } from '../plan/plan.ts';
import type { PlanSettings } from '../plan/saved-plan.ts';
import { widenRequest } from '../plan/widen-request.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { type AskedDays, daysOf, refuseUnknownFuture } from './asked-days.ts';

/**
 * Most game dates of one table that one query computes, unless said: about four seasons. Memory stays bounded
 * however long the history, and a batch is large enough to keep every core busy while its rows are written.
 */
export const defaultBatchDays = 850;

/** Which units are meant, and how they are to be judged. */
export interface AskedUnits {
  readonly tables: readonly ComputedTable[];
  /** `undefined`: all dates of the schedule. */
  readonly dates: AskedDays | undefined;
  readonly options: PlanRequest['options'];
  readonly backfillMode: boolean;
  readonly select: UnitSelection | undefined;
  readonly rewrite: boolean;
  readonly restateOptions: boolean;
}

/** The days of a request. @throws UsageError for a season that is not loaded. */
export function requestedDays(
  { dates }: Pick<AskedUnits, 'dates'>,
  calendar: SeasonCalendar,
): readonly GameDate[] {
  return dates === undefined ? calendar.dates : daysOf(dates, calendar);
}

/**
 * Plans what is asked for, on the schedule that was read.
 * @throws UsageError for days that no schedule knows.
 */
export function planUnits(
  engine: RunEngine,
  asked: AskedUnits,
  settings: Pick<PlanSettings, 'skipDownstreamTrigger'>,
): Plan {
  const dates = requestedDays(asked, engine.world.calendar);
  // Rows that stand on a day which no schedule knows have to be within reach of who removes them.
  if (!asked.rewrite) refuseUnknownFuture(dates, engine.world.calendar, engine.world.today);
  const request = {
    tables: asked.tables.map(({ name }) => name),
    dates,
    backfillMode: asked.backfillMode,
    options: asked.options,
    select: asked.select,
    rewrite: asked.rewrite || undefined,
    restateOptions: asked.restateOptions || undefined,
  };
  return makePlan(engine.world, widenRequest(engine.world, request, settings));
}

/** What is kept with the run of units. @param days as they were asked for. */
export function askedRecord(asked: AskedUnits, settings: PlanSettings, days: object): object {
  return {
    tables: asked.tables.map(({ name }) => name),
    ...days,
    ...(asked.select && { stale: true }),
    ...(asked.rewrite && { rewrite: true }),
    ...(asked.restateOptions && { restate_options: true }),
    backfill_mode: asked.backfillMode,
    skip_downstream_trigger: settings.skipDownstreamTrigger,
    options: asked.options,
    batch_days: settings.batchDays,
    allow_shrink: settings.allowShrink,
  };
}
