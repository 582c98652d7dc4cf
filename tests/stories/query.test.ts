import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { backcourt } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('query');
let path: string;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 2, postseason: false }));
});

const query = (sql: string, ...flags: readonly string[]) =>
  backcourt(['query', sql, ...flags, '--warehouse', path]);

const cells = `SELECT * FROM (VALUES
  (1, 'a "b", c', DATE '2024-01-26', 2.50, ['x', 'y']),
  (20, '', NULL, -1, [])
) AS t (n, text, day, amount, list)`;

test('a table for people: numbers to the right, NULL told apart from nothing', async () => {
  const { exitCode, stderr, stdout } = await query(cells);

  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toBe(` n  text      day         amount  list
 1  a "b", c  2024-01-26    2.50  ["x","y"]
20            NULL         -1.00  []
2 rows
`);
});

test('SHOW TABLES shows the tables that there are, as they are asked for', async () => {
  const { lines } = await query('show tables;');
  expect(lines).toEqual(expect.arrayContaining(['backcourt.runs', 'nba_raw.player_box']));
  const [, named = ''] = lines;
  expect((await query(`SELECT COUNT(*) FROM ${named}`)).exitCode).toBe(0);
});

test('a terminal is not flooded; a pipe, CSV and JSON have every row', async () => {
  const many = 'SELECT n FROM range(150) AS t (n)';
  const shown = (...flags: readonly string[]) =>
    backcourt(['query', many, ...flags, '--warehouse', path], { screen: 80 });
  const { lines } = await shown();
  expect([lines.length, lines.at(-2), lines.at(-1)]).toEqual([
    102,
    '99',
    '150 rows, the first 100 are shown: all with --csv or --json, or in a pipe',
  ]);
  expect((await query(many)).lines).toHaveLength(152);
  expect((await shown('--csv')).lines).toHaveLength(151);
  expect((await shown('--json')).lines).toHaveLength(150);
});

test('CSV and JSON hold what the table holds', async () => {
  expect((await query(cells, '--csv')).stdout).toBe(
    'n,text,day,amount,list\n1,"a ""b"", c",2024-01-26,2.50,"[""x"",""y""]"\n20,"",,-1.00,[]\n',
  );
  const json = await query(cells, '--json');
  expect(json.lines.map((line) => JSON.parse(line))).toEqual([
    { n: 1, text: 'a "b", c', day: '2024-01-26', amount: '2.50', list: ['x', 'y'] },
    { n: 20, text: '', day: null, amount: '-1.00', list: [] },
  ]);
  expect(json.stderr).toBe('2 rows\n');
});

test('integers are numbers while a number can hold them, and a name that comes twice is kept', async () => {
  const { lines } = await query(
    'SELECT COUNT(*) AS games, 9007199254740993::BIGINT AS games, [10, NULL]::BIGINT[] AS list FROM nba_raw.schedule',
    '--json',
  );
  const [row] = lines.map((line) => JSON.parse(line));
  expect(Object.values(row)).toEqual([30, '9007199254740993', [10, null]]);
});

test.each([
  ['CREATE TABLE nba_raw.mine (a INT)', 'no SELECT'],
  ["COPY nba_raw.schedule TO '{out}'", 'no SELECT'],
  ["EXPLAIN ANALYZE COPY nba_raw.schedule TO '{out}'", 'no SELECT'],
  ["ATTACH '{out}'", 'no SELECT'],
  ['DELETE FROM nba_raw.schedule', 'no SELECT'],
  ['SELECT 1; SELECT 2', '2 statements'],
  ["SELECT 1; COPY nba_raw.schedule TO '{out}'", '2 statements'],
  ['SELEC 1', 'syntax error at or near "SELEC"'],
  ['SELECT game_dat FROM nba_raw.schedule', 'Candidate bindings: "game_date"'],
  ["SELECT CAST('x' AS INT)", 'Conversion Error'],
  ['FROM game', 'SHOW TABLES lists those there are'],
  ['FROM team_offence', 'Did you mean "nba_analytics.team_offense_game_summary"?'],
  [' -- nothing\n;', 'which query?'],
])('%s is refused', async (sql, message) => {
  const out = join(folder, 'out.csv');
  const before = readFileSync(path);
  const { exitCode, stdout, stderr } = await query(sql.replace('{out}', out));

  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(existsSync(out)).toBe(false);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a place that is none, BigQuery, and both forms at once', async () => {
  const none = join(folder, 'none.duckdb');
  expect((await backcourt(['query', 'SELECT 1', '--warehouse', none])).exitCode).toBe(5);
  expect(existsSync(none)).toBe(false);
  const there = await backcourt(['query', 'SELECT 1', '--warehouse', 'bigquery://my-project/dev']);
  expect(there.exitCode).toBe(2);
  expect(there.stderr).toContain('query asks a DuckDB file');
  expect((await query('SELECT 1', '--csv', '--json')).exitCode).toBe(2);
});
