import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { between, gameDatesOf, hashesAfter } from '../support/equal-hashes.ts';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolderOfTest } from '../support/temp-folder.ts';
import { differingUnits } from '../support/warehouse-file.ts';

announceRealData('exact numbers of a real season');

const analytics = 'team_offense_game_summary,team_defense_game_summary,player_game_summary';
const zones = 'team_defense_zone_analysis,player_shot_zone_analysis';

async function expectEqualHowever(folder: string, path: string): Promise<void> {
  const dates = await gameDatesOf(path);
  const half = Math.floor(dates.length / 2);
  const all = between(dates[0], dates.at(-1));
  const later = between(dates[half], dates.at(-1));
  const earlier = between(dates[0], dates[half - 1]);
  const atOnce = await hashesAfter(folder, path, all);
  const ways: readonly (readonly (readonly string[])[])[] = [
    [[...all, '--batch-days', '1']],
    [[...all, '--batch-days', '7', '--threads', '1']],
    [[...all, '--threads', '4']],
    [
      ['--tables', analytics, ...later],
      ['--tables', analytics, ...earlier],
      ['--tables', zones, ...later],
      ['--tables', zones, ...earlier],
    ],
  ];
  for (const runs of ways) {
    const hashes = await hashesAfter(folder, path, ...runs);
    expect([runs, differingUnits(atOnce, hashes)]).toEqual([runs, []]);
  }
}

test('two whole made-up seasons come out equal however they are computed', async () => {
  const folder = tempFolderOfTest('exact-season');
  const { path } = await simulatedWarehouse(folder, { gamesPerTeam: 40, seasons: 2 });
  await expectEqualHowever(folder, path);
});

describe.runIf(realDataFolder)('the real season 2023-24', () => {
  test('comes out equal however it is computed', async () => {
    const folder = tempFolderOfTest('exact-real');
    const path = join(folder, 'real.duckdb');
    await prepare(['ingest', 'nba-stats', ...realFiles('2023-24'), '--warehouse', path]);
    await expectEqualHowever(folder, path);
  });
});
