import { expect, test } from 'vitest';
import { cell, NULL_TEXT, wholeOrNull } from './canonical-row.ts';
import { madeUpRow } from './made-up-row.ts';

test('a column that a made-up row does not name is NULL', () => {
  const row = madeUpRow({ points: '12' });
  expect([cell(row, 'points'), cell(row, 'steals')]).toEqual(['12', NULL_TEXT]);
  expect(wholeOrNull(row, 'steals')).toBeNull();
  expect(Object.keys(row)).toEqual(['points']);
});
