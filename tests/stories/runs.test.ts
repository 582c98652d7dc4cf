import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile } from '../support/warehouse-file.ts';

const folder = tempFolder('runs');
const table = 'team_offense_game_summary';

test('the last runs, the latest first, with what they counted; a killed one has no end', async () => {
  const { path } = await simulatedWarehouse(folder, { gamesPerTeam: 2, postseason: false });
  const [first, second] = await gameDatesOf(path);
  const at = ['--warehouse', path];
  const run = ['run', '--backfill', '--tables', table];
  const now = (minute: number) => ({ now: () => `2036-01-15T12:0${minute}:00.000Z` });
  await prepare([...run, '--dates', `${first}`, ...at], now(1));
  await prepare([...run, '--dates', `${first},${second}`, ...at], now(2));
  await changeFile(
    path,
    `INSERT INTO backcourt.runs (run_id, verb, request, code_version, who, started_at)
VALUES ('killed', 'run', '{"season":2023}', '0', 'me', TIMESTAMPTZ '2036-01-15 12:03:00+00')`,
  );

  const all = await backcourt(['runs', '--json', ...at]);
  expect([all.exitCode, all.lines.length]).toEqual([0, 4]);
  expect(all.lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ run_id: 'killed', seconds: null, exit_code: null, written: null }),
    expect.objectContaining({ type: 'run', exit_code: 0, written: 1, skipped: 1, failed: 0 }),
    expect.objectContaining({ verb: 'run', exit_code: 0, seconds: 0, written: 1, skipped: 0 }),
    expect.objectContaining({ verb: 'ingest', exit_code: 0 }),
  ]);

  const { lines, stderr } = await backcourt(['runs', '--last', '2', ...at]);
  expect(stderr).toBe('');
  expect(lines.map((line) => line.replace(/ +/g, ' ').replace(/^\S+Z-\S+/, '<id>'))).toEqual([
    'run verb started (UTC) took exit written unchanged skipped failed blocked rows asked for',
    'killed run 2036-01-15 12:03:00 - - - - - - - - season 2023-24',
    expect.stringMatching(
      new RegExp(
        `^<id> run 2036-01-15 12:02:00 0.00 s 0 1 0 1 0 0 \\d+ ${table}, 2 dates, backfill$`,
      ),
    ),
  ]);
});

test('config and prune leave an entry where they change something, and none where they only tell', async () => {
  const { path } = await simulatedWarehouse(folder, { gamesPerTeam: 2, postseason: false });
  const at = ['--warehouse', path];
  const entries = async () =>
    (await prepare(['runs', '--json', ...at])).lines
      .map((line) => JSON.parse(line))
      .filter(({ verb }) => verb !== 'ingest' && verb !== 'run');
  const now = (minute: number) => ({ now: () => `2036-01-15T13:0${minute}:00.000Z` });
  for (const dry of [['config'], ['prune'], ['prune', '--before', '2036-01-15']]) {
    await prepare([...dry, ...at], now(0));
  }
  expect(await entries()).toEqual([]);
  const set = ['config', 'set', 'min_games=6', 'accept_closing_lines=true', ...at];
  await prepare(set, now(1));
  // Nothing is another value the second time.
  await prepare(set, now(2));
  await prepare(['config', 'unset', 'min_games', ...at], now(3));
  await prepare(['prune', '--before', '2036-01-15', '--yes', ...at], now(4));
  const ended = { exit_code: 0, seconds: 0, written: null, rows: null, who: expect.any(String) };
  expect(await entries()).toMatchObject([
    { ...ended, verb: 'prune', request: 'before 2036-01-15T00:00:00.000Z' },
    { ...ended, verb: 'config', request: 'unset min_games' },
    { ...ended, verb: 'config', request: 'set min_games=6 accept_closing_lines=true' },
  ]);
  const [{ run_id: pruned }] = await entries();
  const retried = await backcourt(['retry', pruned, ...at]);
  expect([retried.exitCode, retried.stderr]).toEqual([
    2,
    expect.stringContaining('is of prune, which computes nothing'),
  ]);
});

test('a place that is none, and a number of runs that is none', async () => {
  const none = join(folder, 'none.duckdb');
  expect((await backcourt(['runs', '--warehouse', none])).exitCode).toBe(5);
  expect((await backcourt(['runs', '--last', '0'])).exitCode).toBe(2);
});
