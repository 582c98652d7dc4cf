import { daysFromTo, type GameDate, parseGameDate } from '../../calendar/game-date.ts';
import { leagueDays } from '../../calendar/known-seasons.ts';
import type { SeasonCalendar } from '../../calendar/season-calendar.ts';
import type { DateFlags } from './common-inputs.ts';
import { UsageError } from './usage-error.ts';

/**
 * The days asked for, ascending and without repeats.
 * @throws UsageError for no such day, a reversed range, both forms, or neither.
 */
export function readDateFlags({
  startDate,
  endDate,
  dates,
}: Partial<DateFlags>): readonly GameDate[] {
  if (dates !== undefined) {
    if (startDate !== undefined || endDate !== undefined) {
      throw new UsageError('--dates cannot be combined with --start-date and --end-date');
    }
    const list = dates.split(',').filter((text) => text.trim() !== '');
    if (list.length === 0) throw new UsageError('--dates names no day');
    return [...new Set(list.map((text) => readDay('--dates', text.trim())))].sort();
  }
  if (startDate === undefined || endDate === undefined) {
    const given = startDate ?? endDate;
    const missing = startDate === undefined ? '--start-date' : '--end-date';
    throw new UsageError(
      given === undefined
        ? 'which dates? give --start-date and --end-date, or --dates d1,d2,…'
        : `${missing} is missing; a range needs both ends`,
    );
  }
  const start = readDay('--start-date', startDate);
  const end = readDay('--end-date', endDate);
  if (end < start) {
    throw new UsageError(`the range is reversed: --start-date ${start} is after --end-date ${end}`);
  }
  refuseOutOfHistory('--start-date', start);
  refuseOutOfHistory('--end-date', end);
  return daysFromTo(start, end);
}

/** A range is worked day by day: centuries without games would only cost time. @throws UsageError */
function refuseOutOfHistory(flag: string, date: GameDate): void {
  if (date >= leagueDays.first && date <= leagueDays.last) return;
  throw new UsageError(
    `${flag} ${date}: the NBA plays from ${leagueDays.first} on, and ${leagueDays.last} is the last day that can be worked`,
  );
}

/** @throws UsageError for days after today that no schedule knows: a typing error more often than a wish. */
export function refuseUnknownFuture(
  dates: readonly GameDate[],
  calendar: SeasonCalendar,
  today: GameDate,
): void {
  const lastKnown = calendar.dates.at(-1);
  const limit = lastKnown !== undefined && lastKnown > today ? lastKnown : today;
  const beyond = dates.find((date) => date > limit);
  if (beyond !== undefined) {
    throw new UsageError(`${beyond} is later than today, ${today}, and no schedule knows it`);
  }
}

/** @throws UsageError when the text is not one existing day. */
export function readDay(flag: string, text: string): GameDate {
  const date = parseGameDate(text);
  if (date !== undefined) return date;
  const why = /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'there is no such day' : 'a day is YYYY-MM-DD';
  throw new UsageError(`${flag} "${text}": ${why}`);
}
