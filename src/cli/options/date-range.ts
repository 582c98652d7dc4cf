import {
  addDays,
  daysFromTo,
  type GameDate,
  isDayShaped,
  parseGameDate,
} from '../../calendar/game-date.ts';
import { leagueDays } from '../../calendar/known-seasons.ts';
import type { SeasonCalendar } from '../../calendar/season-calendar.ts';
import { type AskedDays, datesOfSeason } from '../../engine/asked-days.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { DateFlags } from './common-inputs.ts';

/** TRUE when flags say which days are meant. */
export function isDated({ startDate, endDate, dates, season }: Partial<DayFlags>): boolean {
  return (startDate ?? endDate ?? dates ?? season) !== undefined;
}

/** Flags that say which days are meant; not every verb takes a season. */
export type DayFlags = DateFlags & { readonly season?: number | undefined };

/**
 * The days asked for.
 * @param today in US Eastern.
 * @throws UsageError for no such day, a reversed range, several forms, or none.
 */
export function readDateFlags(
  { startDate, endDate, dates, season }: Partial<DayFlags>,
  today: GameDate,
): AskedDays {
  if (season !== undefined) {
    if (isDated({ startDate, endDate, dates })) {
      throw new UsageError(
        '--season cannot be combined with --dates or --start-date and --end-date',
      );
    }
    return (calendar) => datesOfSeason(calendar, season);
  }
  if (dates !== undefined) {
    if (startDate !== undefined || endDate !== undefined) {
      throw new UsageError('--dates cannot be combined with --start-date and --end-date');
    }
    return readDayList(dates, today);
  }
  if (startDate === undefined || endDate === undefined) {
    // An end that is no day is told before the one that lacks: it would be the next thing to be wrong.
    if (startDate !== undefined) readDay('--start-date', startDate, today);
    if (endDate !== undefined) readDay('--end-date', endDate, today);
    const missing = startDate === undefined ? '--start-date' : '--end-date';
    throw new UsageError(
      (startDate ?? endDate) === undefined
        ? 'which dates? give --dates 2023-11-01,today,… or --start-date and --end-date'
        : `${missing} is missing; a range needs both ends, and ${dayForm}`,
    );
  }
  const start = readDay('--start-date', startDate, today);
  const end = readDay('--end-date', endDate, today);
  return isLatest(start) || isLatest(end)
    ? (calendar) => rangeOf(dayOf(start, calendar), dayOf(end, calendar))
    : rangeOf(start, end);
}

/** @throws UsageError for a reversed range, or one out of history. */
function rangeOf(start: GameDate, end: GameDate): readonly GameDate[] {
  if (end < start) {
    throw new UsageError(`the range is reversed: --start-date ${start} is after --end-date ${end}`);
  }
  refuseOutOfHistory('--start-date', start);
  refuseOutOfHistory('--end-date', end);
  return daysFromTo(start, end);
}

const latest = 'latest';

const dayForm = `a day is YYYY-MM-DD, today, yesterday or ${latest}`;

/** A day, or the last one with a final game, which only the schedule that is loaded tells. */
export type AskedDay = GameDate | typeof latest;

function isLatest(day: AskedDay): day is typeof latest {
  return day === latest;
}

/** The day, once the schedule is there. @throws UsageError when no game is final. */
export function dayOf(day: AskedDay, calendar: SeasonCalendar): GameDate {
  return isLatest(day) ? latestFinalDate(calendar) : day;
}

/** A list of days, of which some may be words. */
function readDayList(dates: string, today: GameDate): AskedDays {
  const list = dates
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (list.length === 0) throw new UsageError(`--dates names no day; ${dayForm}`);
  const days = list.map((text) => readDay('--dates', text, today));
  const sorted = (all: readonly GameDate[]) => [...new Set(all)].sort();
  const known = days.flatMap((day) => (isLatest(day) ? [] : [day]));
  return known.length < days.length
    ? (calendar) => sorted([...known, latestFinalDate(calendar)])
    : sorted(known);
}

/** @throws UsageError when no game is final. */
function latestFinalDate(calendar: SeasonCalendar): GameDate {
  const date = calendar.dates.findLast((day) => calendar.scheduled(day)?.finalTeams.length);
  if (date !== undefined) return date;
  throw new UsageError(`${latest}: no final game is loaded; ingest box scores first`);
}

/** A range is worked day by day: centuries without games would only cost time. @throws UsageError */
function refuseOutOfHistory(flag: string, date: GameDate): void {
  if (date >= leagueDays.first && date <= leagueDays.last) return;
  throw new UsageError(
    `${flag} ${date}: the NBA plays from ${leagueDays.first} on, and ${leagueDays.last} is the last day that can be worked`,
  );
}

/** A day, or a word for one. @param today in US Eastern. @throws UsageError when the text is not one existing day. */
export function readDay(flag: string, text: string, today: GameDate): AskedDay {
  switch (text) {
    case 'today':
      return today;
    case 'yesterday':
      return addDays(today, -1);
    case latest:
      return latest;
  }
  const date = parseGameDate(text);
  if (date !== undefined) return date;
  const why = isDayShaped(text) ? `there is no such day; ${dayForm}` : dayForm;
  throw new UsageError(`${flag} "${text}": ${why}`);
}
