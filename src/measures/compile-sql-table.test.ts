import { describe, expect, test } from 'vitest';
import { loadTables, makeTableRegistry } from '../table/table-registry.ts';
import { compileSqlTable } from './compile-sql-table.ts';
import { parseQueries } from './parse-queries.ts';
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

async function compiled(text: string) {
  const own = readSqlTable(text, at);
  const [parsed] = await parseQueries([own.query]);
  if (!parsed) throw new Error('nothing was read');
  const table = compileSqlTable(tables, own, parsed, {
    file: at.definedIn,
    dataset: 'my_tables',
  });
  makeTableRegistry([...tables.all, table]);
  return table;
}

test('a query is cut to what its header and its words say', async () => {
  const table = await compiled(header + query);
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
  const all = await compiled(header + query.replace('AVG(points) AS points', '*'));
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
      'the query reads NBA_RAW.player_box, all its days',
    ],
    [
      'the ledger',
      header + query.replace('player_game_summary', 'backcourt.partitions'),
      'the query reads backcourt.partitions',
    ],
    [
      'its own rows',
      header + query.replace('player_game_summary', 'my_tables.form'),
      'the query reads my_tables.form, all its days',
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
    ...(
      [
        ['a name in quotes', 'FROM player', 'FROM "nba_analytics".player', 'read " differently'],
        [
          'a table of nobody',
          'FROM player_game_summary',
          'FROM v',
          'line 6: the query reads "v", which its header does not',
        ],
        [
          'one that is undeclared',
          'FROM player',
          'FROM team_offense_game_summary, player',
          '"-- reads: team_offense_game_summary season to date" would',
        ],
        [
          'a catalog',
          'FROM player_game_summary',
          'FROM duckdb_tables',
          'the query reads "duckdb_tables"',
        ],
        [
          'a list of tables',
          'FROM player_game_summary',
          'FROM (SHOW ALL TABLES)',
          'asks what tables there are',
        ],
        [
          'a summary',
          'FROM player_game_summary',
          'FROM (SUMMARIZE player_game_summary)',
          'the query asks what tables',
        ],
        [
          'a file by its name',
          'FROM player_game_summary',
          "FROM '/tmp/future.parquet'",
          'the query reads "/tmp/future.parquet"',
        ],
        [
          'a table in a subquery',
          'AVG(points)',
          '(SELECT MAX(points) FROM nba_analytics.player_game_summary)',
          'line 5: the query reads nba_analytics.player_game_summary, all its days',
        ],
        [
          'one of which a WITH elsewhere has the name',
          'AVG(points)',
          '(WITH v AS (SELECT 1 AS a) SELECT a FROM v) + (SELECT a FROM v)',
          'reads "v"',
        ],
        ['a query in a text', 'FROM player_game_summary', "FROM query('SELECT 1')", 'asks query'],
        ['texts in dollars', 'AVG(points)', "$$$$'$$$$, AVG(points)", 'read $$ differently'],
        ['a macro of the file', 'AVG(points)', 'pts(points)', 'the query asks pts'],
        ['a function of somebody', 'AVG(points)', 'mine.pts(points)', 'calls mine.pts'],
        [
          'another clock',
          'AVG(points)',
          'extract(day FROM get_current_timestamp())',
          'asks get_current_timestamp',
        ],
        ['a clock within a clock', 'AVG(points)', 'age(MAX(as_of))', 'asks age'],
        [
          'the local clock',
          'AVG(points)',
          'current_localtimestamp()',
          'asks current_localtimestamp',
        ],
        [
          'the user of the session, also where a column is called so',
          'FROM player_game_summary',
          'FROM (SELECT universal_player_id, as_of, points, 1 AS user FROM player_game_summary) AS a WHERE user = 1',
          'asks user, which is another every time; a column of this name is <table>.user',
        ],
        [
          'the clock of BigQuery alone',
          'FROM player_game_summary',
          'FROM (SELECT universal_player_id, as_of, points, 1 AS current_datetime FROM player_game_summary) AS a WHERE current_datetime = 1',
          'asks current_datetime, which',
        ],
        [
          'a function behind a column, which BigQuery does not know',
          'AVG(points)',
          'AVG(points.abs())',
          'calls points.abs, which is of somebody else; of a column it is abs(points)',
        ],
        [
          'a setting',
          'AVG(points)',
          "length(current_setting('temp_directory'))",
          'asks current_setting',
        ],
        [
          'a sample',
          'FROM player_game_summary',
          'FROM player_game_summary TABLESAMPLE 10%',
          'takes a sample',
        ],
        [
          'chance in an order',
          'GROUP BY',
          'QUALIFY ROW_NUMBER() OVER (ORDER BY random()) = 1 GROUP BY',
          'line 7: ',
        ],
        [
          'a column that is not yielded',
          'AVG(points) AS points',
          'AVG(points) AS mean',
          'line 5: the query yields no column named "points", which its header declares',
        ],
        ['no date', ', as_of, AVG', ', AVG', 'yields no column named "as_of", which says'],
        [
          'one column more',
          'AVG(points) AS',
          'SUM(points) AS total, AVG(points) AS',
          'yields "total", which no "-- column:" declares',
        ],
        [
          'a column without a name',
          'AVG(points) AS',
          'SUM(points), AVG(points) AS',
          'an expression without a name',
        ],
        [
          'a maker of rows of somebody',
          'AVG(points)',
          'MAX(extra.range(as_of))',
          'calls extra.range, which is of somebody else',
        ],
        [
          'a table of them',
          'FROM player_game_summary',
          'FROM extra.unnest(1)',
          'calls extra.unnest',
        ],
        [
          'a name that a recursive WITH has not yet',
          'AVG(points)',
          '(WITH RECURSIVE v AS (SELECT m FROM v UNION ALL SELECT m FROM v WHERE FALSE) SELECT MAX(m) FROM v)',
          'reads "v"',
        ],
        [
          'a query in a text that is folded',
          'AVG(points)',
          "length(json_serialize_plan('SELECT 1'))",
          'asks json_serialize_plan',
        ],
        ['a doubled quote', 'AVG(points)', "MAX('it''s')", "read '' differently"],
        ['three quotes', 'AVG(points)', "''''||'''||x||''''||'''", "read '' differently"],
        ['a backslash in a text', 'AVG(points)', "MAX('a\\b')", 'read \\ differently'],
        [
          'another operator',
          'AVG(points)',
          'AVG(points ^ 2)',
          'calls ^, which is another function for BigQuery',
        ],
        ['another logarithm', 'AVG(points)', 'AVG(log(points))', 'calls log, which is another'],
        ['a statement that has ended before a comment', /$/, ' ; -- the end', 'several statements'],
        [
          'a mistake of grammar',
          'GROUP BY',
          'GRUP BY',
          'line 7: the query: syntax error at or near "BY"',
        ],
        ['two statements', 'GROUP BY', '; SELECT 1 GROUP BY', 'several statements'],
        [
          'a statement that is no SELECT',
          'SELECT universal',
          'INSERT INTO x SELECT universal',
          'Only SELECT',
        ],
        ['a comment in a comment', 'AVG(points)', '/* /* */ AVG(points) /* */', 'differently'],
      ] as const
    ).map(([name, from, to, told]) => [name, header + query.replace(from, to), told] as const),
    [
      'a file',
      header + query.replace('player_game_summary', "read_parquet('future.parquet')"),
      'the query asks read_parquet',
    ],
  ])('%s', async (_, text, told) => {
    await expect(compiled(text)).rejects.toThrow(told);
    await expect(compiled(text)).rejects.toThrow(/^tables\/form\.sql: /);
  });

  test('but not what stands in a text or a comment', async () => {
    const harmless = query.replace(
      'AVG(points)',
      "/* now() */ CASE WHEN team_abbr = 'nba_raw.x random()' THEN 1 END -- today()\n",
    );
    expect((await compiled(header + harmless)).name).toBe('form');
  });

  test.each([
    [
      'rows of several queries',
      'FROM player_game_summary GROUP BY ALL UNION ALL SELECT universal_player_id, as_of, 1 FROM player_game_summary',
    ],
    [
      'quotes in a comment, and an empty text',
      "FROM player_game_summary -- the \"same\" `day`\n/* it's; */ WHERE team_abbr <> ''",
    ],
    ['an alias like a dataset', 'FROM player_game_summary AS backcourt'],
    [
      'an alias like the own dataset',
      'FROM player_game_summary AS my_tables WHERE my_tables.points > 1',
    ],
    [
      'a name of its own',
      'FROM (WITH query AS (SELECT * FROM player_game_summary) SELECT * FROM query) AS q',
    ],
    [
      'a recursive one',
      'FROM (WITH RECURSIVE r AS (SELECT * FROM player_game_summary UNION ALL SELECT * FROM r WHERE FALSE) SELECT * FROM r) AS q',
    ],
    ['rows made of arguments', 'FROM player_game_summary CROSS JOIN range(3) AS numbers'],
    [
      'the age between two days',
      "FROM player_game_summary WHERE age(as_of, game_date) > INTERVAL '1' DAY",
    ],
    [
      'words of GoogleSQL',
      'FROM player_game_summary WHERE IF(is_active, 1, 0) = 1 AND safe_divide(points, 2) > 1',
    ],
    ['another case', 'FROM Player_Game_Summary'],
    [
      'a column called user, named with its table',
      'FROM (SELECT universal_player_id, as_of, points, 1 AS user FROM player_game_summary) AS a WHERE a.user = 1',
    ],
    [
      'windows',
      'FROM (SELECT *, lag(points) OVER w, first_value(points) OVER w FROM player_game_summary WINDOW w AS (ORDER BY game_date)) AS q',
    ],
  ])('but not %s', async (_, from) => {
    expect((await compiled(header + query.replace('FROM player_game_summary', from))).name).toBe(
      'form',
    );
  });
});
