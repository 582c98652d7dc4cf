import { expect, it } from 'vitest';
import type { MarketRow } from './market-row.ts';
import { walkForward } from './walk-forward.ts';

const row = (day: number, x: number | null, points: number): MarketRow => ({
  date: `2023-11-${String(day).padStart(2, '0')}`,
  seasonYear: 2023,
  isPlayoffs: false,
  features: { v1: [0], v2: [x] },
  actual: [points],
  last10: [0],
  season: [0],
  lines: [],
});
const rows = [1, 2, 3, 4, 5, 6].flatMap((day) => [
  row(day, day, 3 * day),
  row(day, day + 10, 3 * day + 30),
]);

it('predicts from earlier dates alone: what happens on a date or later changes nothing of it', () => {
  const known = (predictions: ReturnType<typeof walkForward>) =>
    predictions
      .filter(({ row: { date } }) => date <= '2023-11-04')
      .map(({ plain, rooted }) => [plain, rooted]);
  const before = walkForward(rows, 'v2', '2023-11-03', 0.01);
  const disturbed = rows.map((each) => {
    if (each.date < '2023-11-04') return each;
    const later = each.date > '2023-11-04';
    return { ...each, actual: [1000], ...(later && { features: { v1: [0], v2: [null] } }) };
  });
  const after = walkForward(disturbed, 'v2', '2023-11-03', 0.01);
  expect(known(after)).toEqual(known(before));
  expect(known(before)).toHaveLength(4);
  expect(after.at(-1)?.plain).not.toEqual(before.at(-1)?.plain);
});

it('learns: the error of a linear world goes to nothing', () => {
  const [first] = walkForward(rows, 'v2', '2023-11-06', 1e-9);
  expect(first?.plain[0]).toBeCloseTo(18, 5);
});

it('takes what is unknown for the mean of what was known', () => {
  const unknown = [...rows.slice(0, 4), row(3, null, 0)];
  const [prediction] = walkForward(unknown, 'v2', '2023-11-03', 1e-9);
  // The mean of 1, 11, 2 and 12.
  expect(prediction?.plain[0]).toBeCloseTo(3 * 6.5, 5);
});

it('is never below 0 where the root is predicted', () => {
  const falling = [1, 2, 3, 4, 5].map((day) => row(day, day, Math.max(0, 9 - 3 * day)));
  for (const { rooted } of walkForward(falling, 'v2', '2023-11-03', 1e-9)) {
    expect(rooted[0]).toBeGreaterThanOrEqual(0);
  }
});
