import { describe, expect, test } from 'vitest';
import { measuredSpread, ratioSpread, together } from './measurement.ts';
import { spreadOf } from './spread.ts';

const took = (wallSeconds: number, cpuSeconds = wallSeconds, peakMiB = 100) => ({
  wallSeconds,
  cpuSeconds,
  peakMiB,
});

describe('the spread', () => {
  test.each([
    [[3], { median: 3, min: 3, max: 3 }],
    [[3, 1, 2], { median: 2, min: 1, max: 3 }],
    [[10, 9], { median: 9.5, min: 9, max: 10 }],
    [[5, 100, 1, 2, 4], { median: 4, min: 1, max: 100 }],
  ])('of %j', (values, expected) => {
    expect(spreadOf(values)).toEqual(expected);
  });

  test('of nothing is refused', () => {
    expect(() => spreadOf([])).toThrow('nothing was measured');
  });

  test('leaves the values in their order', () => {
    const values = [3, 1, 2];
    spreadOf(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

test('processes one after the other add up, but for their memory', () => {
  expect(together([took(1, 2, 300), took(3, 5, 200)])).toEqual(took(4, 7, 300));
});

test('wall, processor and memory have their own medians', () => {
  const spread = measuredSpread([took(1, 30, 100), took(2, 10, 300), took(3, 20, 200)]);
  expect(spread.wallSeconds.median).toBe(2);
  expect(spread.cpuSeconds.median).toBe(20);
  expect(spread.peakMiB).toEqual({ median: 200, min: 100, max: 300 });
});

test('a ratio is the median of the ratios of pairs, not the ratio of medians', () => {
  const pairs = [
    { product: took(2), bare: took(1) },
    // A slow minute of the machine.
    { product: took(30), bare: took(20) },
    { product: took(3), bare: took(2) },
  ];
  expect(ratioSpread(pairs).wall).toEqual({ median: 1.5, min: 1.5, max: 2 });
});
