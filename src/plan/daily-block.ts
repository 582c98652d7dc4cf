/**
 * What daily mode checks before a date and backfill mode does not. A schedule that follows from the player
 * logs cannot show a missing log: the day simply has no games. So a schedule file must list the days that are
 * read, every game that it lists before the date must have a result, and the summaries of the last days must
 * be there. Older gaps are held to the lookback rule in `find-block.ts`.
 */
import { addDays, daysBetween, type GameDate } from '../calendar/game-date.ts';
import { hasDate, type Season, seasonOf } from '../calendar/season-calendar.ts';
import { type ComputedTable, knownOf } from '../table/table-definition.ts';
import type { World } from '../world/world.ts';
import { openGames } from './incomplete-dates.ts';
import { ingestLogs, ingestSchedule } from './ingest-files.ts';
import type { UnitId } from './plan.ts';
import type { Reason } from './reason.ts';
import type { Remedy } from './remedy.ts';

/** Why a unit is not worked. */
export interface Block {
  readonly reason: Reason;
  /** What fills what is absent. */
  readonly remedy: Remedy;
  /** The partition that is absent or failed. */
  readonly cause?: UnitId;
}

/**
 * Days before a date on which daily mode makes up for what was not run and accepts no gap. A week is
 * a person's pause; what is older is history, and that somebody decides about.
 */
export const catchUpDays = 7;

/** TRUE for tables about the games of the date itself: there is nothing to compute before they end. */
export function isAfterTheDay(table: ComputedTable): boolean {
  return knownOf(table) === 'after_the_day';
}

/** Why the summaries of a date have to wait: its games may still be played, or have just ended. */
export function notFinalYet(
  { calendar, today }: Pick<World, 'calendar' | 'today'>,
  table: ComputedTable,
  date: GameDate,
): Reason | undefined {
  // A game of yesterday may end after midnight. A refused log is there and has to be mended.
  if (!isAfterTheDay(table) || daysBetween(date, today) > 1) return undefined;
  const open = openGames(calendar, date);
  if (open === 0 || calendar.refused.has(date)) return undefined;
  const { games } = calendar.scheduled(date) ?? { games: 0 };
  return { kind: 'games_not_final', open, games };
}

/** What the schedule says against working a date in daily mode. */
export function findScheduleBlock(
  world: World,
  table: ComputedTable,
  date: GameDate,
): Block | undefined {
  const season = seasonOf(world.calendar, date);
  if (!season) return undefined;
  const unlisted = findUnlisted(world, season, table, date);
  if (unlisted) {
    return {
      reason: unlisted,
      remedy: unlisted.kind === 'no_schedule_file' ? asHistory(date) : ingestSchedule,
    };
  }
  const needed = isAfterTheDay(table)
    ? [date]
    : world.calendar.gameDatesIn(season.year, season.start, date);
  const open = needed.filter((day) => openGames(world.calendar, day) > 0);
  if (open.length === 0) return undefined;
  return {
    reason: {
      kind: 'results_missing',
      dates: open.map((day) => ({
        date: day,
        open: openGames(world.calendar, day),
        games: world.calendar.scheduled(day)?.games ?? 0,
        refused: world.calendar.refused.get(day),
      })),
    },
    remedy: ingestLogs(world),
  };
}

/** A date of a season without any schedule file is there by its logs alone: its games are over. */
function asHistory(date: GameDate): Remedy {
  const dates = { kind: 'range', first: date, last: date } as const;
  return { verb: 'run', mode: 'backfill', tables: undefined, dates };
}

/** Which days of those that count no schedule file lists. */
function findUnlisted(
  world: World,
  { year, start, listed: reach }: Season,
  table: ComputedTable,
  date: GameDate,
): Reason | undefined {
  if (!reach) return { kind: 'no_schedule_file', season: year };
  const back = addDays(date, -longestLookback(world));
  const from = isAfterTheDay(table) ? date : back < start ? start : back;
  if (from < reach.first || date > reach.last) {
    const { first, last } = reach;
    return { kind: 'schedule_files_too_short', season: year, first, last, from, to: date };
  }
  const dates = [...world.calendar.gameDatesIn(year, from, date), date];
  const absent = dates.filter(
    (day) => (world.ledger.get('schedule_entries', day)?.rows ?? 0) === 0,
  );
  return absent.length === 0 ? undefined : { kind: 'dates_not_listed', dates: absent };
}

/**
 * The longest lookback of any table. One length holds for all of them, so that those of a date are ready
 * together or not at all.
 */
function longestLookback({ tables }: World): number {
  return Math.max(0, ...tables.computed.map(({ lookback }) => lookback?.days ?? 0));
}

/** A summary of the last days that is absent or failed: nothing older excuses it. */
export function findRecentGap(
  world: World,
  summaries: readonly string[],
  date: GameDate,
  changing: ReadonlyMap<string, readonly GameDate[]>,
): Block | undefined {
  const days = recentGameDates(world, date);
  for (const table of summaries) {
    const absent = days.filter((day) => {
      const record = world.ledger.get(table, day);
      const stands = (record?.rows ?? 0) > 0 && record?.state !== 'failed';
      return !stands && !hasDate(changing.get(table), day);
    });
    const [first] = absent;
    if (first === undefined) continue;
    const failure = world.ledger.get(table, first)?.failure;
    return {
      reason: failure
        ? { kind: 'input_failed', table, date: first, failure }
        : { kind: 'recent_input_missing', table, dates: absent },
      remedy: {
        verb: 'run',
        mode: 'daily',
        tables: summaries,
        dates: { kind: 'list', dates: absent },
      },
      cause: { table, date: first },
    };
  }
  return undefined;
}

/** Game dates of the same season on which daily mode makes up for what was not run. */
export function recentGameDates(world: World, date: GameDate): readonly GameDate[] {
  const season = seasonOf(world.calendar, date);
  return season ? world.calendar.gameDatesIn(season.year, addDays(date, -catchUpDays), date) : [];
}
