import { expect, it } from 'vitest';
import { randomOf } from '../../simulation/random.ts';
import { blockBootstrap } from './block-bootstrap.ts';

const dates = (sums: readonly number[]) => sums.map((sum) => ({ sum, rows: 1 }));

it('is certain of what is the same every day', () => {
  const estimate = blockBootstrap(dates(Array(40).fill(2)), randomOf('study', 1).uniform);
  expect(estimate).toEqual({ mean: 2, low: 2, high: 2 });
});

it('is wider where days go together in blocks than where they alternate', () => {
  const width = (sums: readonly number[]) => {
    const { low, high } = blockBootstrap(dates(sums), randomOf('study', 2).uniform);
    return high - low;
  };
  const alternating = Array.from({ length: 140 }, (_, day) => day % 2);
  const inWeeks = Array.from({ length: 140 }, (_, day) => Math.floor(day / 7) % 2);
  expect(width(inWeeks)).toBeGreaterThan(2 * width(alternating));
});

it('weighs a date by its rows', () => {
  const two = [
    { sum: 10, rows: 1 },
    { sum: 0, rows: 9 },
  ];
  expect(blockBootstrap(two, randomOf('study', 3).uniform).mean).toBe(1);
});
