import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, type LoggedGame, shotChart, withEach } from '../support/game-log.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('home-side');
const columns =
  'game_id, home_team_abbr, away_team_abbr, team_a_abbr, team_b_abbr, CAST(neutral_site AS VARCHAR)';

/** A log in which both teams are marked as away, as at a neutral site. */
const bothAway = (game: LoggedGame) =>
  withEach(gameLog(game), ({ MATCHUP }) => ({ MATCHUP: String(MATCHUP).replace('vs.', '@') }));

const played = { id: '0022300300', date: '2023-12-07', away: 'NYK', home: 'LAL' };

test('one team with "vs." is at home', async () => {
  const warehouse = join(folder, 'ordinary.duckdb');
  const logs = await writeParquet(folder, 'ordinary.parquet', gameLog(played));
  await prepare(['ingest', 'nba-stats', logs, '--warehouse', warehouse]);

  expect(await queryFile(warehouse, `SELECT ${columns} FROM nba_raw.schedule`)).toEqual([
    ['20231207_NYK_LAL', 'LAL', 'NYK', 'LAL', 'NYK', null],
  ]);
});

test('with two "@" the shot chart tells the home side, whenever it comes', async () => {
  const warehouse = join(folder, 'chart.duckdb');
  const logs = await writeParquet(folder, 'chart-logs.parquet', bothAway(played));
  const shots = await writeParquet(folder, 'chart-shots.parquet', shotChart(played));
  await prepare(['ingest', 'nba-stats', logs, '--warehouse', warehouse]);
  const unknown = await queryFile(warehouse, `SELECT ${columns} FROM nba_raw.schedule`);
  await prepare(['ingest', 'nba-stats', shots, '--warehouse', warehouse]);
  const known = await queryFile(warehouse, `SELECT ${columns} FROM nba_raw.schedule`);

  expect(unknown).toEqual([['20231207_LAL_NYK', null, null, 'LAL', 'NYK', 'true']]);
  expect(known).toEqual([['20231207_NYK_LAL', 'LAL', 'NYK', 'LAL', 'NYK', 'true']]);
});

test('an unknown side is said to be unknown and the score still has its teams', async () => {
  const warehouse = join(folder, 'unknown.duckdb');
  const logs = await writeParquet(folder, 'unknown.parquet', bothAway(played));
  await prepare(['ingest', 'nba-stats', logs, '--warehouse', warehouse]);
  const day = ['--dates', '2023-12-07', '--warehouse', warehouse];
  const { exitCode, stderr } = await backcourt([
    ...['run', '--backfill', '--tables', 'team_offense_game_summary', ...day],
  ]);

  expect([exitCode, stderr]).toEqual([0, '']);
  expect(
    await queryFile(
      warehouse,
      `SELECT game_id, team_abbr, home_game, CAST(points_scored AS INT), array_to_string(data_quality_issues, ',')
FROM nba_analytics.team_offense_game_summary ORDER BY team_abbr`,
    ),
  ).toEqual([
    ['20231207_LAL_NYK', 'LAL', null, 89, expect.stringContaining('home_side_unknown')],
    ['20231207_LAL_NYK', 'NYK', null, 88, expect.stringContaining('home_side_unknown')],
  ]);
});

test('the corrections list knows the five games of 2024-25', async () => {
  const warehouse = join(folder, 'corrections.duckdb');
  const games = [
    { id: '0022400147', date: '2024-11-02', away: 'MIA', home: 'WAS' },
    { id: '0022400621', date: '2025-01-23', away: 'SAS', home: 'IND' },
    { id: '0022400633', date: '2025-01-25', away: 'IND', home: 'SAS' },
    { id: '0022401229', date: '2024-12-14', away: 'ATL', home: 'MIL' },
    { id: '0022401230', date: '2024-12-14', away: 'HOU', home: 'OKC' },
  ];
  const logs = await writeParquet(folder, 'corrections.parquet', games.flatMap(bothAway));
  await prepare(['ingest', 'nba-stats', logs, '--warehouse', warehouse]);

  expect(
    (await queryFile(warehouse, 'SELECT game_id FROM nba_raw.schedule ORDER BY 1')).flat(),
  ).toEqual([
    '20241102_MIA_WAS',
    '20241214_ATL_MIL',
    '20241214_HOU_OKC',
    '20250123_SAS_IND',
    '20250125_IND_SAS',
  ]);
});
