import { daysFromTo, type GameDate, parseGameDate } from '../../calendar/game-date.ts';
import { type AskedDays, datesOfSeason } from '../../engine/asked-days.ts';
import { chooseTables } from '../../engine/choose-tables.ts';
import { optionFault } from '../../engine/option-fault.ts';
import { type AskedUnits, defaultBatchDays } from '../../engine/plan-units.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { PlanSettings } from '../../plan/saved-plan.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { RunEngine } from '../../world/run-engine.ts';

/** Days as `YYYY-MM-DD`: a list of them, a range with both ends, or the game dates of the season that begins in a year. */
export type Days =
  | readonly string[]
  | { readonly from: string; readonly to: string }
  | { readonly season: number };

/** Which tables and dates are meant, and how they are worked. */
export interface UnitsRequest {
  /** Names of tables; all that are computed unless given. */
  readonly tables?: readonly string[];
  /** All dates of the schedule unless given; `daily` and `rewrite` want some. */
  readonly dates?: Days;
  /**
   * `history`: what is missing, failed or stale, and gaps before it are warnings. `stale`: only what is stale.
   * `rewrite`: also what is done. `daily`: for today's games, with what follows from the tables asked for; gaps block.
   * `history` unless given.
   */
  readonly mode?: 'history' | 'stale' | 'rewrite' | 'daily';
  /** Options of the tables, such as `min_games`, by name; whole numbers. */
  readonly options?: Readonly<Record<string, number>>;
  /** Brings what stands with other options to these; what stands keeps its own unless given. */
  readonly restateOptions?: boolean;
  /** Most game dates per query; 850 unless given. */
  readonly batchDays?: number;
  /** Whether a date may lose more than half of its rows. */
  readonly allowShrink?: boolean;
}

/** What a request comes to. @throws UsageError when it cannot be meant. */
export function askUnits(
  tables: TableRegistry,
  request: UnitsRequest,
): { readonly asked: AskedUnits; readonly settings: PlanSettings } {
  const { mode = 'history', options = {}, restateOptions = false } = request;
  const chosen = chooseTables(tables, request.tables);
  const fault = optionFault(chosen, options);
  if (fault !== undefined) throw new UsageError(fault);
  if (request.dates === undefined && (mode === 'daily' || mode === 'rewrite'))
    throw new UsageError(`which dates? a request with mode "${mode}" names them`);
  const backfillMode = mode !== 'daily';
  const keepsOptions =
    (mode === 'stale' || mode === 'rewrite') &&
    Object.keys(options).length === 0 &&
    !restateOptions;
  return {
    asked: {
      tables: chosen,
      dates: request.dates && readDays(request.dates),
      options: keepsOptions ? 'recorded' : options,
      backfillMode,
      select: mode === 'stale' ? { kind: 'stale' } : undefined,
      rewrite: mode === 'rewrite',
      restateOptions,
    },
    settings: {
      batchDays: request.batchDays ?? defaultBatchDays,
      allowShrink: request.allowShrink ?? false,
      skipDownstreamTrigger: backfillMode,
    },
  };
}

/** @throws UsageError for what is no day, or a range that ends before it begins. */
export function readDays(days: Days): AskedDays {
  if ('season' in days) return (calendar) => datesOfSeason(calendar, days.season);
  if (!('from' in days)) return [...new Set(days.map(readDay))].sort();
  const [from, to] = [readDay(days.from), readDay(days.to)];
  if (to < from) throw new UsageError(`the range is reversed: ${from} is after ${to}`);
  return daysFromTo(from, to);
}

function readDay(text: string): GameDate {
  const day = parseGameDate(text);
  if (day === undefined) throw new UsageError(`"${text}" is no day, YYYY-MM-DD`);
  return day;
}

/** The days of a request, for which a season is looked up in the schedule. @throws UsageError */
export async function daysIn(
  days: Days,
  engine: () => Promise<RunEngine>,
): Promise<readonly GameDate[]> {
  const asked = readDays(days);
  return typeof asked === 'function' ? asked((await engine()).world.calendar) : asked;
}

/** The days of a request as a ledger keeps them. */
export function daysKept(days: Days | undefined): object {
  if (days === undefined) return {};
  if ('season' in days) return { season: days.season };
  return 'from' in days ? { start_date: days.from, end_date: days.to } : { dates: days.join(',') };
}
