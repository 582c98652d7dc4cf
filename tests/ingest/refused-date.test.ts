import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, type SourceRow, withRow } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
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

const failedRecords = (warehouse: string) =>
  queryFile(
    warehouse,
    `SELECT table_name, CAST(partition_date AS VARCHAR) FROM backcourt.partitions
WHERE state = 'failed' ORDER BY ALL`,
  );
const spread = [
  { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' },
  { id: '0022300062', date: '2023-10-26', away: 'BOS', home: 'NYK' },
  { id: '0022300063', date: '2023-10-28', away: 'MIA', home: 'MIL' },
];
const rows = spread.flatMap(gameLog);
const wrongDay = { GAME_DATE: '2023-10-27T00:00:00' };
const impossible = rows.map((row) =>
  row['GAME_ID'] === '0022300062' ? { ...row, ...wrongDay, PTS: 12 } : row,
);

test.each([
  ['one row', withRow(rows, 16, wrongDay)],
  ['a whole game with an impossible row', impossible],
])('%s on a wrong free day blocks nothing once the corrected file is there', async (what, bad) => {
  const warehouse = join(folder, `${what}.duckdb`);
  const load = async (name: string, source: readonly SourceRow[]) => {
    const path = await writeParquet(folder, name, source);
    return (await backcourt(['ingest', 'nba-stats', path, '--warehouse', warehouse])).exitCode;
  };
  expect(await load('typo.parquet', bad)).toBe(3);
  expect(await failedRecords(warehouse)).toContainEqual(['player_box', '2023-10-27']);
  expect(await load('corrected.parquet', rows)).toBe(0);
  expect(await failedRecords(warehouse)).toEqual([]);
  const run = await backcourt([
    ...['run', '--backfill', '--tables', 'team_offense_game_summary', '--warehouse', warehouse],
    ...['--start-date', '2023-10-24', '--end-date', '2023-10-28'],
  ]);
  expect(run.exitCode).toBe(0);

  // What is known of the games keeps the same typo from blocking anything again.
  expect(await load('typo-again.parquet', bad)).toBe(3);
  expect(await failedRecords(warehouse)).toEqual([]);
});

test('a schedule file that reaches beyond a refused day without a game on it makes it known', async () => {
  const warehouse = join(folder, 'listed.duckdb');
  const path = await writeParquet(folder, 'nowhere.parquet', impossible);
  await backcourt(['ingest', 'nba-stats', path, '--warehouse', warehouse]);
  const partly = [spread[0], spread[2]].flatMap((game) => (game ? [scheduledGame(game)] : []));
  expect((await loadRows(folder, warehouse, 'schedule', partly)).exitCode).toBe(0);
  expect(await failedRecords(warehouse)).toEqual([]);
});

test('dates that cannot be are told and leave no records, however many there are', async () => {
  const warehouse = join(folder, 'never.duckdb');
  const [first] = rows;
  const bad = Array.from({ length: 2000 }, (_, index) => ({
    ...first,
    GAME_DATE: new Date(Date.UTC(1500, 0, 1 + index)).toISOString().slice(0, 10),
    PLAYER_ID: 10_000 + index,
  }));
  const path = await writeParquet(folder, 'never.parquet', [
    ...spread.slice(1).flatMap(gameLog),
    ...bad,
    ...gameLog({ id: '0022300061', date: '9999-12-31', away: 'LAL', home: 'DEN' }),
  ]);
  const { exitCode, stdout } = await backcourt([
    ...['ingest', 'nba-stats', path, '--warehouse', warehouse],
  ]);
  expect(exitCode).toBe(3);
  expect(stdout).toContain(
    'refused player_box: rows whose game or date cannot be told were not written',
  );
  expect(await failedRecords(warehouse)).toEqual([]);
  expect(await queryFile(warehouse, 'SELECT COUNT(*) FROM nba_raw.player_box')).toEqual([['32']]);
});

test('one date that cannot be refuses the date of the other rows of its game', async () => {
  const warehouse = join(folder, 'year.duckdb');
  const path = await writeParquet(
    folder,
    'year.parquet',
    withRow(rows, 16, { GAME_DATE: '9999-12-31' }),
  );
  const { exitCode, lines } = await backcourt([
    ...['ingest', 'nba-stats', path, '--warehouse', warehouse],
  ]);
  expect(exitCode).toBe(3);
  expect(lines).toContain('refused player_box 2023-10-26: nothing of this date was written');
  expect(await failedRecords(warehouse)).toEqual([['player_box', '2023-10-26']]);
});

test('the help names the source that fills the warehouse at hand', async () => {
  const warehouse = join(folder, 'simulated.duckdb');
  const simulated = broken.map((row) => ({ ...row, DATA_KIND: 'simulated' }));
  const path = await writeParquet(folder, 'simulated.parquet', simulated);
  await backcourt(['ingest', 'simulated', path, '--warehouse', warehouse]);
  const run = await backcourt([
    ...['run', '--backfill', '--tables', 'team_offense_game_summary', '--warehouse', warehouse],
    ...['--dates', '2023-10-25'],
  ]);
  expect(run.exitCode).toBe(5);
  expect(run.stdout).toContain(`npx backcourt ingest simulated <files> --warehouse ${warehouse}`);
});
