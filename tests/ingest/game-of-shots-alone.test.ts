/** A game of which there are shots and no box score was played: its date lacks it until the log is there. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, shotChart } from '../support/game-log.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeCsv } from '../support/write-source.ts';

const folder = tempFolder('shots-alone');
const game = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' };
const lacking = { id: '0022300062', date: '2023-10-24', away: 'PHX', home: 'OKC' };
const later = { id: '0022300063', date: '2023-10-25', away: 'BOS', home: 'NYK' };

test('its date is incomplete wherever dates are shown, and whole once its log has come', async () => {
  const logs = writeCsv(folder, 'logs.csv', [game, later].flatMap(gameLog));
  const late = writeCsv(folder, 'late.csv', [...gameLog(game), ...gameLog(lacking)]);
  const shots = writeCsv(folder, 'shots.csv', [game, lacking, later].flatMap(shotChart));
  const on = ['--warehouse', join(folder, 'w.duckdb')];
  await prepare(['ingest', logs, shots, ...on]);
  const table = 'team_offense_game_summary';
  const found = '1 of 2 games have a result';
  const verbs = [
    ['run', '--backfill', '--tables', table, ...on],
    ['status', ...on],
    ['explain', table, game.date, ...on],
  ];
  for (const verb of verbs) expect((await backcourt(verb)).stdout).toContain(found);
  const proven = await backcourt(['verify', '--quality', '--sample', '0', ...on]);
  expect(proven.stdout).toContain('of dates of which some games have no result');

  await prepare(['ingest', late, ...on]);
  expect((await backcourt(['status', ...on])).stdout).not.toContain('a result');
  const once = ['--warehouse', join(folder, 'once.duckdb')];
  const whole = writeCsv(folder, 'whole.csv', [game, lacking, later].flatMap(gameLog));
  await prepare(['ingest', whole, shots, ...once]);
  const hashes = (path = '') =>
    queryFile(
      path,
      "SELECT table_name, partition_date, data_hash FROM backcourt.partitions WHERE table_name <> 'team_offense_game_summary' ORDER BY ALL",
    );
  expect(await hashes(on[1])).toEqual(await hashes(once[1]));
});
