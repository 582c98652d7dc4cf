/** What goes through fetch, ingest and run comes out as the files that it was made of. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { seasonName } from '../../src/calendar/season-name.ts';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { standInHost } from '../support/stand-in-host.ts';
import { tempFolderOfTest } from '../support/temp-folder.ts';
import { differingUnits, partitionHashes } from '../support/warehouse-file.ts';

const seasons = [2021, 2022, 2023, 2024];
// Long after all of them: each day is asked for once and for all.
const surroundings = { today: '2026-01-15' };

announceRealData('fetched seasons');

const leagues: readonly (readonly [string, (folder: string) => Promise<readonly string[]>])[] = [
  ['four simulated seasons', (directory) => writeSimulatedLeague({ directory, seasons: 4 })],
  ...(realDataFolder === undefined
    ? []
    : [['four real seasons', async () => realFiles()] as const]),
];

test.each(leagues)(
  '%s: hash for hash',
  async (_, filesOf) => {
    const folder = tempFolderOfTest('seasons');
    const [given, fetched, answers] = ['given.duckdb', 'fetched.duckdb', 'answers'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    mkdirSync(join(folder, 'league'));
    const files = await filesOf(join(folder, 'league'));
    const host = await standInHost(files);
    onTestFinished(() => host.close());

    const schedules: string[] = [];
    for (const season of seasons) {
      const name = seasonName(season);
      const path = join(folder, `schedule-${name}.json`);
      const parameters = new URLSearchParams({ LeagueID: '00', Season: name });
      writeFileSync(path, JSON.stringify(await host.honest('scheduleleaguev2', parameters)));
      schedules.push(path);
      const asked = ['fetch', '--season', name, '--into', answers, '--stats-url', host.url];
      // Shots lack where the files have none; what can be had is had.
      const first = await backcourt(asked, surroundings);
      expect(first.stderr).toBe('');
      expect(first.stdout).not.toContain('refused,');
      const requests = host.requests.length;
      await backcourt(asked, surroundings);
      expect(host.requests.length).toBe(requests);
    }
    await backcourt(['ingest', ...files, ...schedules, '--warehouse', given]);
    await backcourt(['ingest', answers, '--warehouse', fetched]);
    const hashes: ReadonlyMap<string, string>[] = [];
    for (const warehouse of [given, fetched]) {
      await prepare(['run', '--backfill', '--warehouse', warehouse]);
      hashes.push(await partitionHashes(warehouse));
    }
    const [ours = new Map(), theirs = new Map()] = hashes;
    expect(ours.size).toBeGreaterThan(8_000);
    expect(differingUnits(ours, theirs)).toEqual([]);
  },
  1_800_000,
);
