import { describe, expect, test } from 'vitest';
import { duckdbDialect } from '../sql/duckdb-dialect.ts';
import { definitionVersion } from '../table/definition-version.ts';
import { loadTables, makeTableRegistry } from '../table/table-registry.ts';
import { compileTable } from './compile-table.ts';
import * as m from './measure-words.ts';
import { type OwnTable, playerTable, teamTable } from './own-table.ts';
import { readOwnTable } from './read-own-table.ts';

const tables = await loadTables();
const place = { file: 'tables/form.ts', dataset: 'my_tables' };
const points = 'player_game_summary.points';
const lastTen = m.lastGames(10);

const ofPlayers = (...measures: readonly m.OwnMeasure[]) =>
  playerTable({ name: 'form', purpose: 'Form.', measures });
const ofTeams = (...measures: readonly m.OwnMeasure[]) =>
  teamTable({ name: 'form', purpose: 'Form.', measures });

/** As a file of a project is read, whatever it says. */
function compiled(declared: unknown) {
  const own = readOwnTable(declared, { name: 'form', definedIn: place.file });
  const table = compileTable(tables, own, place);
  makeTableRegistry([...tables.all, table]);
  return table;
}

const fromAny = (given: object): m.OwnMeasure => given as m.OwnMeasure;

describe('a mistake is told with file and measure', () => {
  const average = (of: string, more: object = {}) =>
    fromAny({ kind: 'average', name: 'x', of, over: lastTen, decimals: 1, ...more });
  test.each<readonly [string, OwnTable, string]>([
    [
      'a column that is not there',
      ofPlayers(average('player_game_summary.steal')),
      'measure "x": player_game_summary has no column "steal"; did you mean "steals"?',
    ],
    [
      'a table that is not there',
      ofPlayers(average('player_game_sumary.points')),
      'there is no table "player_game_sumary"; did you mean "player_game_summary"?',
    ],
    [
      'a table of the other side of a quotient',
      ofPlayers(
        m.rate('x', {
          of: 'player_game_summary.points',
          per: 'team_offense_game_summary.points_scored',
          over: m.lastGames(3),
          decimals: 1,
        }),
      ),
      'measure "x": "team_offense_game_summary.points_scored" is of player_game_summary and team_offense_game_summary; one table',
    ],
    [
      'a sign too many',
      ofPlayers(average('player_game_summary.points + -10 * steals')),
      'no sum or difference',
    ],
    [
      'no table at all',
      ofPlayers(average('points')),
      'measure "x": "points" names no table: "table.column"',
    ],
    ['a text', ofPlayers(average('player_game_summary.team_abbr')), 'is no number'],
    [
      'a raw table',
      ofPlayers(average('player_box.pts')),
      '"player_box" has no single row for a player or team and date',
    ],
    [
      'two tables',
      ofPlayers(average(`${points} + team_offense_game_summary.points_scored`)),
      'one table at a time',
    ],
    [
      'what is known before the games, as games',
      ofPlayers(average('upcoming_player_game_context.days_rest')),
      'known before the games; "value" takes it',
    ],
    [
      'what is known after the games, as a value',
      ofPlayers(m.value('x', { of: points })),
      'known after the games; "last" takes the latest before them',
    ],
    [
      'a player of a team',
      ofTeams(average(points)),
      'player_game_summary is of players, and a row of a team',
    ],
    [
      'a player as opponent',
      ofPlayers(average(points, { whose: 'opponent' })),
      'an opponent a team',
    ],
    [
      'a trend of days',
      ofPlayers(
        m.trend('x', { of: points, short: m.lastDays(7), long: m.seasonToDate, decimals: 1 }),
      ),
      'a trend is of games, not of days',
    ],
    [
      'a condition on nothing',
      ofPlayers(average(points, { where: { home: true } })),
      'has no column "home"',
    ],
    [
      'a condition of another type',
      ofPlayers(average(points, { where: { points: true } })),
      '"points" is INT64, not TRUE or FALSE',
    ],
    [
      'a condition with too many decimals',
      ofPlayers(average(points, { where: { usage_rate: { atLeast: 20.25 } } })),
      '"usage_rate" has 1 decimals, 20.25 has more',
    ],
    [
      'a condition without bounds',
      ofPlayers(average(points, { where: { points: {} } })),
      '"points": at least, or at most, what?',
    ],
    [
      'a rank of nothing',
      ofPlayers(m.rank('r', { of: 'x', among: 'date', first: 'highest' })),
      'measure "r": there is no measure "x" before it',
    ],
    [
      'a rank of what comes later',
      ofPlayers(m.rank('r', { of: 'x', among: 'date', first: 'highest' }), average(points)),
      'there is no measure "x" before it',
    ],
    [
      'teammates of a team',
      ofTeams(
        average('team_offense_game_summary.points_scored'),
        m.teammatesTotal('t', { of: 'x' }),
      ),
      'a team has no teammates',
    ],
    ['a name twice', ofPlayers(average(points), average(points)), 'column "x" is defined twice'],
    [
      'a name that every table has',
      ofPlayers(fromAny({ ...average(points), name: 'team_abbr' })),
      'column "team_abbr" is defined twice',
    ],
    [
      'a name of provenance',
      ofPlayers(fromAny({ ...average(points), name: 'run_id' })),
      '"run_id" is a column of every table',
    ],
    [
      'a word that is no keyword',
      ofPlayers(average(points, { ovr: lastTen })),
      'measure "x": Unrecognized key: "ovr"',
    ],
    ['too many decimals', ofPlayers(average(points, { decimals: 9 })), 'measure "x", decimals:'],
    ['no decimals', ofPlayers(average(points, { decimals: undefined })), 'measure "x", decimals:'],
    ['no games', ofPlayers(average(points, { over: m.lastGames(0) })), 'measure "x", over.games:'],
    [
      'half a game',
      ofPlayers(average(points, { over: m.lastGames(2.5) })),
      'measure "x", over.games:',
    ],
    [
      'a window of the engine',
      ofPlayers(average(points, { over: { kind: 'sameDay' } })),
      'measure "x", over',
    ],
    [
      'a name in capitals',
      ofPlayers(fromAny({ ...average(points), name: 'PointsAvg' })),
      'lower case letters, digits and _ only',
    ],
    [
      'a name that is SQL',
      ofPlayers(fromAny({ ...average(points), name: 'x; DROP TABLE y' })),
      'lower case letters, digits and _ only',
    ],
    [
      'a name that is a word of SQL',
      ofPlayers(fromAny({ ...average(points), name: 'order' })),
      'measure "order": the name is a word of SQL',
    ],
    [
      'a kind that there is not',
      ofPlayers(fromAny({ kind: 'median', name: 'x', of: points })),
      'measure "x", kind:',
    ],
    ['nothing to measure', ofPlayers(), 'measures:'],
    [
      'a range that allows nothing',
      ofPlayers(average(points, { range: { min: 2, max: 1, severity: 'warn' } })),
      'the range of "x" ends before it begins',
    ],
  ])('%s', (_, own, told) => {
    expect(() => compiled(own)).toThrow(told);
    expect(() => compiled(own)).toThrow(/^tables\/form\.ts: /);
  });
});

test('a file that exports something else is told so', () => {
  expect(() => compiled({ name: 'form' })).toThrow('tables/form.ts: backcourt:');
  expect(() => compiled(undefined)).toThrow('tables/form.ts: ');
});

test('many measures of one table are one pass over its games', () => {
  const kinds = ['points', 'assists', 'rebounds', 'steals', 'blocks', 'turnovers'];
  const table = compiled(
    ofPlayers(
      ...kinds.flatMap((kind) => [
        m.average(`${kind}_10`, { of: `player_game_summary.${kind}`, over: lastTen, decimals: 1 }),
        m.average(`${kind}_season`, {
          of: `player_game_summary.${kind}`,
          over: m.seasonToDate,
          decimals: 1,
        }),
      ]),
    ),
  );
  const read: string[] = [];
  table.rowsSql({
    sql: duckdbDialect,
    input: (name) => {
      read.push(name);
      return name;
    },
    option: () => '',
  });
  expect(read.sort()).toEqual(['player_game_summary', 'upcoming_player_game_context']);
});

test('the SQL sees no more than the columns it needs', () => {
  const table = compiled(
    ofPlayers(
      m.per36('assists_36', {
        of: 'player_game_summary.assists',
        over: m.lastDays(14),
        where: { home_game: true },
        decimals: 1,
      }),
    ),
  );
  expect(table.inputs.find((input) => input.table === 'player_game_summary')).toEqual({
    table: 'player_game_summary',
    windows: [{ kind: 'lastDays', days: 14 }],
    columns: [
      'universal_player_id',
      'season_year',
      'game_date',
      'is_active',
      'assists',
      'seconds_played',
      'home_game',
    ],
    required: true,
  });
});

test('a range that is added or narrowed is another definition, its meaning is not', () => {
  const version = (more: object) =>
    definitionVersion(
      compiled(ofPlayers(fromAny({ ...m.total('x', { of: points, over: lastTen }), ...more }))),
    );
  const range = { min: 0, max: 500, severity: 'warn' };
  const versions = [{}, { range }, { range: { ...range, max: 5 } }].map(version);
  versions.push(version({ range: { ...range, severity: 'error' } }));
  expect(new Set(versions).size).toBe(4);
  expect(version({ range, meaning: 'points' })).toBe(versions[1]);
});

test('two conditions never share a sum, however much their digests begin alike', () => {
  // The first six digits of both are the same.
  const games = (name: string, points: number, assists: number, makes: number) =>
    m.games(name, {
      of: 'player_game_summary',
      over: m.seasonToDate,
      where: {
        points: { atLeast: points },
        assists: { atLeast: assists },
        three_pt_makes: { atMost: makes },
      },
    });
  const table = compiled(ofPlayers(games('a', 5, 8, 10), games('b', 17, 11, 2)));
  const text = table.rowsSql({ sql: duckdbDialect, input: (name) => name, option: () => '' });
  for (const condition of ['points >= 5', 'points >= 17']) expect(text).toContain(condition);
});

test('that a column has no value at all is looked at where that is no matter of course', () => {
  const table = compiled(
    ofPlayers(
      m.total('x', { of: points, over: lastTen, where: { points: { atLeast: 200 } } }),
      m.total('late', { of: points, over: lastTen, minGames: 40 }),
      m.games('games', { of: 'player_game_summary', over: m.seasonToDate }),
      m.value('rest', { of: 'upcoming_player_game_context.days_rest' }),
      m.rank('place', { of: 'x', among: 'date', first: 'highest' }),
    ),
  );
  const empty = table.checks.map(({ name }) => name).filter((name) => name.endsWith('_is_empty'));
  expect(empty).toEqual(['x_is_empty']);
});

test('a table that is called like the games of another is not taken for them', () => {
  const named = compileTable(
    tables,
    {
      ...ofPlayers(m.total('x', { of: points, over: lastTen })),
      name: 'player_game_summary_before',
    },
    place,
  );
  const both = ofPlayers(
    m.value('theirs', { of: 'player_game_summary_before.x' }),
    m.total('own', { of: points, over: lastTen }),
  );
  const all = makeTableRegistry([...tables.all, named]);
  expect(() => compileTable(all, both, place)).toThrow('measure "theirs": games that are measured');
});
