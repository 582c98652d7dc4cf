import { expect, test } from 'vitest';
import { sampleDeviationText } from './sample-deviation.ts';

test.each([
  [[26, 27, 28, 29, 30, 31, 32, 33, 34, 35], '3.03'],
  [[10, 12, 14, 16, 18, 20, 22], '4.32'],
  [[18, 18, 18], '0.00'],
  [[0, 1], '0.71'],
  [[0, 2], '1.41'],
  [[-3, 3], '4.24'],
  [[0, 0, 0, 3], '1.50'],
  [[7], '\\N'],
  [[], '\\N'],
])('of %j is %s', (values, expected) => {
  expect(sampleDeviationText(values, 2)).toBe(expected);
});

test('agrees with floating point wherever that is far from a tie', () => {
  for (let x = 0; x < 60; x += 1) {
    for (let y = 0; y < 60; y += 7) {
      const values = [x, y, 3, 11, 40];
      const mean = (x + y + 54) / 5;
      const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
      const hundredths = 100 * Math.sqrt(squares / 4);
      expect(Math.abs((hundredths % 1) - 0.5)).toBeGreaterThan(1e-9);
      expect(sampleDeviationText(values, 2)).toBe((Math.round(hundredths) / 100).toFixed(2));
    }
  }
});
