import { describe, expect, test } from 'vitest';
import { readSqlTable } from './sql-table.ts';

const at = { name: 'form', definedIn: 'tables/form.sql' };
const header = [
  '-- How he has scored lately. Note: playoffs count.',
  '-- each: player',
  '-- reads: player_game_summary last 10 games',
  '-- column: x INT64: his points',
];
const query = 'SELECT universal_player_id, as_of, 1 AS x FROM player_game_summary';
const withLine = (line: string) => [...header, line, query].join('\n');

test('a keyword may stand behind any number of blanks', () => {
  const read = readSqlTable(withLine('--   column: y INT64: more'), at);
  expect(read.columns.map(({ name }) => name)).toEqual(['x', 'y']);
});

describe('a line of the header that is meant for a keyword is no sentence', () => {
  test.each([
    ['-- Column: y INT64: y', '"Column": the keyword is "column:"'],
    ['-- columns: y INT64', '"columns": the keyword is "column:"'],
    ['-- colunm: y INT64', '"colunm": the keyword is "column:"'],
    ['-- READS: player_game_summary season to date', '"READS": the keyword is "reads:"'],
    ['-- read: player_game_summary season to date', '"read": the keyword is "reads:"'],
    ['-- column : y INT64', '"column": the keyword is "column:"'],
    ['-- column y INT64: y', '"column": the keyword is "column:"'],
    ['-- reads player_game_summary season to date', '"reads": the keyword is "reads:"'],
  ])('%s', (line, told) => {
    expect(() => readSqlTable(withLine(line), at)).toThrow(`tables/form.sql: line 5: ${told}`);
  });
});

test.each(['-- It reads well.', '-- Note: each player of the date.', '-- Teams: both.'])(
  '%s is a sentence',
  (line) => {
    expect(readSqlTable(withLine(line), at).purpose).toContain(line.slice(3));
  },
);

test('a keyword below the query is refused with its line', () => {
  const text = [...header, query, '-- column: y INT64: y', 'WHERE TRUE'].join('\n');
  expect(() => readSqlTable(text, at)).toThrow('tables/form.sql: line 6: the header ends');
});
