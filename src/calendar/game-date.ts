declare const brand: unique symbol;

/** A calendar day `YYYY-MM-DD` (US Eastern date of a game). Only {@link parseGameDate} makes one. */
export type GameDate = string & { readonly [brand]: 'GameDate' };

const MS_PER_DAY = 86_400_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01. */
export function dayNumber(date: GameDate): number {
  return Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10)) / MS_PER_DAY;
}

/** Days that were written before, by number: a plan asks for the same few thousand again and again. */
const written = new Map<number, GameDate>();

/** The day that is `days` after 1970-01-01. */
export function gameDateOfDayNumber(days: number): GameDate {
  const known = written.get(days);
  if (known !== undefined) return known;
  const date = new Date(days * MS_PER_DAY).toISOString().slice(0, 10) as GameDate;
  written.set(days, date);
  return date;
}

/**
 * Reads a day written as `YYYY-MM-DD`.
 * @returns the day, or `undefined` when the text has another shape or no such day exists (`2023-02-30`).
 */
export function parseGameDate(text: string): GameDate | undefined {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const days = dayNumber(text as GameDate);
  if (Number.isNaN(days)) return undefined;
  return gameDateOfDayNumber(days) === text ? (text as GameDate) : undefined;
}

/** TRUE for a text that is written as a day, whether or not there is such a day. */
export function isDayShaped(text: string): boolean {
  return SHAPE.test(text);
}

/**
 * Takes a text for a day that is known to be well formed: a literal in code, or a value read back from the
 * warehouse.
 * @throws when it is not; that is a bug of the caller.
 */
export function gameDate(text: string): GameDate {
  const date = parseGameDate(text);
  if (date === undefined) throw new Error(`not a calendar day: "${text}"`);
  return date;
}

/** The day `days` later (earlier when negative). */
export function addDays(date: GameDate, days: number): GameDate {
  return gameDateOfDayNumber(dayNumber(date) + days);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: GameDate, to: GameDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Every day from `start` to `end`, both included, ascending; empty when `end` is earlier. */
export function daysFromTo(start: GameDate, end: GameDate): readonly GameDate[] {
  const first = dayNumber(start);
  const count = Math.max(0, dayNumber(end) - first + 1);
  return Array.from({ length: count }, (_, offset) => gameDateOfDayNumber(first + offset));
}
