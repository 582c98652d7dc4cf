import { expect, test } from 'vitest';
import { longBreakEnd, longBreakSince } from './long-break.ts';
import { ANALYSIS_DATE, gameBefore, gamesOf } from './made-up-seasons.ts';

const daysBefore = (...days: readonly number[]) => gamesOf(days.map((day) => gameBefore(day)));

test.each([
  [[2, 4, 6], null],
  // 30 days from one game to the next are none.
  [[2, 32, 33], null],
  [[2, 33, 34], '2025-01-18'],
  [[2, 33, 64], '2025-01-18'],
  [[30, 31], null],
  // The date itself ends one, as the schedule says.
  [[31, 33], ANALYSIS_DATE],
])('after games %j days before', (days, end) => {
  expect(longBreakEnd(daysBefore(...days), 2024, ANALYSIS_DATE)).toBe(end);
});

test('a day is before the break or not', () => {
  const games = daysBefore(1, 2, 40, 41);
  expect(longBreakSince(games, 2024, gameBefore(40).date, ANALYSIS_DATE)).toBe(true);
  expect(longBreakSince(games, 2024, gameBefore(2).date, ANALYSIS_DATE)).toBe(false);
  expect(longBreakSince(games, 2024, gameBefore(41).date, gameBefore(39).date)).toBe(false);
});
