/** `is_backfill` instead of `backfill_mode` ran half a day in the wrong mode: unknown names are errors. */
import { beforeAll, describe, expect, test } from 'vitest';
import { backcourt } from '../support/run-command.ts';
import { jobFile, runNode } from '../support/run-process.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { partitionHashes } from '../support/warehouse-file.ts';

const folder = tempFolder('incident wrong mode flag');
const day = ['--dates', '2023-10-25'];
let path: string;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 4, postseason: false }));
});

const wrong: readonly (readonly [readonly string[], string])[] = [
  [['--option', 'is_backfill=true'], 'unknown option "is_backfill"'],
  [['--option', 'backfil_mode=true'], 'did you mean "backfill_mode"?'],
  [['--option', 'backfill_mode=1'], 'option backfill_mode="1" is neither true nor false'],
  [['--option', 'backfill_mode=True'], 'option backfill_mode="True" is neither true nor false'],
  [['--is-backfill'], "unknown option '--is-backfill'"],
  [['--backfill-mode'], "unknown option '--backfill-mode'"],
];

describe.each(wrong)('%j', (flags, message) => {
  test('is a usage error of the command and of a job, and nothing runs', async () => {
    const before = await partitionHashes(path);
    const run = await backcourt(['run', ...day, ...flags, '--warehouse', path]);
    const job = await runNode(jobFile('analytics', 'team_offense_game_summary'), [
      ...[...day, ...flags, '--warehouse', path],
    ]);
    for (const { exitCode, stdout, stderr } of [run, job]) {
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain(message);
    }
    expect(await partitionHashes(path)).toEqual(before);
  });
});

test('the mode that runs is the mode that is shown', async () => {
  const on = [...day, '--tables', 'team_offense_game_summary', '--dry-run', '--warehouse', path];
  const backfill = await backcourt(['run', ...on, '--option', 'backfill_mode=true']);
  expect(backfill.exitCode).toBe(0);
  const daily = await backcourt(['run', ...on, '--backfill', '--option', 'backfill_mode=false']);
  expect([daily.exitCode, daily.stdout]).toEqual([
    5,
    expect.stringContaining('no schedule file for season 2023-24'),
  ]);
});
