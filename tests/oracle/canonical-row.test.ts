import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { cell, listItems, listText, NULL_TEXT, text, whole } from './canonical-row.ts';
import { decimalText } from './exact.ts';

test('values have the form that enters the data hash', () => {
  const row = {
    universal_player_id: text('2544'),
    cache_date: text('2025-01-21'),
    player_lookup: text('lebronjames'),
    points_avg_last_5: decimalText(264n, 1),
    points_std_last_10: decimalText(510n, 2),
    player_age: text(null),
    early_season_flag: text(false),
    data_quality_issues: listText(['no_shot_zones', 'thin_window']),
  };
  const hashed = Object.entries(row)
    .map(([column, value]) => `${column}=${value}`)
    .join('|');
  const digest = createHash('sha256').update(hashed).digest('hex').slice(0, 16);
  expect(digest).toBe('3d985d8c4d1e1ac0');
});

test('strings are escaped, whole numbers never written as -0', () => {
  expect(text('a|b\\c')).toBe('a\\|b\\\\c');
  expect(text(-0)).toBe('0');
  expect(() => text(1.5)).toThrow('1.5');
});

test('lists are read back', () => {
  expect(listItems(listText([]))).toEqual([]);
  expect(listItems(listText(['a', 'b']))).toEqual(['a', 'b']);
});

test('a column that is not there is no NULL', () => {
  expect(() => cell({ a: '1' }, 'b')).toThrow('"b"');
  expect(() => whole({ a: NULL_TEXT }, 'a')).toThrow('whole number');
});
