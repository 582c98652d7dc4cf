import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, withRow } from '../support/game-log.ts';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('bad-date');
const games = [
  { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' },
  { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' },
  { id: '0022300063', date: '2023-10-26', away: 'MIA', home: 'MIL' },
];
const sound = games.flatMap(gameLog);
const broken = withRow(sound, 16, { PTS: 12 });

test('a date refused at ingest is unknown everywhere, until a sound file comes', async () => {
  const warehouse = join(folder, 'repaired.duckdb');
  const days = ['--start-date', '2023-10-24', '--end-date', '2023-10-26'];
  const run = ['run', '--backfill', '--tables', 'team_offense_game_summary', ...days];
  const bad = await writeParquet(folder, 'bad.parquet', broken);
  const ingested = await backcourt(['ingest', 'nba-stats', bad, '--warehouse', warehouse]);
  expect(ingested.exitCode).toBe(3);

  const rule = 'PTS 12 is not 2·(FGM − FG3M) + 3·FG3M + FTM = 11';
  const first = await backcourt([...run, '--warehouse', warehouse]);
  expect(first.exitCode).toBe(5);
  expect(first.lines.some((line) => line.includes('no_games'))).toBe(false);
  expect(first.lines).toContain(
    `2023-10-25  not_loaded  refused at ingest: bad.parquet row 17: ${rule}`,
  );
  expect(first.lines.some((line) => line.startsWith('2023-10-24  done  2 rows'))).toBe(true);
  expect(first.lines.some((line) => line.startsWith('2023-10-26  done  2 rows'))).toBe(true);

  const status = await backcourt(['status', '--warehouse', warehouse]);
  expect(status.exitCode).toBe(0);
  expect(status.lines).toContain(`2023-10-25 refused at ingest: bad.parquet row 17: ${rule}`);

  const good = await writeParquet(folder, 'good.parquet', sound);
  const repaired = await backcourt(['ingest', 'nba-stats', good, '--warehouse', warehouse]);
  expect(repaired.exitCode).toBe(0);
  const second = await backcourt([...run, '--warehouse', warehouse]);
  expect(second.exitCode).toBe(0);
  expect(second.lines.some((line) => line.startsWith('2023-10-25  done  2 rows'))).toBe(true);
  const cleared = await backcourt(['status', '--warehouse', warehouse]);
  expect(cleared.lines.some((line) => line.includes('refused'))).toBe(false);
});

test('refused a second time, a date keeps the rows it had', async () => {
  const warehouse = join(folder, 'kept.duckdb');
  const good = await writeParquet(folder, 'first.parquet', sound);
  const bad = await writeParquet(folder, 'second.parquet', broken);
  expect((await backcourt(['ingest', 'nba-stats', good, '--warehouse', warehouse])).exitCode).toBe(
    0,
  );
  expect((await backcourt(['ingest', 'nba-stats', bad, '--warehouse', warehouse])).exitCode).toBe(
    3,
  );

  expect(
    await queryFile(
      warehouse,
      `SELECT state, row_count FROM backcourt.partitions
WHERE table_name = 'player_box' AND partition_date = '2023-10-25'`,
    ),
  ).toEqual([['done', '16']]);
  expect(await queryFile(warehouse, 'SELECT COUNT(*) FROM nba_raw.player_box')).toEqual([['48']]);
});
