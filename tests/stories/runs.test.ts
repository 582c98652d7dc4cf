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

test('a place that is none, and a number of runs that is none', async () => {
  const none = join(folder, 'none.duckdb');
  expect((await backcourt(['runs', '--warehouse', none])).exitCode).toBe(5);
  expect((await backcourt(['runs', '--last', '0'])).exitCode).toBe(2);
});
