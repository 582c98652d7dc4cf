import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SourceRow } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { partitionHashes, queryFile, tornPartitions } from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('game-lines');
let warehouses = 0;

function newWarehouse(): string {
  warehouses += 1;
  return join(folder, `${warehouses}.duckdb`);
}

const line = (more: SourceRow = {}): SourceRow => ({
  event_id: 'e1',
  game_date: '2023-10-24',
  home_team_abbr: 'DEN',
  away_team_abbr: 'LAL',
  tipoff_at: '2023-10-24T23:30:00Z',
  captured_at: '2023-10-24T20:00:00Z',
  home_spread: -4.5,
  total: 227.5,
  ...more,
});

const linesOf = (warehouse: string) =>
  queryFile(
    warehouse,
    `SELECT event_id, home_team_abbr, away_team_abbr, CAST(tipoff_at AS VARCHAR), CAST(captured_at AS VARCHAR),
  CAST(home_spread AS VARCHAR), CAST(total AS VARCHAR)
FROM nba_raw.game_lines ORDER BY event_id`,
  );

test('a line is stored as the file has it; a second time nothing changes', async () => {
  const warehouse = newWarehouse();
  const rows = [
    line(),
    line({ event_id: 'e2', captured_at: null, home_spread: '+2', total: null }),
    line({ event_id: 'e3', tipoff_at: null, captured_at: '2023-10-24 09:15', home_spread: null }),
  ];
  const { exitCode, lines } = await loadRows(folder, warehouse, 'game-lines', rows);

  expect(exitCode).toBe(0);
  expect(lines[1]).toMatch(/game_lines +3 rows +1 date +1 date written: 2023-10-24/);
  expect(await linesOf(warehouse)).toEqual([
    ['e1', 'DEN', 'LAL', '2023-10-24 23:30:00+00', '2023-10-24 20:00:00+00', '-4.5', '227.5'],
    ['e2', 'DEN', 'LAL', '2023-10-24 23:30:00+00', null, '2.0', null],
    ['e3', 'DEN', 'LAL', null, '2023-10-24 09:15:00+00', null, '227.5'],
  ]);
  expect(await tornPartitions(warehouse)).toEqual([]);
  expect(
    await queryFile(warehouse, 'SELECT source, content, row_count FROM backcourt.raw_files'),
  ).toEqual([['game-lines', 'game_lines', '3']]);
  const runs = 'SELECT verb, CAST(exit_code AS INT) FROM backcourt.runs';
  expect(await queryFile(warehouse, runs)).toEqual([['ingest', 0]]);

  const again = await loadRows(folder, warehouse, 'game-lines', rows.toReversed());
  expect(again.lines[1]).toMatch(/nothing changed/);
});

test('a line that was captured after tip-off is dropped and counted', async () => {
  const warehouse = newWarehouse();
  const { exitCode, lines } = await loadRows(folder, warehouse, 'game-lines', [
    line(),
    line({ captured_at: '2023-10-24T23:31:00Z', home_spread: -12.5 }),
    line({ event_id: 'e2', captured_at: '2023-10-24T19:30:00-04:00' }),
  ]);

  expect(exitCode).toBe(0);
  expect(lines).toContain('dropped from game_lines: 1 row: captured after tip-off');
  expect((await linesOf(warehouse)).map(([event]) => event)).toEqual(['e1', 'e2']);
});

const closing = (more: SourceRow = {}): SourceRow => ({
  event_id: 'c1',
  home_team: 'Denver Nuggets',
  away_team: 'Los Angeles Lakers',
  commence_time: '2023-10-24T23:30:00Z',
  home_ml: -200.5,
  spread_point: -5,
  total_point: 228.5,
  game_date_et: '2023-10-24',
  ...more,
});

test('an archive of closing lines is read as lines without a capture time', async () => {
  const warehouse = newWarehouse();
  const file = await writeParquet(folder, 'closing.parquet', [
    closing(),
    closing({ event_id: 'c2', home_team: 'LA Clippers', away_team: 'NOP', spread_point: null }),
    closing({ event_id: 'c3', game_date_et: '2019-11-01', commence_time: '2019-11-02T00:10:00Z' }),
  ]);
  const { exitCode } = await backcourt(['ingest', 'game-lines', file, '--warehouse', warehouse]);

  expect(exitCode).toBe(0);
  expect(await linesOf(warehouse)).toEqual([
    ['c1', 'DEN', 'LAL', '2023-10-24 23:30:00+00', null, '-5.0', '228.5'],
    ['c2', 'LAC', 'NOP', '2023-10-24 23:30:00+00', null, null, '228.5'],
    ['c3', 'DEN', 'LAL', '2019-11-02 00:10:00+00', null, '-5.0', '228.5'],
  ]);
});

test('an event of a foreign team in an archive is dropped, named, and said by the exit code', async () => {
  const warehouse = newWarehouse();
  const { exitCode, lines } = await loadRows(folder, warehouse, 'game-lines', [
    closing(),
    closing({ event_id: 'c2', away_team: 'Real Madrid' }),
  ]);

  expect(exitCode).toBe(3);
  expect(lines).toContain(
    'dropped from game_lines: 1 row: a team that is none of the 30 (Real Madrid)',
  );
  expect((await linesOf(warehouse)).map(([event]) => event)).toEqual(['c1']);
});

test('fewer lines of a date are refused, unless it is allowed', async () => {
  const warehouse = newWarehouse();
  await loadRows(folder, warehouse, 'game-lines', [line(), line({ event_id: 'e2' })]);
  const before = await partitionHashes(warehouse);
  const refused = await loadRows(folder, warehouse, 'game-lines', [line()]);

  expect(refused.exitCode).toBe(5);
  expect(refused.lines).toContain(
    'refused game_lines 2023-10-24: 2 rows would become 1; allow it with --allow-shrink',
  );
  expect(await partitionHashes(warehouse)).toEqual(before);
  const taken = await loadRows(folder, warehouse, 'game-lines', [line()], '--allow-shrink');
  expect(taken.exitCode).toBe(0);
  expect(await linesOf(warehouse)).toHaveLength(1);
});

test('the report as JSON counts what was left out', async () => {
  const { stdout } = await loadRows(
    folder,
    newWarehouse(),
    'game-lines',
    [line(), line({ event_id: 'e2', captured_at: '2023-10-25T01:00:00Z' })],
    '--json',
  );

  expect(JSON.parse(stdout)).toMatchObject({
    type: 'ingest',
    tables: [{ table: 'game_lines', rows: 1, dates: 1, changed_dates: ['2023-10-24'] }],
    dropped_rows: [{ table: 'game_lines', reason: 'after_tipoff', rows: 1, names: [] }],
    moved: [],
    refused: [],
  });
});
