/**
 * What daily mode checks before a date and backfill mode does not. A schedule that follows from the player
 * logs cannot show a missing log: the day simply has no games. So a schedule file must list the days that are
 * read, every game that it lists before the date must have a result, and the summaries of the last days must
 * be there. Older gaps are held to the lookback rule (R9) in `find-block.ts`.
 */
import { addDays, daysBetween, type GameDate } from '../calendar/game-date.ts';
import { hasDate, type Season, seasonOf } from '../calendar/season-calendar.ts';
import { type ComputedTable, knownOf } from '../table/table-definition.ts';
import type { World } from '../world/world.ts';
import { ingestLogs } from './ingest-logs.ts';
import type { UnitId } from './plan.ts';

/** Why a unit is not worked. */
export interface Block {
  readonly reason: string;
  /** The command that fills what is absent. */
  readonly help: string;
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
): string | undefined {
  // A game of yesterday may end after midnight. A refused log is there and has to be mended.
  if (!isAfterTheDay(table) || daysBetween(date, today) > 1) return undefined;
  const open = openGames({ calendar }, date);
  if (open === 0 || calendar.refused.has(date)) return undefined;
  const { games } = calendar.scheduled(date) ?? { games: 0 };
  return `${open} of ${games} games not final yet`;
}

/** Scheduled games of a date without a result. */
function openGames({ calendar }: Pick<World, 'calendar'>, date: GameDate): number {
  const scheduled = calendar.scheduled(date);
  return scheduled ? scheduled.games - scheduled.finalTeams.length / 2 : 0;
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
  if (unlisted !== undefined) return { reason: unlisted, help: 'backcourt ingest schedule <file>' };
  const needed = isAfterTheDay(table)
    ? [date]
    : world.calendar.gameDatesIn(season.year, season.start, date);
  const open = needed.filter((day) => openGames(world, day) > 0);
  if (open.length === 0) return undefined;
  return {
    reason: `no result for ${listed(open, (day) => openText(world, day))}`,
    help: ingestLogs(world),
  };
}

function openText(world: World, day: GameDate): string {
  const refusal = world.calendar.refused.get(day);
  const games = world.calendar.scheduled(day)?.games ?? 0;
  const more = refusal === undefined ? '' : `, refused at ingest: ${refusal}`;
  return `${day} (${openGames(world, day)} of ${games} games${more})`;
}

/** Which days of those that count no schedule file lists. */
function findUnlisted(
  world: World,
  { year, start, listed: reach }: Season,
  table: ComputedTable,
  date: GameDate,
): string | undefined {
  if (!reach) {
    return `no schedule file for season ${year}: without one a missing player log looks like a day without games; history is for --backfill`;
  }
  const back = addDays(date, -longestLookback(world));
  const from = isAfterTheDay(table) ? date : back < start ? start : back;
  if (from < reach.first || date > reach.last) {
    return `the schedule files of season ${year} list ${reach.first} to ${reach.last}; daily mode needs ${from === date ? date : `${from} to ${date}`}; history is for --backfill`;
  }
  const dates = [...world.calendar.gameDatesIn(year, from, date), date];
  const absent = dates.filter(
    (day) => (world.ledger.get('schedule_entries', day)?.rows ?? 0) === 0,
  );
  if (absent.length === 0) return undefined;
  return `no schedule file lists ${listed(absent, (day) => day)}; history is for --backfill`;
}

/** One length for all tables, so that those of a date are ready together or not at all. */
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
        ? `${table} failed for ${first}: ${failure.text}`
        : `${table} has no rows for ${listed(absent, (day) => day)}`,
      help: `backcourt run --tables ${summaries.join(',')} --dates ${absent.join(',')}`,
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

const mostNamed = 5;

function listed(days: readonly GameDate[], text: (day: GameDate) => string): string {
  const more = days.length - mostNamed;
  const named = days.slice(0, mostNamed).map(text).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}
