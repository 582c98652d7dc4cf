import { addDays, gameDate, isDayShaped, parseGameDate } from '../../calendar/game-date.ts';
import { UsageError } from '../../engine/usage-error.ts';

/**
 * A time as it is typed or printed: a day or a word for one, or a day and the time of day, UTC unless it has an offset.
 * @param now ISO 8601. @returns ISO 8601; `undefined` for no time.
 */
export function readTime(text: string, now: string): string | undefined {
  const today = gameDate(now.slice(0, 10));
  if (text === 'today') return readTime(today, now);
  if (text === 'yesterday') return readTime(addDays(today, -1), now);
  const [, day, clock = '00:00', sign, hours, minutes = '00'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?)?$/.exec(
      text,
    ) ?? [];
  if (day === undefined || parseGameDate(day) === undefined) return undefined;
  const zone = sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`;
  const time = new Date(`${day}T${clock}${zone}`);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/**
 * A time that is over, of an input.
 * @param name of the input. @throws UsageError for no time, and for one that is still to come.
 */
export function readPastTime(name: string, text: string, now: string): string {
  const time = readTime(text, now);
  if (time === undefined) {
    const day = text.slice(0, 10);
    const why =
      isDayShaped(day) && parseGameDate(day) === undefined ? 'there is no such day; ' : '';
    throw new UsageError(
      `${name} "${text}": ${why}a time is YYYY-MM-DD[THH:MM[:SS]], UTC or with an offset, today or yesterday`,
    );
  }
  if (time > now) throw new UsageError(`${name} ${text} is in the future`);
  return time;
}
