import { expect, test } from 'vitest';
import { lineIds, readArguments } from './read-arguments.ts';

test('without flags all lines are measured five times', () => {
  expect(readArguments([])).toEqual({
    only: lineIds,
    runs: 5,
    json: false,
    out: undefined,
    scale: [],
  });
});

test('some lines, more often, as JSON; the floor comes with the line it is the floor of', () => {
  const flags = ['--only', 'c,b', '--runs', '9', '--json', '--out', 'bench.json'];
  expect(readArguments(flags)).toEqual({
    only: ['c', 'a'],
    runs: 9,
    json: true,
    out: 'bench.json',
    scale: [],
  });
});

test('lengths of histories', () => {
  expect(readArguments(['--scale', '4,20,80']).scale).toEqual([4, 20, 80]);
});

test.each([
  [['--only', 'x'], '--only "x": known are a, c, d, e, f, g, h, i'],
  [['--runs', '0'], '--runs "0" is not a whole number'],
  [['--runs', 'many'], '--runs "many" is not a whole number'],
  [['--scale', '4,'], '--scale "" is not a whole number'],
  [['--fast'], 'fast'],
])('%j is refused', (flags, message) => {
  expect(() => readArguments(flags)).toThrow(message);
});
