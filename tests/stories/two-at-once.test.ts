import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import {
  commandFile,
  type Running,
  repositoryRoot,
  runNode,
  startNode,
} from '../support/run-process.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes, tornPartitions } from '../support/warehouse-file.ts';

const folder = tempFolder('two');
const holder = resolve(repositoryRoot, 'tests/support/hold-warehouse.ts');
let path: string;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 4, postseason: false }));
});

async function whileHeld(work: (held: Running) => Promise<void>): Promise<void> {
  const held = startNode(holder, [path]);
  try {
    await held.says('held');
    await work(held);
  } finally {
    held.closeStdin();
    await held.ended;
  }
}

const day = ['--dates', '2023-10-24', '--tables', 'team_offense_game_summary'];

test('a second writer is told who holds the warehouse, nothing reads over his shoulder: both exit 6', async () => {
  await whileHeld(async ({ pid }) => {
    const { exitCode, stdout, stderr } = await runNode(commandFile, [
      ...['run', '--backfill', ...day, '--wait', '0', '--warehouse', path],
    ]);
    expect([exitCode, stdout]).toEqual([6, '']);
    expect(stderr).toContain(`"${path}" is held by process ${pid} on `);
    expect(stderr).toContain(
      'writing since 2023-11-15T12:00:00Z; wait for it with --wait <seconds>',
    );
    for (const args of [
      ['status'],
      ['run', '--backfill', '--dry-run', ...day],
      ['ingest', 'simulated', '--seasons', '1'],
    ]) {
      const other = await backcourt([...args, '--wait', '0', '--warehouse', path]);
      expect([args, other.exitCode, other.stderr]).toEqual([
        args,
        6,
        expect.stringContaining(`is held by process ${pid}`),
      ]);
    }
  });
});

test('--wait 1 gives up after a second, --wait 60 gets its turn', async () => {
  await whileHeld(async (held) => {
    const started = performance.now();
    const short = await runNode(commandFile, [
      ...['run', '--backfill', ...day, '--wait', '1', '--warehouse', path],
    ]);
    expect(short.exitCode).toBe(6);
    expect(performance.now() - started).toBeGreaterThan(1000);

    const patient = startNode(commandFile, [
      ...['run', '--backfill', ...day, '--wait', '60', '--warehouse', path],
    ]);
    // The holder lets go while the other one is already asking.
    const asking = await Promise.race([
      patient.ended.then(() => false),
      new Promise<boolean>((resolveAsking) => setTimeout(() => resolveAsking(true), 1500)),
    ]);
    held.closeStdin();
    await held.ended;
    const { exitCode, lines } = await patient.ended;
    expect([asking, exitCode]).toEqual([true, 0]);
    expect(lines[1]).toMatch(/^2023-10-24 {2}done/);
  });
});

test('a killed writer leaves the warehouse open to the next one', async () => {
  const held = startNode(holder, [path]);
  await held.says('held');
  held.kill('SIGKILL');
  expect((await held.ended).signal).toBe('SIGKILL');
  const { exitCode } = await runNode(commandFile, ['status', '--wait', '0', '--warehouse', path]);

  expect(exitCode).toBe(0);
});

test('SIGINT ends a run after the batch in hand: 130, and the next run goes on', async () => {
  const longer = tempFolderOfTest('interrupted');
  const league = await simulatedWarehouse(longer, { gamesPerTeam: 8, postseason: false });
  const dates = await gameDatesOf(league.path);
  const range = between(dates[0], dates.at(-1));
  const undisturbed = join(longer, 'undisturbed.duckdb');
  copyFileSync(league.path, undisturbed);
  const tables = 'team_offense_game_summary,player_game_summary,team_defense_game_summary';
  const args = ['run', '--backfill', ...range, '--tables', tables, '--warehouse'];
  const running = startNode(commandFile, [...args, league.path, '--batch-days', '1']);
  await running.says('2023-10-25');
  running.kill('SIGINT');
  const { exitCode, stdout } = await running.ended;
  expect(exitCode).toBe(130);
  expect(stdout).toMatch(/interrupted: what was committed stays/);
  expect(stdout).toMatch(/units not reached/);
  expect(await tornPartitions(league.path)).toEqual([]);
  const done = await partitionHashes(league.path);

  const rest = await runNode(commandFile, [...args, league.path]);
  expect([rest.exitCode, rest.stderr]).toEqual([0, '']);
  await prepare([...args, undisturbed]);
  const all = await partitionHashes(league.path);
  expect(all.size).toBeGreaterThan(done.size);
  expect(differingUnits(await partitionHashes(undisturbed), all)).toEqual([]);
});
