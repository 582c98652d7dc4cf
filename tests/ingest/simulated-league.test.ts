import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('simulated-league');

test('a league of other years has the size of the real one', async () => {
  const warehouse = join(folder, 'early.duckdb');
  const { exitCode } = await backcourt([
    ...['ingest', 'simulated', '--seasons', '1', '--first-season', '1979'],
    ...['--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(0);
  const seasons = await queryFile(
    warehouse,
    `SELECT season_year::INT, COUNT(*)::INT, COUNT(DISTINCT home_team_abbr)::INT, CAST(MIN(game_date) AS VARCHAR)
FROM nba_raw.schedule WHERE game_type = 'regular_season' GROUP BY season_year`,
  );
  expect(seasons).toEqual([[1979, 1230, 30, '1979-10-23']]);
});

test.each([
  [['--seasons', '26'], '--seasons 26 from 2021 would end with season 2046'],
  [
    ['--seasons', '2', '--first-season', '2045'],
    '--seasons 2 from 2045 would end with season 2046',
  ],
])('%j: no game id can write the year, and nothing is left', async (flags, message) => {
  const warehouse = join(folder, 'late.duckdb');
  const { exitCode, stderr } = await backcourt([
    ...['ingest', 'simulated', ...flags, '--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain('begin earlier with --first-season');
  expect(existsSync(warehouse)).toBe(false);
});
