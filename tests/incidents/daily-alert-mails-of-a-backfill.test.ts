/** Expected-empty called missing, and hundreds of alert mails: a backfill sends none. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { alertServer } from '../support/alert-server.ts';
import { backcourt } from '../support/run-command.ts';
import { jobFile, runNode } from '../support/run-process.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('incident alert mails');
const range = ['--start-date', '2023-10-24', '--end-date', '2023-11-20'];

test('a backfill with a blocked unit on every date alerts nobody, whatever is configured', async () => {
  const server = await alertServer();
  const { path } = await simulatedWarehouse(folder, { gamesPerTeam: 16, postseason: false });
  const tables = ['--tables', 'team_defense_game_summary'];
  const alert = ['--alert-url', server.url];
  const run = await backcourt(
    ['run', '--backfill', ...tables, ...range, ...alert, '--warehouse', path],
    { alertUrl: server.url },
  );
  expect(run.exitCode).toBe(5);
  expect(run.stdout).toMatch(/(1\d|2\d) blocked, 0 failed/);

  const job = jobFile('analytics', 'team_defense_game_summary');
  const ended = await runNode(job, [...range, ...alert, '--warehouse', join(path)]);
  expect(ended.exitCode).toBe(5);
  expect(server.received).toEqual([]);

  // The same in daily mode is one message, not one per date.
  const daily = await backcourt(['run', ...tables, ...range, ...alert, '--warehouse', path]);
  expect([daily.exitCode, server.received.length]).toEqual([5, 1]);
});
