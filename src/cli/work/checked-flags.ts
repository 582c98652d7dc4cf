import type { GameDate } from '../../calendar/game-date.ts';
import type { SeasonCalendar } from '../../calendar/season-calendar.ts';
import { makePlan } from '../../plan/make-plan.ts';
import type { Plan, PlanRequest, UnitSelection } from '../../plan/plan.ts';
import type { PlanSettings } from '../../plan/saved-plan.ts';
import { widenRequest } from '../../plan/widen-request.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import { chooseTables } from '../options/choose-tables.ts';
import type { UnitFlags } from '../options/common-inputs.ts';
import {
  type AskedDay,
  type AskedDays,
  dayOf,
  daysOf,
  isDated,
  readDateFlags,
  readDay,
  refuseUnknownFuture,
} from '../options/date-range.ts';
import { type ProcessorOptions, readProcessorOptions } from '../options/processor-options.ts';
import { UsageError } from '../options/usage-error.ts';

/** What the flags of `run` and `plan` mean, with everything checked that can be checked without a warehouse. */
export interface CheckedFlags {
  readonly tables: readonly ComputedTable[];
  /** `undefined`: all dates of the schedule. */
  readonly dates: AskedDays | undefined;
  readonly processor: ProcessorOptions;
  readonly options: PlanRequest['options'];
  readonly backfillMode: boolean;
  readonly select: UnitSelection | undefined;
  readonly rewrite: boolean;
  readonly restateOptions: boolean;
}

/**
 * Checks the flags of `run` and `plan`.
 * @param datesRequired a job and a daily run have to say which dates, unless with `--stale`; others may mean all.
 * @param today in US Eastern.
 * @throws UsageError
 */
export function checkFlags(
  tables: TableRegistry,
  flags: UnitFlags,
  datesRequired: boolean,
  today: GameDate,
): CheckedFlags {
  const chosen = chooseTables(tables, flags.tables);
  const processor = readProcessorOptions(flags.option, chosen);
  const { stale, rewrite, restateOptions } = flags;
  if (stale && rewrite) {
    throw new UsageError(
      '--stale cannot be combined with --rewrite, which takes all dates it is given',
    );
  }
  if (rewrite && processor.backfillMode === false) {
    throw new UsageError(
      '--rewrite is backfill mode: backfill_mode=false cannot be combined with it',
    );
  }
  const given = isDated(flags);
  const { analysisDate } = processor;
  if (analysisDate !== undefined && given) {
    throw new UsageError('option analysis_date cannot be combined with other dates');
  }
  const all = !given && analysisDate === undefined && (stale || !datesRequired);
  // Stale dates are history, and so are those to be mended: a lookback gap must not hide them.
  const backfillMode = processor.backfillMode ?? (flags.backfill || stale || rewrite);
  if (backfillMode && processor.skipDownstreamTrigger === false) {
    throw new UsageError(
      'backfill mode triggers nothing downstream: skip_downstream_trigger=false needs backfill_mode=false',
    );
  }
  if (!all && !given && analysisDate === undefined && !backfillMode) {
    throw new UsageError(
      'which dates? give --dates today, other dates or a --season; all of history is worked with --backfill',
    );
  }
  const optionsGiven = Object.keys(processor.tableOptions).length > 0;
  return {
    tables: chosen,
    dates: all
      ? undefined
      : analysisDate === undefined
        ? readDateFlags(flags, today)
        : asDays(readDay('option analysis_date', analysisDate, today)),
    processor,
    // Dates that are made again keep the options that they were made with, unless others are given.
    options:
      (stale || rewrite) && !optionsGiven && !restateOptions ? 'recorded' : processor.tableOptions,
    backfillMode,
    select: stale ? { kind: 'stale' } : undefined,
    rewrite,
    restateOptions,
  };
}

function asDays(day: AskedDay): AskedDays {
  return (calendar) => [dayOf(day, calendar)];
}

/** The days of a request. @throws UsageError for a season that is not loaded. */
export function requestedDays(
  { dates }: Pick<CheckedFlags, 'dates'>,
  calendar: SeasonCalendar,
): readonly GameDate[] {
  return dates === undefined ? calendar.dates : daysOf(dates, calendar);
}

/**
 * Makes a request of the flags, on the schedule that was read, and plans it.
 * @throws UsageError for days that no schedule knows.
 */
export function planChecked(
  engine: RunEngine,
  flags: CheckedFlags,
  settings: Pick<PlanSettings, 'skipDownstreamTrigger'>,
): Plan {
  const dates = requestedDays(flags, engine.world.calendar);
  // Rows that stand on a day which no schedule knows have to be within reach of who removes them.
  if (!flags.rewrite) refuseUnknownFuture(dates, engine.world.calendar, engine.world.today);
  const request = {
    tables: flags.tables.map(({ name }) => name),
    dates,
    backfillMode: flags.backfillMode,
    options: flags.options,
    select: flags.select,
    rewrite: flags.rewrite || undefined,
    restateOptions: flags.restateOptions || undefined,
  };
  return makePlan(engine.world, widenRequest(engine.world, request, settings));
}
