import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysFromTo, type GameDate, gameDate } from '../calendar/game-date.ts';
import { makeSeasonCalendar } from '../calendar/season-calendar.ts';
import { countUpstream } from './upstream-count.ts';

const daysWithoutGames = new Set([
  '2023-11-07',
  '2023-11-23',
  '2023-12-03',
  '2023-12-09',
  '2023-12-10',
  '2023-12-24',
  ...daysFromTo(gameDate('2024-02-16'), gameDate('2024-02-21')),
]);
/** Game dates of 2023-24 in the windows that are looked at. */
const gameDates: readonly GameDate[] = [
  ...daysFromTo(gameDate('2023-10-24'), gameDate('2023-12-26')),
  ...daysFromTo(gameDate('2024-01-15'), gameDate('2024-02-22')),
  ...daysFromTo(gameDate('2024-05-15'), gameDate('2024-05-28')).filter(
    (date) => date !== '2024-05-20',
  ),
  ...['2024-05-30', '2024-06-06', '2024-06-09', '2024-06-12', '2024-06-14'].map(gameDate),
].filter((date) => !daysWithoutGames.has(date));

const lastSeason = ['2023-06-09', '2023-06-12'].map(gameDate);
const calendar = makeSeasonCalendar(
  [
    ...lastSeason.map((date) => ({ date, seasonYear: 2022 })),
    ...gameDates.map((date) => ({ date, seasonYear: 2023 })),
  ].map((row) => ({ ...row, games: 5, teams: [], finalTeams: [] })),
);

const count = (date: string, days: number, absent: readonly string[] = []) =>
  countUpstream(
    calendar,
    { days, tables: ['player_game_summary'] },
    gameDate(date),
    (_, day) => !absent.includes(day),
  );

describe('with everything there', () => {
  it.each([
    ['2023-11-02', [9, 9, 9, 9]],
    ['2023-11-15', [9, 13, 14, 21]],
    ['2023-12-26', [9, 13, 14, 26]],
    ['2024-02-22', [4, 8, 9, 24]],
    ['2024-06-14', [3, 3, 4, 17]],
  ])('%s: lookbacks of 10, 14, 15 and 30 days find %j dates and are complete', (date, expected) => {
    const counts = [10, 14, 15, 30].map((days) => count(date, days));
    expect(counts.map(({ available }) => available)).toEqual(expected);
    expect(counts.map(({ scheduled }) => scheduled)).toEqual(expected);
    expect(counts.map(({ lookback }) => lookback)).toEqual([10, 14, 15, 30]);
    expect(counts.every(({ complete }) => complete)).toBe(true);
  });
});

describe('with gaps', () => {
  it.each([
    ['2023-11-15', 10, ['2023-11-10'], 8, 9, true],
    ['2023-11-15', 10, ['2023-11-10', '2023-11-05'], 7, 9, false],
    ['2023-11-15', 10, ['2023-11-04'], 9, 9, true],
    ['2024-02-22', 10, ['2024-02-14'], 3, 4, false],
    ['2023-11-15', 14, ['2023-11-10'], 12, 13, true],
    ['2023-11-15', 14, ['2023-11-10', '2023-11-11'], 11, 13, false],
    ['2023-11-15', 30, ['2023-11-10'], 20, 21, true],
    ['2023-11-15', 30, ['2023-11-10', '2023-11-11'], 19, 21, false],
  ] as const)(
    '%s, %i days, without %j: %i of %i',
    (date, days, absent, available, scheduled, complete) => {
      expect(count(date, days, absent)).toEqual({ available, scheduled, lookback: days, complete });
    },
  );

  it('nothing there at all is complete only where nothing is scheduled', () => {
    expect(count('2023-10-24', 10)).toMatchObject({ available: 0, scheduled: 0, complete: true });
    expect(count('2023-10-25', 10, ['2023-10-24'])).toMatchObject({ complete: false });
  });
});

it('a date counts only if all of the tables have it', () => {
  const lookback = { days: 10, tables: ['player_game_summary', 'team_offense_game_summary'] };
  const has = (table: string, day: GameDate) =>
    table === 'player_game_summary' || day !== '2023-11-10';
  expect(countUpstream(calendar, lookback, gameDate('2023-11-15'), has).available).toBe(8);
});

it('throws for a day without games', () => {
  expect(() => count('2023-11-07', 10)).toThrow('2023-11-07');
});

it('agrees with the rule read off the specification, for any gaps and lookbacks', () => {
  const gaps = fc.subarray([...gameDates]);
  fc.assert(
    fc.property(
      fc.constantFrom(...gameDates),
      fc.integer({ min: 1, max: 40 }),
      gaps,
      (date, days, absent) => {
        const missing = new Set<string>(absent);
        const scheduled = daysFromTo(addDays(date, -days), addDays(date, -1)).filter((day) =>
          gameDates.includes(day),
        ).length;
        const result = count(date, days, absent);
        const available = gameDates.filter(
          (day) => day >= addDays(date, -days) && day < date && !missing.has(day),
        ).length;
        expect(result).toEqual({
          available,
          scheduled,
          lookback: days,
          complete: 10 * available >= Math.min(8 * days, 200) || available === scheduled,
        });
      },
    ),
    { numRuns: 300, seed: 21 },
  );
});
