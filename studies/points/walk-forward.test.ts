import { expect, it } from 'vitest';
import type { TrainingRow } from './training-row.ts';
import { walkForward } from './walk-forward.ts';

const row = (day: number, x: number, points: number): TrainingRow => ({
  date: `2023-11-${String(day).padStart(2, '0')}`,
  seasonYear: 2023,
  isPlayoffs: false,
  features: [x],
  points,
  line: undefined,
});
const rows = [1, 2, 3, 4, 5, 6].flatMap((day) => [
  row(day, day, 3 * day),
  row(day, -day, -3 * day),
]);

it('predicts from earlier dates alone: what happens on a date or later changes nothing of it', () => {
  const before = walkForward(rows, '2023-11-03', 0.01);
  const disturbed = rows.map((each) =>
    each.date >= '2023-11-04' ? { ...each, points: 1000 } : each,
  );
  const after = walkForward(disturbed, '2023-11-03', 0.01);
  const known = (date: string) => date <= '2023-11-04';
  expect(after.filter(({ row: { date } }) => known(date)).map(({ ridge }) => ridge)).toEqual(
    before.filter(({ row: { date } }) => known(date)).map(({ ridge }) => ridge),
  );
  expect(after.at(-1)?.ridge).not.toBe(before.at(-1)?.ridge);
});

it('learns: the error of a linear world goes to nothing', () => {
  const [first] = walkForward(rows, '2023-11-06', 1e-9);
  expect(first?.ridge).toBeCloseTo(18, 5);
});
