import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { fixture } from '../../src/api/index.ts';
import { BadDefinition, checkFixture, UsageError } from '../../src/api/warehouse.ts';
import { commandFile, runNode } from '../support/run-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('fixtures');
const project = join(folder, 'project');
const here = (...argv: readonly string[]) => runNode(commandFile, argv, { cwd: project });
const path = (name: string) => join(project, 'tables', name);
const change = (name: string, from: string, to: string) => {
  const text = readFileSync(path(name), 'utf8');
  expect(text).toContain(from);
  writeFileSync(path(name), text.replace(from, to));
};

beforeAll(async () => {
  await runNode(commandFile, ['new', 'project', 'project'], { cwd: folder });
  await here('new', 'table', 'edge', '--each', 'team');
});

test('what new writes is as expected, and no warehouse is needed', async () => {
  const { exitCode, stdout, stderr } = await here('test');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toBe(`as expected  edge           gamesBeforeTheDate, 1 row
as expected  shooting_form  gamesBeforeTheDate, 2 rows

2 fixtures: 2 as expected, 0 differ, 0 wrong
`);
  expect(existsSync(join(project, 'nba.duckdb'))).toBe(false);
});

test('what differs is shown with row and column, and ends with 7', async () => {
  change('edge.fixture.ts', 'points_avg_last_10: 115.5', 'points_avg_last_10: 115');
  change(
    'shooting_form.fixture.ts',
    "{ universal_player_id: '2', three",
    "{ universal_player_id: '3', three",
  );
  const { exitCode, stdout } = await here('test');
  expect(exitCode).toBe(7);
  expect(stdout).toContain(`tables/edge.fixture.ts, gamesBeforeTheDate:
  BOS  points_avg_last_10: expected 115, is 115.5

tables/shooting_form.fixture.ts, gamesBeforeTheDate:
  3  expected, and no row came out
  2  came out, and no row was expected

2 fixtures: 0 as expected, 2 differ, 0 wrong`);
  const json = await here('test', 'edge', '--json');
  expect(JSON.parse(json.stdout)).toEqual({
    type: 'fixture',
    file: 'tables/edge.fixture.ts',
    name: 'gamesBeforeTheDate',
    table: 'edge',
    rows: 1,
    differences: [
      {
        key: 'BOS',
        kind: 'differs',
        columns: [{ column: 'points_avg_last_10', expected: '115', actual: '115.5' }],
      },
    ],
  });
});

test('a fixture that is wrong is told with its row, and the others are computed', async () => {
  change('edge.fixture.ts', 'points_scored: 110', 'points_score: 110');
  change('edge.fixture.ts', 'points_avg_last_10: 115,', 'points_avg_last_10: 115.5,');
  change('shooting_form.fixture.ts', 'fg_attempts: 10,', 'fg_attempts: 10.5,');
  writeFileSync(path('more.fixture.ts'), 'export const one = { backcourt: "fixture", table: 1 };');
  writeFileSync(path('none.fixture.ts'), 'const nothing = 1;');
  const { exitCode, stdout } = await here('test');
  expect(exitCode).toBe(3);
  expect(stdout).toContain(
    'tables/edge.fixture.ts: gamesBeforeTheDate: row 1 of team_offense_game_summary: there is no column "points_score"; did you mean "points_scored"?',
  );
  expect(stdout).toContain(
    'gamesBeforeTheDate: row 1 of player_game_summary, fg_attempts: 10.5 is no INT64',
  );
  expect(stdout).toContain('tables/more.fixture.ts: one.table: Invalid input');
  expect(stdout).toContain('tables/none.fixture.ts: it exports no fixture');
  expect(stdout).toContain('4 fixtures: 0 as expected, 0 differ, 4 wrong');
  change('edge.ts', 'points_allowed', 'points_alowed');
  const broken = await here('test');
  expect([broken.exitCode, broken.stdout]).toEqual([
    3,
    expect.stringContaining('team_defense_game_summary has no column "points_alowed"'),
  ]);
  const named = await here('test', 'shooting_from');
  expect([named.exitCode, named.stderr]).toEqual([
    2,
    expect.stringContaining('unknown table "shooting_from"; did you mean "shooting_form"?'),
  ]);
  const nowhere = await runNode(commandFile, ['test'], { cwd: folder });
  expect([nowhere.exitCode, nowhere.stderr]).toEqual([2, expect.stringContaining('no fixture')]);
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  writeFileSync(
    join(empty, 'backcourt.config.ts'),
    "export const project = { backcourt: 'project' };",
  );
  expect((await runNode(commandFile, ['test'], { cwd: empty })).exitCode).toBe(3);
});

test('checkFixture does it for a test runner', async () => {
  const own = join(folder, 'own');
  mkdirSync(join(own, 'tables'), { recursive: true });
  writeFileSync(
    join(own, 'backcourt.config.ts'),
    "export const project = { backcourt: 'project' };",
  );
  // Without an import: in this process nobody answers for `backcourt`.
  writeFileSync(
    join(own, 'tables', 'steals.ts'),
    `export const table = { backcourt: 'table', name: 'steals', purpose: 'Steals.', each: 'player', measures: [
  { kind: 'average', name: 'steals', of: 'player_game_summary.steals', over: { kind: 'lastGames', games: 2 }, decimals: 1 },
] };`,
  );
  writeFileSync(
    join(own, 'tables', 'met.sql'),
    `-- How often he has met him.
-- each: player
-- reads: player_game_summary last 2 games
-- column: met INT64 games: games
SELECT universal_player_id, as_of, COUNT(*) AS met FROM player_game_summary GROUP BY ALL`,
  );
  const of = (steals: number, game_date: string, more = {}) => ({
    universal_player_id: '1',
    game_date,
    steals,
    ...more,
  });
  const games = [
    of(9, '2024-12-10'),
    of(2, '2024-12-15'),
    of(8, '2024-12-16', { is_active: false }),
    of(1, '2024-12-17'),
    of(9, '2024-12-21'),
    of(9, '2023-12-20'),
  ];
  const rows = {
    upcoming_player_game_context: [{ universal_player_id: '1' }],
    player_game_summary: games,
  };
  const asked = (table: string, expected: Readonly<Record<string, string | number | null>>) =>
    checkFixture(
      fixture({
        table,
        date: '2024-12-21',
        rows,
        expected: [{ universal_player_id: '1', game_date: '2024-12-21', ...expected }],
      }),
      { project: own },
    );
  expect(await asked('steals', { steals: 1.5 })).toEqual({
    table: 'steals',
    rows: 1,
    differences: [],
  });
  expect((await asked('steals', { steals: '1.5' })).differences).toEqual([]);
  expect((await asked('met', { met: 2 })).differences).toEqual([]);
  expect((await asked('steals', { steals: null })).differences).toEqual([
    { key: '1', kind: 'changed', columns: [{ column: 'steals', was: null, is: '1.5' }] },
  ]);
  await expect(asked('steels', {})).rejects.toBeInstanceOf(UsageError);
  const refused = async (more: object, message: string) => {
    const given = { table: 'steals', date: '2024-12-21', rows, expected: [], ...more };
    const error = await checkFixture(fixture(given), { project: own }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(BadDefinition);
    expect(error.message).toContain(message);
  };
  await refused({ date: '2024-12-32' }, 'no day');
  await refused({ rows: { player_game_sumary: [] } }, 'did you mean "player_game_summary"?');
  await refused({ rows: { shots: [] } }, 'steals has no input shots');
  await refused(
    { rows: { player_game_summary: [...games, of(1, '2024-12-17')] } },
    'there is one of',
  );
  await refused({ rows: { player_game_summary: [{ steals: 1 }] } }, 'has no universal_player_id');
  await refused({ expected: [{ steals: 1 }] }, 'row 1 of steals has no universal_player_id');
  await refused({ rows: { ...rows, player_game_summary: [of(1, 'x')] } }, 'fixture: ');
});
