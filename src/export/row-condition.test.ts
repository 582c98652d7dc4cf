import { expect, test } from 'vitest';
import { bool, date, int64, numeric, string, timestamp } from '../sql/column.ts';
import { duckdbDialect as sql } from '../sql/duckdb-dialect.ts';
import { readRowCondition } from './row-condition.ts';

const table = {
  name: 'rows',
  columns: [
    string('team_abbr', 'team'),
    date('game_date', 'day'),
    int64('games', 'games'),
    numeric('score', [5, 2], 'score'),
    bool('is_home', 'home'),
    timestamp('seen_at', 'seen'),
  ],
};

test.each([
  ['team_abbr = BOS', "r.team_abbr = 'BOS'"],
  ["team_abbr != 'it''s'", undefined],
  ["team_abbr <> 'New York' AND games>=5", "r.team_abbr <> 'New York' AND r.games >= 5"],
  ['score < 95.5 and is_home = true', 'r.score < 95.5 AND r.is_home = TRUE'],
  ['game_date >= 2024-01-01', "r.game_date >= DATE '2024-01-01'"],
])('%s', (text, expected) => {
  if (expected === undefined)
    expect(() => readRowCondition(table, text)).toThrow('is no comparison');
  else expect(readRowCondition(table, text)(sql, 'r')).toBe(expected);
});

test.each([
  ['', 'is no comparison'],
  ['games', 'is no comparison'],
  ['games = 1; DROP TABLE rows', 'is no comparison'],
  ['games = 1 or games = 2', 'is no comparison'],
  ['game = 1', 'did you mean "games"?'],
  ['games = five', '"five" is no number (games)'],
  ['game_date > yesterday', '"yesterday" is no date (game_date)'],
  ['is_home = yes', '"yes" is neither true nor false (is_home)'],
  ['seen_at > 2024', '"seen_at" is TIMESTAMP'],
])('%s is refused', (text, message) => {
  expect(() => readRowCondition(table, text)).toThrow(message);
});
