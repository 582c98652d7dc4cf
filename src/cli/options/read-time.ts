import { parseGameDate } from '../../calendar/game-date.ts';

/** A time as it is typed, UTC: a day, or a day and the time of day. @returns ISO 8601; `undefined` for no time. */
export function readTime(text: string): string | undefined {
  const [, day, clock = '00:00'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)Z?)?$/.exec(text) ?? [];
  if (day === undefined || parseGameDate(day) === undefined) return undefined;
  const time = new Date(`${day}T${clock}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
