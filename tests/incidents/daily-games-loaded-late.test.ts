/**
 * Four games were loaded late, and 20 days of last-10 averages were made of 8 games, unflagged. In daily mode a
 * day of which a part is loaded is not computed from that part, nor is anything after it.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dailyLeague } from '../support/daily-league.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('incident games loaded late');

test('a log with a game too few blocks the days after it until it is there', async () => {
  const league = await dailyLeague(folder);
  const [opener = '', second = '', third = ''] = league.dates;
  const warehouse = join(folder, 'w.duckdb');
  const on = ['--warehouse', warehouse];
  const [logs = '', shots = ''] = await league.logs(opener, opener);
  const part = join(folder, 'part.parquet');
  await changeFile(
    join(folder, 'scratch.duckdb'),
    `COPY (
      SELECT * FROM '${logs}' WHERE GAME_ID NOT IN (SELECT DISTINCT GAME_ID FROM '${logs}' ORDER BY 1 LIMIT 1)
    ) TO '${part}' (FORMAT parquet)`,
  );
  await prepare(['ingest', 'schedule', league.schedule, ...on]);
  await prepare(['ingest', 'simulated', part, ...on]);
  await prepare(['ingest', 'simulated', ...(await league.logs(second, second)), ...on]);

  const early = await backcourt(['run', '--dates', `${opener},${third}`, ...on], { today: third });
  expect(early.exitCode).toBe(5);
  expect(early.stdout).toMatch(
    new RegExp(
      `^${opener} {2}team_offense_game_summary +blocked {2}no result for ${opener} \\(1 of`,
      'm',
    ),
  );
  expect(early.stdout).toMatch(
    new RegExp(
      `^${third} {2}upcoming_player_game_context +blocked {2}no result for ${opener}`,
      'm',
    ),
  );
  const written = await queryFile(
    warehouse,
    `SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_analytics.team_offense_game_summary`,
  );
  expect(written.flat()).toEqual([second]);

  await prepare(['ingest', 'simulated', logs, shots, ...on]);
  const complete = await backcourt(['run', '--dates', third, ...on], { today: third });
  expect(complete.exitCode).toBe(0);
  expect(complete.stdout).toMatch(new RegExp(`^${opener} {2}team_offense_game_summary +done`, 'm'));
});
