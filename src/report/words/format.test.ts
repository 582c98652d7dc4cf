import { describe, expect, it } from 'vitest';
import {
  alignColumns,
  formatBytes,
  formatCount,
  formatSeason,
  formatSeconds,
  plural,
} from './format.ts';

describe('formatSeconds', () => {
  it.each([
    [0, '0.00 s'],
    [0.02, '0.02 s'],
    [0.004, '0.00 s'],
    [12.346, '12.35 s'],
    [59.99, '59.99 s'],
    [60, '1m 0s'],
    [72.4, '1m 12s'],
    [3599.4, '59m 59s'],
    [3599.6, '1h 0m'],
    [3600, '1h 0m'],
    [7384, '2h 3m'],
  ])('%d is %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });

  it('never says 60 seconds', () => {
    expect(formatSeconds(59.996)).toBe('1m 0s');
  });
});

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [10 * 2 ** 20, '10.5 MB'],
  [999_600_000, '1.0 GB'],
  [123_456_789_012, '123 GB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('formatCount separates thousands, the same on every machine', () => {
  expect([0, 999, 1000, 376_569].map(formatCount)).toEqual(['0', '999', '1,000', '376,569']);
});

it('plural', () => {
  expect([0, 1, 2, 1200].map((count) => plural(count, 'date'))).toEqual([
    '0 dates',
    '1 date',
    '2 dates',
    '1,200 dates',
  ]);
});

it('formatSeason', () => {
  expect([2023, 1999, 2008].map(formatSeason)).toEqual(['2023-24', '1999-00', '2008-09']);
});

it('alignColumns pads to the widest cell, to the right where asked, without blanks at the end', () => {
  expect(
    alignColumns(
      [
        ['table', 'rows', 'note'],
        ['a', '12,345', ''],
        ['longer', '1', 'x'],
      ],
      new Set([1]),
    ),
  ).toEqual(['table     rows  note', 'a       12,345', 'longer       1  x']);
  expect(alignColumns([])).toEqual([]);
});
