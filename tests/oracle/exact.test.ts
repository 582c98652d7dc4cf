import { describe, expect, test } from 'vitest';
import {
  clamped,
  decimalText,
  difference,
  isAbove,
  product,
  quotientText,
  ratio,
  rounded,
  sum,
  unitsOf,
  unitsOfNumber,
} from './exact.ts';

describe('R(num/den, scale) rounds half away from zero', () => {
  test.each([
    ['36.15', 1, '36.2'],
    ['2.95', 1, '3.0'],
    ['-1.55', 1, '-1.6'],
    ['0.15', 1, '0.2'],
    ['-0.15', 1, '-0.2'],
    ['0.05', 1, '0.1'],
    ['-0.25', 1, '-0.3'],
    ['113.6667', 2, '113.67'],
    ['-0.04', 1, '0.0'],
    ['0.04', 1, '0.0'],
  ])('%s at scale %i is %s', (value, scale, expected) => {
    expect(quotientText(unitsOf(value, 4), 10_000, scale)).toBe(expected);
  });

  test('a quotient with a negative denominator keeps its sign', () => {
    expect(quotientText(1, -3, 2)).toBe('-0.33');
    expect(quotientText(-1, -3, 2)).toBe('0.33');
  });

  test('scale 0 has no decimal point', () => {
    expect(quotientText(3, 2, 0)).toBe('2');
    expect(rounded(1498, 1500, 0)).toBe(1n);
  });
});

describe('decimals', () => {
  test('are written with exactly their scale and read back', () => {
    expect(decimalText(-5n, 2)).toBe('-0.05');
    expect(decimalText(12300n, 2)).toBe('123.00');
    expect(unitsOf('-0.05', 2)).toBe(-5n);
    expect(unitsOf('7', 2)).toBe(700n);
  });

  test('with too many digits or other shapes are refused', () => {
    expect(() => unitsOf('1.234', 2)).toThrow('"1.234"');
    expect(() => unitsOf('1e3', 2)).toThrow('"1e3"');
    expect(() => unitsOf('\\N', 2)).toThrow('\\N');
  });
});

describe('ratios', () => {
  test('subtract exactly', () => {
    expect(difference(ratio(1, 3), ratio(1, 4))).toEqual({ num: 1n, den: 12n });
  });

  test('have no denominator 0', () => {
    expect(() => ratio(1, 0)).toThrow('denominator 0');
  });
});

test('fractions are added and multiplied exactly', () => {
  expect(sum(ratio(1, 3), ratio(1, 6), ratio(-1, 2))).toMatchObject({ num: 0n });
  expect(sum()).toEqual(ratio(0, 1));
  expect(product(ratio(-2, 3), ratio(3, 5))).toEqual(ratio(-6, 15));
});

test.each([
  [ratio(31, 10), ratio(3, 1)],
  [ratio(-31, 10), ratio(-3, 1)],
  [ratio(3, 1), ratio(3, 1)],
  [ratio(-29, 10), ratio(-29, 10)],
])('%o within 3 is %o', (value, expected) => {
  expect(clamped(value, 3)).toEqual(expected);
});

test('a fraction is not above itself', () => {
  expect(isAbove(ratio(1, 2), ratio(2, 4))).toBe(false);
  expect(isAbove(ratio(1, 2), ratio(49, 100))).toBe(true);
  expect(isAbove(ratio(-1, 2), ratio(-49, 100))).toBe(false);
});

test.each([
  [-33.5, 1, -335n],
  [226, 1, 2260n],
  [24.95, 1, 250n],
])('the number %d at scale %i', (value, scale, units) => {
  expect(unitsOfNumber(value, scale)).toBe(units);
});
