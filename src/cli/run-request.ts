import type { GameDate } from '../calendar/game-date.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan, PlanRequest, UnitSelection } from '../plan/plan.ts';
import type { RunEngine } from '../run/run-engine.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { chooseTables } from './choose-tables.ts';
import { readDateFlags, readDay, refuseUnknownFuture } from './date-range.ts';
import { type ProcessorOptions, readProcessorOptions } from './processor-options.ts';
import type { PlanFlags } from './run-flags.ts';
import { UsageError } from './usage-error.ts';

/** A request with everything checked that can be without a warehouse. */
export interface RunRequest {
  readonly tables: readonly ComputedTable[];
  /** `undefined`: all dates of the schedule. */
  readonly dates: readonly GameDate[] | undefined;
  readonly processor: ProcessorOptions;
  readonly options: PlanRequest['options'];
  readonly backfillMode: boolean;
  readonly select: UnitSelection | undefined;
}

/**
 * Reads what `run` and `plan` are asked for.
 * @param datesRequired without `--stale`, a run has to say which dates; a plan may mean all.
 * @throws UsageError
 */
export function readRunRequest(
  tables: TableRegistry,
  flags: PlanFlags,
  datesRequired: boolean,
): RunRequest {
  const chosen = chooseTables(tables, flags.tables);
  const processor = readProcessorOptions(flags.option, chosen);
  const { startDate, endDate, stale } = flags;
  const given = flags.dates ?? startDate ?? endDate;
  const { analysisDate } = processor;
  if (analysisDate !== undefined && given !== undefined) {
    throw new UsageError('option analysis_date cannot be combined with other dates');
  }
  const all = given === undefined && analysisDate === undefined && (stale || !datesRequired);
  const optionsGiven = Object.keys(processor.tableOptions).length > 0;
  return {
    tables: chosen,
    dates: all
      ? undefined
      : analysisDate === undefined
        ? readDateFlags({ startDate, endDate, dates: flags.dates })
        : [readDay('option analysis_date', analysisDate)],
    processor,
    // What is stale is made again as it was made, unless told otherwise.
    options: stale && !optionsGiven ? 'recorded' : processor.tableOptions,
    // Stale dates are history: a lookback gap must not hide them.
    backfillMode: processor.backfillMode ?? (flags.backfill || stale),
    select: stale ? { kind: 'stale' } : undefined,
  };
}

/** Plans the request as things stand. @throws UsageError for days that no schedule knows. */
export function planRequest(engine: RunEngine, request: RunRequest): Plan {
  const dates = request.dates ?? engine.calendar.dates;
  refuseUnknownFuture(dates, engine.calendar, engine.facts.today);
  return makePlan(engine.facts, {
    tables: request.tables.map(({ name }) => name),
    dates,
    backfillMode: request.backfillMode,
    options: request.options,
    select: request.select,
  });
}
