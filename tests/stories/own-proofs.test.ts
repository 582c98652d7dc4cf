/** A query that takes one date for another is found wherever the other is: far off, in another season, or worked later. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, expect, test, vi } from 'vitest';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt } from '../support/run-command.ts';
import { commandFile, runNode } from '../support/run-process.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf } from '../support/warehouse-file.ts';

const folder = tempFolder('own-proofs');
let warehouse = '';
let dates: readonly string[] = [];

const here = (...argv: readonly string[]) => runNode(commandFile, argv, { cwd: folder });
const run = (table: string, ...days: readonly string[]) =>
  here('run', '--backfill', '--tables', table, ...days);
const rowsOf = (table: string) => cellOf(warehouse, `SELECT COUNT(*) FROM my_tables.${table}`);
const mixes = (table: string) =>
  new RegExp(`tables/${table}\\.sql: \\S+ mixes dates: .*; nothing was written`);

/** A player's points so far, as they stand on the dates of which the condition holds. */
const query = (joined: string) => `-- What a test plants.
-- each: player
-- reads: upcoming_player_game_context on the day
-- reads: player_game_summary season to date
-- column: x NUMERIC(12,3): x
SELECT tonight.universal_player_id, tonight.as_of, AVG(game.points) AS x
FROM upcoming_player_game_context AS tonight
LEFT JOIN player_game_summary AS game
  ON game.universal_player_id = tonight.universal_player_id AND ${joined}
GROUP BY tonight.universal_player_id, tonight.as_of
`;

const queries = {
  no_date: 'TRUE',
  later_dates: 'game.as_of >= tonight.as_of',
  far_dates:
    'game.as_of BETWEEN tonight.as_of + 9 AND tonight.as_of + 13 AND game.game_date >= tonight.as_of',
  other_season: "strftime(game.as_of, '%m-%d') = strftime(tonight.as_of, '%m-%d')",
  sound: 'game.as_of = tonight.as_of',
};

beforeAll(async () => {
  warehouse = (
    await simulatedWarehouse(folder, {
      seasons: 2,
      firstSeasonYear: 2022,
      gamesPerTeam: 16,
      postseason: false,
    })
  ).path;
  dates = await gameDatesOf(warehouse);
  writeFileSync(
    join(folder, 'backcourt.config.ts'),
    "export const project = { backcourt: 'project', warehouse: 'league.duckdb' };\n",
  );
  mkdirSync(join(folder, 'tables'));
  const { exitCode } = await run(
    'upcoming_team_game_context,upcoming_player_game_context,player_game_summary,team_offense_game_summary,team_defense_game_summary',
  );
  expect(exitCode).toBe(0);
  for (const [name, joined] of Object.entries(queries)) {
    writeFileSync(join(folder, 'tables', `${name}.sql`), query(joined));
  }
});

test('dates that are far off, or of another season, are found before anything is written', async () => {
  const { exitCode, stdout } = await run('far_dates,other_season,sound');
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(mixes('far_dates'));
  expect(stdout).toMatch(mixes('other_season'));
  expect([await rowsOf('far_dates'), await rowsOf('other_season')]).toEqual(['0', '0']);
  expect(Number(await rowsOf('sound'))).toBeGreaterThan(1000);
});

test('a query that joins all dates with each other is refused before a history of them is', async () => {
  const staged = vi.spyOn(DuckDBConnection.prototype, 'run');
  const argv = ['run', '--backfill', '--tables', 'no_date', '--warehouse', warehouse];
  const { exitCode, stdout } = await backcourt(['--project', folder, ...argv]);
  const sent = staged.mock.calls.map(([sql]) => sql);
  staged.mockRestore();
  expect([exitCode, stdout]).toEqual([3, expect.stringMatching(mixes('no_date'))]);
  expect(sent.filter((sql) => sql.includes('staged_no_date'))).toEqual([]);
});

test('dates that have no rows prove nothing, and neither do those of another run', async () => {
  const [first = ''] = dates;
  const next = dates.findIndex((date) => date > '2023-09');
  const opening = ['--start-date', first, '--end-date', dates[next + 1] ?? ''];
  const whole = await run('no_date', ...opening);
  expect([whole.exitCode, whole.stdout]).toEqual([3, expect.stringMatching(mixes('no_date'))]);
  expect((await run('no_date', '--dates', first)).exitCode).toBe(0);
  const after = await run('no_date');
  expect([after.exitCode, after.stdout]).toEqual([3, expect.stringMatching(mixes('no_date'))]);
  expect(await rowsOf('no_date')).toBe('0');
  // Of the latest date no later one stands beside it: it is right by itself.
  expect((await run('later_dates', '--dates', 'latest')).exitCode).toBe(0);
  const latest = await rowsOf('later_dates');
  const others = await run('later_dates');
  expect([others.exitCode, others.stdout]).toEqual([
    3,
    expect.stringMatching(mixes('later_dates')),
  ]);
  expect(await rowsOf('later_dates')).toBe(latest);
});

test('what was made date by date is held against all dates of two seasons by verify', async () => {
  expect((await run('other_season', '--batch-days', '1')).exitCode).toBe(0);
  const verify = (table: string) => here('verify', '--no-lookahead', '--tables', table);
  const mixed = await verify('other_season');
  expect([mixed.exitCode, mixed.stdout]).toEqual([7, expect.stringContaining('mixes dates')]);
  expect((await verify('sound')).exitCode).toBe(0);
});
