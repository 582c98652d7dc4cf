import type { GameDate } from '../../calendar/game-date.ts';
import type { AskedDays } from '../../engine/asked-days.ts';
import { chooseTables } from '../../engine/choose-tables.ts';
import type { AskedUnits } from '../../engine/plan-units.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { UnitFlags } from '../options/common-inputs.ts';
import { type AskedDay, dayOf, isDated, readDateFlags, readDay } from '../options/date-range.ts';
import { namesIn } from '../options/option-values.ts';
import { type ProcessorOptions, readProcessorOptions } from '../options/processor-options.ts';

/** What the flags of `run` and `plan` mean, with everything checked that can be checked without a warehouse. */
export interface CheckedFlags extends AskedUnits {
  readonly processor: ProcessorOptions;
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
  const chosen = chooseTables(tables, namesIn(flags.tables));
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
