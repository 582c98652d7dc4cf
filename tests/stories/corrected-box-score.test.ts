import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { copyOf } from '../support/copy-of.ts';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  changeFile,
  differingUnits,
  partitionHashes,
  queryFile,
} from '../support/warehouse-file.ts';

/** The one later table that reads an assist. */
const readerOfAssists = 'ml_feature_store_v2';

const folder = tempFolder('correction');
let filled: string;
let logs: string;
let shots: string;
let dates: readonly string[];
let season: readonly string[];

beforeAll(async () => {
  const league = await simulatedWarehouse(folder, { gamesPerTeam: 8, postseason: false });
  filled = league.path;
  [logs = '', shots = ''] = league.files;
  dates = await gameDatesOf(filled);
  season = ['run', '--backfill', ...between(dates[0], dates.at(-1))];
  await prepare([...season, '--warehouse', filled]);
});

/** The log once more, in which one player of a date has one more of something. */
async function correctedLog(column: string, day: string): Promise<string> {
  const corrected = join(folder, `playergamelogs_${column}.parquet`);
  await changeFile(
    ':memory:',
    `CREATE TABLE source AS FROM read_parquet('${logs}');
COPY (SELECT * REPLACE (CASE WHEN GAME_DATE LIKE '${day}%' AND PLAYER_ID = (
  SELECT MIN(PLAYER_ID) FROM source WHERE GAME_DATE LIKE '${day}%') THEN ${column} + 1 ELSE ${column} END AS ${column})
FROM source) TO '${corrected}' (FORMAT parquet)`,
  );
  return corrected;
}

/** Tables of which anything was computed, whatever came out. */
async function workedTables(args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await prepare([...args, '--json']);
  const units = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  const worked = units.filter(
    ({ type, outcome }) => type === 'unit' && outcome !== 'skipped' && outcome !== 'blocked',
  );
  return [...new Set(worked.map(({ table }) => String(table)))];
}

/** A copy of the season into which the log with one more of something of a date was loaded. */
async function withCorrection(column: string, day: string) {
  const path = copyOf(filled);
  const before = await partitionHashes(path);
  const corrected = await correctedLog(column, day);
  await prepare(['ingest', 'simulated', corrected, '--warehouse', path]);
  return { path, before, corrected };
}

async function rebuiltHashes(corrected: string) {
  const rebuilt = join(folder, `rebuilt from ${basename(corrected)}.duckdb`);
  await prepare(['ingest', 'simulated', corrected, shots, '--warehouse', rebuilt]);
  await prepare([...season, '--warehouse', rebuilt]);
  return partitionHashes(rebuilt);
}

test('an export names the dates that are stale because what they are made of is', async () => {
  const { path } = await withCorrection('FTA', dates[12] ?? '');
  const store = ['export', 'ml_feature_store', '--out', join(folder, 'stale.csv'), '--overwrite'];
  const { stdout } = await prepare([...store, '--json', '--warehouse', path]);
  const { stale } = JSON.parse(stdout);
  expect(stale.length).toBeGreaterThan(2);
  await prepare([...season, '--warehouse', path]);
  const after = await prepare([...store, '--json', '--warehouse', path]);
  expect(JSON.parse(after.stdout).stale).toEqual([]);
});

test('one assist more: its date is made again, and who does not read assists is spared', async () => {
  const day = dates[12] ?? '';
  const { path, before, corrected } = await withCorrection('AST', day);
  expect(differingUnits(before, await partitionHashes(path))).toEqual([`player_box ${day}`]);

  const status = await backcourt(['status', '--missing', '--warehouse', path]);
  expect(status.lines.some((line) => line.startsWith(`player_game_summary  stale  ${day}`))).toBe(
    true,
  );
  const { exitCode, lines } = await backcourt([...season, '--warehouse', path]);
  expect(exitCode).toBe(0);
  const after = await partitionHashes(path);
  const changed = ['player_game_summary', 'team_defense_game_summary', 'team_offense_game_summary'];
  const isReader = (unit: string) => unit.startsWith(`${readerOfAssists} `);
  const differing = differingUnits(before, after);
  expect(differing.filter((unit) => !isReader(unit))).toEqual(
    ['player_box', ...changed].map((table) => `${table} ${day}`),
  );
  const later = differing.filter(isReader);
  expect(later.length).toBeGreaterThan(0);
  expect(later.every((unit) => unit.slice(-10) > day)).toBe(true);
  // None of the others reads an assist: nothing of them is computed, to come out equal or not.
  expect(
    lines.filter((line) => line.includes('nothing written') && !line.includes(readerOfAssists)),
  ).toEqual([]);
  const attempts = await queryFile(
    path,
    `SELECT DISTINCT table_name FROM backcourt.partitions WHERE attempts > 1 AND table_name <> 'player_box' ORDER BY 1`,
  );
  expect(attempts.flat()).toEqual([readerOfAssists, ...changed]);
  expect(differingUnits(await rebuiltHashes(corrected), after)).toEqual([]);
});

test('one turnover more: the shot zones do not read it, and what reads possessions is made again', async () => {
  const day = dates[12] ?? '';
  const { path, before, corrected } = await withCorrection('TOV', day);
  const worked = await workedTables([...season, '--warehouse', path]);
  expect(worked).toContain('team_defense_zone_analysis');
  expect(worked).toContain('upcoming_player_game_context');
  expect(worked).toContain('player_daily_cache');
  expect(worked).not.toContain('player_shot_zone_analysis');
  const after = await partitionHashes(path);
  expect(differingUnits(before, after).length).toBeGreaterThan(10);
  expect(differingUnits(await rebuiltHashes(corrected), after)).toEqual([]);
});

test('shots that come later fill the zones they were missing from', async () => {
  const late = join(folder, 'late.duckdb');
  const whole = join(folder, 'whole.duckdb');
  await prepare(['ingest', 'simulated', logs, '--warehouse', late]);
  await prepare([...season, '--warehouse', late]);
  await prepare(['ingest', 'simulated', logs, shots, '--warehouse', whole]);
  await prepare([...season, '--warehouse', whole]);
  const copy = join(folder, 'filled.duckdb');
  copyFileSync(late, copy);
  await prepare(['ingest', 'simulated', shots, '--warehouse', copy]);
  await prepare([...season, '--warehouse', copy]);

  const complete = await partitionHashes(whole);
  expect(differingUnits(complete, await partitionHashes(late)).length).toBeGreaterThan(0);
  expect(differingUnits(complete, await partitionHashes(copy))).toEqual([]);
});
