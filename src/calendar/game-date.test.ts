import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dayNumber,
  daysBetween,
  daysFromTo,
  gameDate,
  gameDateOfDayNumber,
  parseGameDate,
} from './game-date.ts';

const runs = { numRuns: 500, seed: 1 };
/** 1946-11-01, the first game ever, to far in the future. */
const day = fc.integer({ min: -8462, max: 40_000 });

describe('parseGameDate', () => {
  it.each([
    '2023-02-30',
    '2023-02-29',
    '1900-02-29',
    '2023-13-01',
    '2023-00-10',
    '2023-11-00',
    '2023-11-31',
    '2023-1-1',
    '23-11-01',
    '2023/11/01',
    '2023-11-01 ',
    ' 2023-11-01',
    '2023-11-01\n',
    '2023-11-01T00:00:00',
    '20231101',
    '٢٠٢٣-11-01',
    'yesterday',
    '',
  ])('refuses %j', (text) => {
    expect(parseGameDate(text)).toBeUndefined();
  });

  it.each(['2024-02-29', '2000-02-29', '2023-02-28', '2023-12-31', '2024-01-01', '1946-11-01'])(
    'accepts %s as it is written',
    (text) => {
      expect(parseGameDate(text)).toBe(text);
    },
  );

  it('accepts a day of a four-digit pattern exactly when the calendar has it', () => {
    const part = fc.integer({ min: 0, max: 32 });
    fc.assert(
      fc.property(fc.integer({ min: 1946, max: 2100 }), part, part, (year, month, dayOfMonth) => {
        const two = (value: number) => String(value).padStart(2, '0');
        const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
        const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        const exists = dayOfMonth >= 1 && dayOfMonth <= (lengths[month - 1] ?? 0);
        expect(parseGameDate(`${year}-${two(month)}-${two(dayOfMonth)}`) !== undefined).toBe(
          exists,
        );
      }),
      runs,
    );
  });
});

it('gameDate throws on what is not a day, with the text', () => {
  expect(() => gameDate('2023-02-30')).toThrow('"2023-02-30"');
});

describe('arithmetic', () => {
  it('counts days from 1970-01-01', () => {
    expect(dayNumber(gameDate('1970-01-01'))).toBe(0);
    expect(dayNumber(gameDate('1969-12-31'))).toBe(-1);
    expect(dayNumber(gameDate('2023-11-15'))).toBe(19_676);
  });

  it('goes from a number to a day and back, and every day made is well formed', () => {
    fc.assert(
      fc.property(day, (number) => {
        const date = gameDateOfDayNumber(number);
        expect(dayNumber(date)).toBe(number);
        expect(parseGameDate(date)).toBe(date);
      }),
      runs,
    );
  });

  it('orders as text as it orders in time', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        expect(gameDateOfDayNumber(a) < gameDateOfDayNumber(b)).toBe(a < b);
      }),
      runs,
    );
  });

  it('adds and subtracts days, whatever the month, leap day or clock change between', () => {
    expect(addDays(gameDate('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(gameDate('2023-02-28'), 1)).toBe('2023-03-01');
    expect(addDays(gameDate('2024-01-01'), -1)).toBe('2023-12-31');
    expect(addDays(gameDate('2023-11-05'), 1)).toBe('2023-11-06');
    fc.assert(
      fc.property(day, fc.integer({ min: -1000, max: 1000 }), (number, shift) => {
        const date = gameDateOfDayNumber(number);
        expect(daysBetween(date, addDays(date, shift))).toBe(shift);
        expect(addDays(addDays(date, shift), -shift)).toBe(date);
      }),
      runs,
    );
  });
});

describe('daysFromTo', () => {
  it('includes both ends', () => {
    expect(daysFromTo(gameDate('2024-02-28'), gameDate('2024-03-01'))).toEqual([
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ]);
    expect(daysFromTo(gameDate('2024-03-01'), gameDate('2024-03-01'))).toEqual(['2024-03-01']);
  });

  it('is empty when the end is earlier', () => {
    expect(daysFromTo(gameDate('2024-03-02'), gameDate('2024-03-01'))).toEqual([]);
  });

  it('has every day once, ascending', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400 }), (number, length) => {
        const start = gameDateOfDayNumber(number);
        const days = daysFromTo(start, addDays(start, length));
        expect(days.map(dayNumber)).toEqual(
          Array.from({ length: length + 1 }, (_, offset) => number + offset),
        );
      }),
      { ...runs, numRuns: 50 },
    );
  });
});
