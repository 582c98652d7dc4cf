import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRunningRidge } from './running-ridge.ts';

const number = fc.double({ min: -50, max: 50, noNaN: true });
const rowsOf = (size: number) =>
  fc.array(fc.tuple(fc.array(number, { minLength: size, maxLength: size }), number), {
    minLength: 8,
    maxLength: 40,
  });

function ridgeOf(rows: readonly (readonly [readonly number[], number])[]) {
  const ridge = makeRunningRidge(rows[0]?.[0].length ?? 0, 2);
  for (const [features, value] of rows) ridge.add(features, [value, -value]);
  return {
    fit: (penalty: number) => {
      const predict = ridge.fit(penalty);
      return (features: readonly number[]) => {
        const [value = 0, opposite = 0] = predict(features);
        expect(opposite).toBeCloseTo(-value, 6);
        return value;
      };
    },
  };
}

describe('running ridge', () => {
  it('finds a line again when nothing is penalised', () => {
    fc.assert(
      fc.property(rowsOf(3), number, number, number, (rows, a, b, c) => {
        const spread = rows.map(([x], i) => [
          [(x[0] ?? 0) + i, (x[1] ?? 0) + ((i * 7) % 5), (x[2] ?? 0) + ((i * 3) % 11)],
          0,
        ]) as unknown as readonly (readonly [readonly number[], number])[];
        const line = (x: readonly number[]) =>
          4 + a * (x[0] ?? 0) + b * (x[1] ?? 0) + c * (x[2] ?? 0);
        const predict = ridgeOf(spread.map(([x]) => [x, line(x)] as const)).fit(1e-9);
        for (const [x] of spread) expect(Math.abs(predict(x) - line(x))).toBeLessThan(0.01);
      }),
      { seed: 20261123, numRuns: 60 },
    );
  });

  it('goes to the mean as the penalty grows, and does not mind a feature that never varies', () => {
    const rows = [1, 2, 3, 4].map((x) => [[x, 7], 10 * x] as const);
    expect(ridgeOf(rows).fit(1e9)([4, 7])).toBeCloseTo(25, 5);
    expect(ridgeOf(rows).fit(1e-9)([4, 7])).toBeCloseTo(40, 3);
  });

  it('halves the slope of a single feature when the penalty is its variance', () => {
    const rows = [0, 1, 2, 3].map((x) => [[x], 2 * x] as const);
    const predict = ridgeOf(rows).fit(1);
    expect(predict([3]) - predict([2])).toBeCloseTo(1, 9);
  });
});
