import { expect, test } from 'vitest';
import { gameDate } from '../calendar/game-date.ts';
import { stretches } from './partition-contents.ts';

const counts = (...rows: readonly number[]) =>
  rows.map((count, index) => ({ date: gameDate(`2023-11-0${index + 1}`), rows: count }));

test.each([
  [[], []],
  [[5], ['01–01']],
  [
    [4, 4, 2, 1],
    ['01–03', '04–04'],
  ],
  [
    [50, 1, 9, 50],
    ['01–01', '02–03', '04–04'],
  ],
])('dates with %j rows, ten at once, are hashed as %j', (rows, expected) => {
  const found = stretches(counts(...rows), 10);
  expect(found.map(({ first, last }) => `${first.slice(8)}–${last.slice(8)}`)).toEqual(expected);
});
