import { expect, test } from 'vitest';
import { daysBefore, daysBetween } from './days.ts';

test.each([
  ['2025-01-20', '2025-01-20', 0],
  ['2024-02-28', '2024-03-01', 2],
  ['2024-12-31', '2025-01-01', 1],
  ['2025-03-08', '2025-03-10', 2],
])('from %s to %s', (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
  expect(daysBefore(to, days)).toBe(from);
});
