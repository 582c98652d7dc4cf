/** What people get wrong in tables of their own is caught before a row is written, and what is right passes. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { commandFile, runNode } from '../support/run-process.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('own-mistakes');
const season = smallSeason(folder);
const warehouse = join(folder, 'nba.duckdb');
const days = () => season().dates.slice(-4);

const tonight = 'upcoming_player_game_context on the day';
const games = 'player_game_summary season to date';
const each = 'universal_player_id, as_of';
const grouped = `FROM player_game_summary GROUP BY ${each}`;

/** A query with its header. @param type of its one column, x. */
const sql = (query: string, type = 'INT64', reads: readonly string[] = [games]) =>
  [
    '-- What a test plants.',
    '-- each: player',
    ...reads.map((read) => `-- reads: ${read}`),
    `-- column: x ${type}`,
    query,
  ].join('\n');

/** A mistake and what is said of it: a look-ahead shows a date, a row and the column. */
const mixes =
  /\d{4}-\d\d-\d\d (mixes dates|looks ahead).*; row \d+, x: \S+ and \S+; nothing was written/;
const mistakes: Readonly<Record<string, readonly [string, RegExp]>> = {
  mean_as_whole_number: [
    sql(`SELECT ${each}, AVG(points) AS x ${grouped}`),
    /mean_as_whole_number\.sql: \S+ cannot be computed: .*x is \d+\.\d+, which is not whole; yield CAST\(ROUND\(/,
  ],
  half_as_whole_number: [
    sql(`SELECT ${each}, SUM(points) + 0.5 AS x ${grouped}`),
    /x is \d+\.5, which is not whole/,
  ],
  last_value_default_frame: [
    sql(
      `SELECT DISTINCT ${each}, LAST_VALUE(points) OVER (PARTITION BY ${each} ORDER BY game_date) AS x FROM player_game_summary`,
    ),
    /doubled key/,
  ],
  last_value_of_all: [
    sql(
      `SELECT DISTINCT ${each}, LAST_VALUE(points) OVER (PARTITION BY universal_player_id ORDER BY as_of ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS x FROM (SELECT ${each}, MAX(points) AS points ${grouped}) AS best`,
    ),
    mixes,
  ],
  season_join_without_date: [
    sql(
      `SELECT tonight.universal_player_id, tonight.as_of, SUM(game.points) AS x
FROM upcoming_player_game_context AS tonight
INNER JOIN player_game_summary AS game ON game.universal_player_id = tonight.universal_player_id
GROUP BY tonight.universal_player_id, tonight.as_of`,
      'INT64',
      [tonight, games],
    ),
    mixes,
  ],
  rank_over_the_season: [
    sql(
      `SELECT ${each}, RANK() OVER (ORDER BY SUM(points) DESC, universal_player_id) AS x ${grouped}`,
    ),
    mixes,
  ],
  self_join: [
    sql(`SELECT one.universal_player_id, one.as_of, SUM(other.points) AS x
FROM player_game_summary AS one
INNER JOIN player_game_summary AS other ON one.universal_player_id = other.universal_player_id
GROUP BY one.universal_player_id, one.as_of`),
    mixes,
  ],
  average_of_all: [
    sql(
      `SELECT ${each}, AVG(points) - (SELECT AVG(points) FROM player_game_summary) AS x ${grouped}`,
      'NUMERIC(6,2)',
    ),
    mixes,
  ],
  latest_of_all: [
    sql(`SELECT ${each}, MAX(points) AS x FROM player_game_summary AS game
WHERE game_date = (SELECT MAX(game_date) FROM player_game_summary AS other WHERE other.universal_player_id = game.universal_player_id)
GROUP BY ${each}`),
    mixes,
  ],
  one_date_of_all: [
    sql(
      'SELECT universal_player_id, MAX(as_of) AS as_of, SUM(points) AS x FROM player_game_summary GROUP BY universal_player_id',
    ),
    mixes,
  ],
  roster_of_tomorrow: [
    sql(
      `SELECT ${each}, LEAD(days_rest) OVER (PARTITION BY universal_player_id ORDER BY as_of) AS x FROM upcoming_player_game_context`,
      'INT64',
      [tonight],
    ),
    mixes,
  ],
  date_moved: [
    sql(`SELECT universal_player_id, as_of - 1 AS as_of, SUM(points) AS x ${grouped}`),
    mixes,
  ],
  rows_in_no_order: [
    sql(`SELECT ${each}, COUNT(*) AS x ${grouped} ORDER BY ${each} LIMIT 20`),
    mixes,
  ],
  doubled_key: [
    sql(`SELECT ${each}, points AS x FROM player_game_summary`),
    /doubled key \(\d+\); rows_of_one_universal_player_id \(\d+: \d+/,
  ],
  doubled_by_join: [
    sql(
      `SELECT tonight.universal_player_id, tonight.as_of, game.points AS x
FROM upcoming_player_game_context AS tonight
INNER JOIN player_game_summary AS game ON game.as_of = tonight.as_of AND game.universal_player_id = tonight.universal_player_id`,
      'INT64',
      [tonight, games],
    ),
    /doubled key/,
  ],
  misspelt_column: [
    sql(`SELECT ${each}, SUM(pionts) AS x ${grouped}`),
    /line 5: .*"pionts" not found/,
  ],
  text_for_a_number: [
    sql(`SELECT ${each}, MAX(team_abbr) AS x ${grouped}`),
    /cannot be computed.* x/,
  ],
  number_for_a_date: [
    sql(`SELECT ${each}, SUM(points) AS x ${grouped}`, 'DATE'),
    /cannot be computed.* x/,
  ],
  too_large: [
    sql(`SELECT ${each}, SUM(points) AS x ${grouped}`, 'NUMERIC(2,1)'),
    /cannot be computed.* x/,
  ],
  division_by_zero: [
    sql(`SELECT ${each}, SUM(points) / SUM(0 * points) AS x ${grouped}`, 'NUMERIC(9,3)'),
    /cannot be computed.* x/,
  ],
};

/** Refused when the files are read, by word and measure. */
const refused: Readonly<Record<string, readonly [string, RegExp]>> = {
  'select.ts': [
    words('select', "m.games('x', { of: 'player_game_summary', over: m.seasonToDate })"),
    /the name of the table is a word of SQL/,
  ],
  'clock.sql': [sql(`SELECT ${each}, now() AS x ${grouped}`), /the query asks now/],
  'all_days.sql': [
    sql(`SELECT ${each}, COUNT(*) AS x FROM nba_analytics.player_game_summary GROUP BY ALL`),
    /reads nba_analytics.player_game_summary, all its days/,
  ],
  'of_the_day.sql': [
    sql(`SELECT ${each}, MAX(points) AS x ${grouped}`, 'INT64', ['player_game_summary on the day']),
    /known after the games/,
  ],
  'float.sql': [
    sql(`SELECT ${each}, 1.5 AS x ${grouped}`, 'FLOAT64'),
    /line 4: column "x FLOAT64"/,
  ],
  'undeclared_table.sql': [
    sql(`SELECT ${each}, COUNT(*) AS x FROM team_offense_game_summary GROUP BY ${each}`),
    /line 5: the query reads "team_offense_game_summary", which its header does not/,
  ],
  'no_syntax.sql': [
    sql(`SELECT ${each},\n  SUM(points AS x\n${grouped}`),
    /line 6: the query: syntax error at or near "AS"/,
  ],
  'no_end.sql': [
    sql(`SELECT ${each}, (SUM(points) AS x\n${grouped}`),
    /line 5: the query: syntax error/,
  ],
  'two_statements.sql': [sql(`SELECT ${each}, 1 AS x ${grouped}; SELECT 1`), /several statements/],
  'no_select.sql': [sql('DELETE FROM player_game_summary'), /Only SELECT/],
  'out_of_its_place.sql': [
    sql(`SELECT ${each}, 1 AS x ${grouped}) AS asked), more AS (SELECT 1`),
    /line 5: the query: syntax error/,
  ],
  'quoted.sql': [
    sql(`SELECT ${each}, COUNT(*) AS x FROM "nba_analytics".player_game_summary GROUP BY ALL`),
    /read " differently/,
  ],
  'file.sql': [
    sql(`SELECT ${each}, (SELECT COUNT(*) FROM '/tmp/tomorrow.parquet') AS x ${grouped}`),
    /the query reads "\/tmp\/tomorrow.parquet"/,
  ],
  'other_column.sql': [
    sql(`SELECT ${each}, SUM(points) AS y ${grouped}`),
    /line 5: the query yields no column named "x"/,
  ],
  'no_date.sql': [
    sql(
      'SELECT universal_player_id, SUM(points) AS x FROM player_game_summary GROUP BY universal_player_id',
    ),
    /no column named "as_of"/,
  ],
  'no_player.sql': [
    sql('SELECT as_of, SUM(points) AS x FROM player_game_summary GROUP BY as_of'),
    /no column named "universal_player_id"/,
  ],
  'window.ts': [
    words(
      'window',
      "m.average('x', { of: 'player_game_summary.points', over: { kind: 'sameDay' }, decimals: 1 })",
    ),
    /measure "x", over/,
  ],
  'value_after.ts': [
    words('value_after', "m.value('x', { of: 'player_game_summary.points' })"),
    /known after the games; "last" takes the latest/,
  ],
};

/** A file of measures. */
function words(name: string, ...measures: readonly string[]): string {
  return `import * as m from 'backcourt';
export const table = m.playerTable({ name: '${name}', purpose: 'A test.', measures: [${measures.join(', ')}] });
`;
}

const of = "of: 'player_game_summary.points'";
const right: Readonly<Record<string, string>> = {
  'r_sum.sql': sql(`SELECT ${each}, SUM(points) AS x ${grouped}`),
  'r_rounded.sql': sql(`SELECT ${each}, ROUND(AVG(points)) AS x ${grouped}`),
  'r_truth.sql': sql(`SELECT ${each}, MAX(points) > 20 AS x ${grouped}`),
  'r_best.sql': sql(`SELECT ${each}, MAX(points) AS x ${grouped}`),
  'r_mean.sql': sql(`SELECT ${each}, AVG(points) AS x ${grouped}`, 'NUMERIC(5,1)'),
  'r_rate.sql': sql(
    `SELECT ${each}, SUM(fg_makes) / NULLIF(SUM(fg_attempts), 0) AS x ${grouped}`,
    'NUMERIC(5,3)',
  ),
  'r_week.sql': sql(`SELECT ${each}, COUNT(*) AS x ${grouped}`, 'INT64', [
    'player_game_summary last 7 days',
  ]),
  'r_three.sql': sql(`SELECT ${each}, SUM(points) AS x ${grouped}`, 'INT64', [
    'player_game_summary last 3 games',
  ]),
  'r_rank.sql': sql(
    `SELECT ${each}, RANK() OVER (PARTITION BY as_of ORDER BY SUM(points) DESC) AS x ${grouped}`,
  ),
  'r_latest.sql': sql(`SELECT ${each}, points AS x
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY ${each} ORDER BY game_date DESC) AS place FROM player_game_summary) AS numbered
WHERE place = 1`),
  'r_team.sql': sql(`SELECT ${each}, MAX(team_abbr) AS x ${grouped}`, 'STRING'),
  'r_day.sql': sql(`SELECT ${each}, MAX(game_date) AS x ${grouped}`, 'DATE'),
  'r_tonight.sql': sql(
    `SELECT ${each}, days_rest AS x FROM upcoming_player_game_context`,
    'INT64',
    [tonight],
  ),
  'r_average.ts': words(
    'r_average',
    `m.average('x', { ${of}, over: m.lastGames(5), decimals: 1 })`,
  ),
  'r_total.ts': words('r_total', `m.total('x', { ${of}, over: m.lastDays(10) })`),
  'r_extremes.ts': words(
    'r_extremes',
    `m.highest('x', { ${of}, over: m.seasonToDate })`,
    `m.lowest('y', { ${of}, over: m.seasonToDate })`,
  ),
  'r_deviation.ts': words(
    'r_deviation',
    `m.deviation('x', { ${of}, over: m.lastGames(10), decimals: 2 })`,
  ),
  'r_per36.ts': words('r_per36', `m.per36('x', { ${of}, over: m.lastGames(5), decimals: 1 })`),
  'r_trend.ts': words(
    'r_trend',
    `m.trend('x', { ${of}, short: m.lastGames(2), long: m.seasonToDate, decimals: 1 })`,
  ),
  'r_streak.ts': words(
    'r_streak',
    "m.streak('x', { of: 'player_game_summary', where: { points: { atLeast: 10 } } })",
  ),
  'r_opponent.ts': words(
    'r_opponent',
    "m.average('x', { of: 'team_defense_game_summary.points_allowed', whose: 'opponent', over: m.lastGames(5), decimals: 1 })",
  ),
  'r_ranks.ts': words(
    'r_ranks',
    `m.average('x', { ${of}, over: m.lastGames(5), decimals: 1 })`,
    "m.rank('y', { of: 'x', among: 'team', first: 'highest' })",
    "m.teammatesAverage('z', { of: 'x', decimals: 1 })",
  ),
};

/** A project with some files, and a run of all of them. */
async function runOf(name: string, files: Readonly<Record<string, string>>) {
  const tables = join(folder, name, 'tables');
  mkdirSync(tables, { recursive: true });
  writeFileSync(
    join(folder, name, 'backcourt.config.ts'),
    `export const project = { backcourt: 'project', dataset: '${name}' };\n`,
  );
  for (const [file, text] of Object.entries(files)) writeFileSync(join(tables, file), text);
  const own = Object.keys(files).map((file) => file.split('.')[0]);
  const argv = ['run', '--backfill', '--dates', days().join(','), '--warehouse', warehouse];
  const named = name === 'refused' ? [] : ['--tables', own.join(',')];
  return runNode(commandFile, [...argv, ...named], { cwd: join(folder, name) });
}

beforeAll(() => copyFileSync(season().computed, warehouse));

test('each mistake of a query is caught before its first row is written', async () => {
  const files = Object.entries(mistakes).map(([name, [text]]) => [`${name}.sql`, text]);
  const { exitCode, stdout } = await runOf('mistakes', Object.fromEntries(files));
  expect(exitCode).toBe(3);
  const lines = stdout.split('\n');
  for (const [name, [, told]] of Object.entries(mistakes)) {
    const own = lines.filter((line) => line.includes(name)).join('\n');
    expect(own, name).toMatch(told);
    expect(own, name).toMatch(/failed/);
    const [count] = await queryFile(warehouse, `SELECT COUNT(*) FROM mistakes.${name}`);
    expect(count, name).toEqual(['0']);
  }
});

test('each mistake that can be read is refused before the warehouse is opened', async () => {
  const files = Object.entries(refused).map(([name, [text]]) => [name, text]);
  const { exitCode, stderr } = await runOf('refused', Object.fromEntries(files));
  expect(exitCode).toBe(3);
  const lines = stderr.split('\n');
  for (const [name, [, told]] of Object.entries(refused)) {
    expect(
      lines.find((line) => line.includes(`tables/${name}`)),
      name,
    ).toMatch(told);
  }
});

test('of the tables that are right none is held up', async () => {
  const count = Object.keys(right).length * days().length;
  const { exitCode, stdout, stderr } = await runOf('sound', right);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`${count} units: ${count} written`);
  expect(stdout).not.toMatch(/warning|failed {2}/);
});
