import { expect, it } from 'vitest';
import { openBoxLine, pointsOf } from './box-line.ts';
import { breakTie } from './break-tie.ts';
import { makePlayer } from './player.ts';
import { randomOf } from './random.ts';
import type { Shot } from './shoot.ts';

function level(counts: { freeThrows: number; freeThrowAttempts: number }) {
  const [home, away] = [true, false].map((isHome, index) => ({
    ...openBoxLine(makePlayer(index, 25, 0, randomOf(index)), isHome, 2880),
    fieldGoalAttempts: 1,
    threeAttempts: 1,
    ...counts,
  }));
  if (!home || !away) throw new Error('two lines were made');
  const shots = [home, away].map((line) => ({ line, isThree: true, made: false }) as Shot);
  breakTie([home], [away], shots, randomOf('tie'));
  return { home, away, shots };
}

it.each([
  { freeThrows: 1, freeThrowAttempts: 2, margin: 1 },
  { freeThrows: 2, freeThrowAttempts: 2, margin: 1 },
  { freeThrows: 0, freeThrowAttempts: 0, margin: 3 },
])('separates two level teams with $freeThrows of $freeThrowAttempts free throws', (example) => {
  const { home, away, shots } = level(example);
  expect(Math.abs(pointsOf(home) - pointsOf(away))).toBe(example.margin);
  for (const line of [home, away]) {
    expect(line.freeThrows).toBeLessThanOrEqual(line.freeThrowAttempts);
    const made = shots.filter((shot) => shot.line === line && shot.made).length;
    expect([line.fieldGoals, line.threes]).toEqual([made, made]);
  }
});
