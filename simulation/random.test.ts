import { describe, expect, it } from 'vitest';
import { pickIndex, randomOf, shuffled } from './random.ts';

const draw = (count: number, ...labels: (string | number)[]) => {
  const random = randomOf(...labels);
  return Array.from({ length: count }, () => random.uniform());
};

describe('randomOf', () => {
  it('gives equal numbers for equal labels and others for other labels', () => {
    expect(draw(20, 1, 'a')).toEqual(draw(20, 1, 'a'));
    expect(draw(20, 1, 'a')).not.toEqual(draw(20, 1, 'b'));
    expect(draw(20, 1, 'a')).not.toEqual(draw(20, 2, 'a'));
  });

  it('keeps giving the numbers it gave when this was written', () => {
    const random = randomOf(1, 'reference');
    expect(Array.from({ length: 6 }, () => random.integer(1000))).toEqual([
      291, 748, 739, 842, 871, 594,
    ]);
  });

  it('is uniform enough', () => {
    const values = draw(20_000, 'uniform');
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean).toBeCloseTo(0.5, 1);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
  });

  it('draws normal numbers of the mean and deviation asked for', () => {
    const random = randomOf('normal');
    const values = Array.from({ length: 20_000 }, () => random.normal(10, 3));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(10, 0);
    expect(Math.sqrt(variance)).toBeCloseTo(3, 0);
  });
});

it('shuffles without losing or repeating anything', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const result = shuffled(items, randomOf('shuffle'));
  expect(result).not.toEqual(items);
  expect(result.toSorted((a, b) => a - b)).toEqual(items);
});

it('picks indexes as often as their weight and never one of weight 0', () => {
  const random = randomOf('weights');
  const counts = [0, 0, 0, 0];
  for (let turn = 0; turn < 10_000; turn += 1) {
    const index = pickIndex([1, 0, 3, 0], random);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  expect(counts[1]).toBe(0);
  expect(counts[3]).toBe(0);
  expect((counts[2] ?? 0) / (counts[0] ?? 1)).toBeCloseTo(3, 0);
});
