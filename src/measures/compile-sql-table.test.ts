import { describe, expect, test } from 'vitest';
import { loadTables, makeTableRegistry } from '../table/table-registry.ts';
import { compileSqlTable } from './compile-sql-table.ts';
import { readSqlTable } from './sql-table.ts';

const tables = await loadTables();
const at = { name: 'form', definedIn: 'tables/form.sql' };

const header = `-- How he has scored lately.
-- each: player
-- reads: player_game_summary last 10 games
-- column: points NUMERIC(5,1) points per game: mean of his last games
`;
const query = `SELECT universal_player_id, as_of, AVG(points) AS points
FROM player_game_summary
GROUP BY universal_player_id, as_of`;

function compiled(text: string) {
  const table = compileSqlTable(tables, readSqlTable(text, at), {
    file: at.definedIn,
    dataset: 'my_tables',
  });
  makeTableRegistry([...tables.all, table]);
  return table;
}

test('a query is cut to what its header and its words say', () => {
  const table = compiled(header + query);
  expect(table.purpose).toBe('How he has scored lately.');
  expect(table.columns.find(({ name }) => name === 'points')).toMatchObject({
    type: { kind: 'NUMERIC', precision: 5, scale: 1 },
    unit: 'points per game',
    meaning: 'mean of his last games',
  });
  expect(table.inputs).toEqual([
    expect.objectContaining({
      table: 'upcoming_player_game_context',
      windows: [{ kind: 'sameDay' }],
    }),
    {
      table: 'player_game_summary',
      windows: [{ kind: 'seasonToDate' }],
      columns: ['universal_player_id', 'game_date', 'season_year', 'is_active', 'points'],
      required: true,
    },
  ]);
  expect(table.provenFirst).toBe(3);
  const all = compiled(header + query.replace('AVG(points) AS points', '*'));
  expect(all.inputs[1]?.columns).toHaveLength(tables.table('player_game_summary').columns.length);
});

describe('a mistake is told with file and line or word', () => {
  const without = (line: RegExp) => header.replace(line, '') + query;
  const withLine = (from: RegExp, to: string) => header.replace(from, to) + query;
  test.each<readonly [string, string, string]>([
    [
      'no purpose',
      without(/-- How.*\n/),
      'line 1: the first comment says in a sentence what the table is for',
    ],
    ['nobody', without(/-- each.*\n/), 'one "-- each: player", or team'],
    [
      'somebody else',
      withLine(/each: player/, 'each: referee'),
      'line 2: each "referee": player or team',
    ],
    [
      'twice somebody',
      withLine(/-- each: player\n/, '-- each: player\n-- each: team\n'),
      'line 3: one "-- each: player", or team',
    ],
    ['nothing read', without(/-- reads.*\n/), 'nothing is read'],
    ['nothing yielded', without(/-- column.*\n/), 'nothing is yielded'],
    ['no query', header, 'there is no query under the header'],
    [
      'a window that there is not',
      withLine(/last 10 games/, 'all games'),
      'line 3: reads "player_game_summary all games"',
    ],
    ['no games', withLine(/last 10 games/, 'last 0 games'), 'line 3: reads'],
    [
      'the day of what is known after it',
      withLine(/last 10 games/, 'on the day'),
      'known after the games: season to date',
    ],
    [
      'earlier days of what is known before them',
      withLine(/player_game_summary last 10 games/, 'upcoming_player_game_context last 10 games'),
      'known before the games: "-- reads: upcoming_player_game_context on the day"',
    ],
    [
      'a table that is not there',
      withLine(/player_game_summary/, 'player_game_sumary'),
      'there is no table "player_game_sumary"; did you mean "player_game_summary"?',
    ],
    [
      'a raw table',
      withLine(/player_game_summary/, 'player_box'),
      'has no single row for a player or team and date',
    ],
    [
      'a type that there is not',
      withLine(/NUMERIC\(5,1\)/, 'DOUBLE'),
      'line 4: column "points DOUBLE',
    ],
    ['more decimals than digits', withLine(/NUMERIC\(5,1\)/, 'NUMERIC(1,5)'), 'line 4: column'],
    ['a name in capitals', withLine(/column: points/, 'column: Points'), 'line 4: column'],
    [
      'a name that is a word of SQL',
      withLine(/column: points/, 'column: order'),
      'column "order": the name is a word of SQL',
    ],
    [
      'a column of every table',
      withLine(/column: points/, 'column: data_hash'),
      '"data_hash" is a column of every table',
    ],
    ['a name twice', withLine(/(-- column.*\n)/, '$1$1'), 'column "points" is defined twice'],
    [
      'all days of a stored table',
      header + query.replace('FROM player', 'FROM nba_analytics.player'),
      'the query reads nba_analytics.player_game_summary, all its days; say "-- reads: player_game_summary',
    ],
    [
      'the raw box scores',
      header + query.replace('player_game_summary', 'NBA_RAW . player_box'),
      'the query reads NBA_RAW . player_box, all its days',
    ],
    [
      'the ledger',
      header + query.replace('player_game_summary', 'backcourt.partitions'),
      'the query reads backcourt.partitions',
    ],
    [
      'its own rows',
      header + query.replace('player_game_summary', 'my_tables.form'),
      'the query reads my_tables directly',
    ],
    [
      'chance',
      header + query.replace('AVG(points)', 'random()'),
      'the query asks random, which is another every time',
    ],
    [
      'the clock',
      header + query.replace('AVG(points)', 'current_date'),
      'the query asks current_date',
    ],
    [
      'a file',
      header + query.replace('player_game_summary', "read_parquet('future.parquet')"),
      'the query asks read_parquet',
    ],
  ])('%s', (_, text, told) => {
    expect(() => compiled(text)).toThrow(told);
    expect(() => compiled(text)).toThrow(/^tables\/form\.sql: /);
  });

  test('but not what stands in a text or a comment', () => {
    const harmless = query.replace(
      'AVG(points)',
      "/* now() */ CASE WHEN team_abbr = 'nba_raw.x random()' THEN 1 END -- today()\n",
    );
    expect(compiled(header + harmless).name).toBe('form');
  });
});
