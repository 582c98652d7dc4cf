import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { gameLog, type SourceRow, shotChart, withRow } from '../support/game-log.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  differingUnits,
  partitionHashes,
  queryFile,
  tornPartitions,
} from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('repeated');
const first = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' };
const second = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' };
const third = { id: '0022300063', date: '2023-10-25', away: 'MIA', home: 'MIL' };
const logs = [first, second, third].flatMap(gameLog);
const shots = [first, second, third].flatMap(shotChart);
const loaded = join(folder, 'loaded.duckdb');
let files: readonly string[];
let copies = 0;

beforeAll(async () => {
  files = [
    await writeParquet(folder, 'logs.parquet', logs),
    await writeParquet(folder, 'shots.parquet', shots),
  ];
  await prepare(['ingest', 'nba-stats', ...files, '--warehouse', loaded]);
});

/** Ingests other rows into a copy of the loaded warehouse. */
async function again(rows: readonly SourceRow[], ...flags: readonly string[]) {
  copies += 1;
  const warehouse = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(loaded, warehouse);
  const before = await partitionHashes(warehouse);
  const file = await writeParquet(folder, `again-${copies}.parquet`, rows);
  const result = await backcourt(['ingest', 'nba-stats', file, '--warehouse', warehouse, ...flags]);
  const changed = differingUnits(before, await partitionHashes(warehouse));
  return { ...result, warehouse, changed };
}

async function recordedAt(warehouse: string) {
  return queryFile(
    warehouse,
    'SELECT table_name, partition_date, recorded_at, run_id FROM backcourt.partitions ORDER BY ALL',
  );
}

test('the same files twice change nothing, not even a record', async () => {
  const warehouse = join(folder, 'twice.duckdb');
  copyFileSync(loaded, warehouse);
  const before = await recordedAt(warehouse);
  const { exitCode, lines } = await backcourt([
    ...['ingest', 'nba-stats', ...files, '--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(0);
  expect(lines.filter((line) => line.includes('nothing changed'))).toHaveLength(2);
  expect(await recordedAt(warehouse)).toEqual(before);
});

test('one corrected cell rewrites one date', async () => {
  const { exitCode, lines, changed } = await again(withRow(logs, 20, { AST: 9 }));

  expect(exitCode).toBe(0);
  expect(changed).toEqual(['player_box 2023-10-25']);
  expect(lines.some((line) => line.endsWith('1 date written: 2023-10-25'))).toBe(true);
});

test('a correction of points rewrites the result, not the schedule', async () => {
  const { changed } = await again(withRow(logs, 20, { FTM: 1, PTS: 10 }));

  expect(changed).toEqual(['game_results 2023-10-25', 'player_box 2023-10-25']);
});

test('a file of one date leaves the other dates alone', async () => {
  const { exitCode, changed } = await again([...gameLog(second), ...gameLog(third)]);

  expect([exitCode, changed]).toEqual([0, []]);
});

test('a file that lost a row is refused, and nothing of the date changes', async () => {
  const { exitCode, lines, changed, warehouse } = await again(logs.slice(0, -1));

  expect(exitCode).toBe(5);
  expect(changed).toEqual([]);
  expect(lines).toContain(
    'refused player_box 2023-10-25: 32 rows would become 31; allow it with --allow-shrink',
  );
  expect(await tornPartitions(warehouse)).toEqual([]);
});

test('the other dates of a shrunken file are still written', async () => {
  const corrected = withRow(logs, 0, { AST: 9 });
  const { exitCode, changed } = await again(corrected.slice(0, -1));

  expect([exitCode, changed]).toEqual([5, ['player_box 2023-10-24']]);
});

test('--allow-shrink takes it', async () => {
  const { exitCode, changed, warehouse } = await again(logs.slice(0, -1), '--allow-shrink');

  expect([exitCode, changed]).toEqual([0, ['game_results 2023-10-25', 'player_box 2023-10-25']]);
  expect(
    await queryFile(
      warehouse,
      "SELECT COUNT(*) FROM nba_raw.player_box WHERE game_date = '2023-10-25'",
    ),
  ).toEqual([['31']]);
});

test('a lost game is refused as a whole: box scores, schedule and results stay together', async () => {
  // As many rows as before, but of one game: doubled players stand in for a badly joined export.
  const doubled = gameLog(second).flatMap((row) => [
    row,
    {
      ...row,
      PLAYER_ID: 500_000 + Number(row['PLAYER_ID']),
      PLAYER_NAME: `${row['PLAYER_NAME']} II`,
    },
  ]);
  const { exitCode, changed, warehouse } = await again(doubled);

  expect(exitCode).toBe(5);
  expect(changed).toEqual([]);
  const games = await queryFile(
    warehouse,
    `SELECT (SELECT COUNT(DISTINCT nba_game_id) FROM nba_raw.player_box WHERE game_date = '2023-10-25'),
  (SELECT COUNT(*) FROM nba_raw.schedule WHERE game_date = '2023-10-25')`,
  );
  expect(games).toEqual([['2', '2']]);
});

test('a game that moved to another day does not stand on both', async () => {
  const moved = { ...third, date: '2023-10-26' };
  const { warehouse } = await again([...gameLog(first), ...gameLog(second), ...gameLog(moved)]);

  const days = await queryFile(
    warehouse,
    `SELECT nba_game_id FROM nba_raw.schedule GROUP BY nba_game_id HAVING COUNT(*) > 1`,
  );
  expect(days).toEqual([]);
});

test('files of one command are one load: a game split over two files is whole', async () => {
  const warehouse = join(folder, 'split.duckdb');
  const one = await writeParquet(folder, 'split-1.parquet', logs.slice(0, 21));
  const two = await writeParquet(folder, 'split-2.parquet', logs.slice(21));
  await prepare(['ingest', 'nba-stats', one, two, files[1] ?? '', '--warehouse', warehouse]);

  expect(differingUnits(await partitionHashes(loaded), await partitionHashes(warehouse))).toEqual(
    [],
  );
});

test('of the same content twice in one command one is loaded, and the other told', async () => {
  const one = await writeParquet(folder, 'same-1.parquet', logs);
  const two = await writeParquet(folder, 'same-2.parquet', logs);
  const warehouse = join(folder, 'same.duckdb');
  const { exitCode, stdout } = await backcourt([
    ...['ingest', 'nba-stats', one, two, '--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(3);
  expect(stdout).toContain('refused same-2.parquet: it has the same content as');
});
