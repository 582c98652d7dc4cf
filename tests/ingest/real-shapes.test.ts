/** The small files that stand beside the real ones, each in a shape that people have. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { announceRealData, realDataFolder } from '../support/real-data.ts';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';

announceRealData('files in other shapes');
const folder = tempFolder('real-shapes');
const shapes = join(realDataFolder ?? folder, '../cases/shapes');

test.runIf(existsSync(shapes)).each([
  ['playergamelog.csv', 0],
  ['leaguegamelog_player.csv', 0],
  ['kaggle_PlayerStatistics.csv', 0],
  ['kaggle_NBA_2024_Shots.csv', 0],
  ['scheduleleaguev2.csv', 0],
  ['kaggle_LeagueSchedule24_25.csv', 0],
  ['commonplayerinfo.csv', 0],
  ['nba_official_injury_report.csv', 0],
  ['oddsapi_event.json', 0],
  ['oddsapi_player_points_flat.csv', 0],
  ['boxscoretraditionalv3.csv', 3],
  ['bref_gamelog.csv', 2],
  ['hoopr_player_box.csv', 2],
])('%s alone ends in %i', async (name, exitCode) => {
  const warehouse = join(folder, `${name}.duckdb`);
  const result = await backcourt(['ingest', join(shapes, name), '--warehouse', warehouse]);
  expect(result.exitCode, result.stderr + result.stdout).toBe(exitCode);
});
