import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile, differingUnits, partitionHashes } from '../support/warehouse-file.ts';

const folder = tempFolder('correction');
let path: string;
let logs: string;
let shots: string;
let dates: readonly string[];
let season: readonly string[];

beforeAll(async () => {
  const league = await simulatedWarehouse(folder, { gamesPerTeam: 8, postseason: false });
  ({ path } = league);
  [logs = '', shots = ''] = league.files;
  dates = await gameDatesOf(path);
  season = ['run', '--backfill', ...between(dates[0], dates.at(-1))];
  await prepare([...season, '--warehouse', path]);
});

test('one assist more: its date is made again, what reads it is looked at and comes out equal', async () => {
  const day = dates[12] ?? '';
  const before = await partitionHashes(path);
  const corrected = join(folder, 'playergamelogs_corrected.parquet');
  await changeFile(
    ':memory:',
    `CREATE TABLE source AS FROM read_parquet('${logs}');
COPY (SELECT * REPLACE (CASE WHEN GAME_DATE LIKE '${day}%' AND PLAYER_ID = (
  SELECT MIN(PLAYER_ID) FROM source WHERE GAME_DATE LIKE '${day}%') THEN AST + 1 ELSE AST END AS AST)
FROM source) TO '${corrected}' (FORMAT parquet)`,
  );
  await prepare(['ingest', 'simulated', corrected, '--warehouse', path]);
  expect(differingUnits(before, await partitionHashes(path))).toEqual([`player_box ${day}`]);

  const status = await backcourt(['status', '--missing', '--warehouse', path]);
  expect(status.lines.some((line) => line.startsWith(`${day}  player_game_summary  stale`))).toBe(
    true,
  );
  const { exitCode, lines } = await backcourt([...season, '--warehouse', path]);
  expect(exitCode).toBe(0);
  const after = await partitionHashes(path);
  expect(differingUnits(before, after)).toEqual([
    `player_box ${day}`,
    `player_game_summary ${day}`,
    `team_defense_game_summary ${day}`,
    `team_offense_game_summary ${day}`,
  ]);
  const equal = lines.filter((line) => line.includes('unchanged, nothing written'));
  // The composite factors only ask which games have rows, so a changed value is nothing to them.
  const readers = [
    'upcoming_player_game_context',
    'player_shot_zone_analysis',
    'team_defense_zone_analysis',
    'player_daily_cache',
    'ml_feature_store',
  ];
  expect(equal.map((line) => line.split(/ {2,}/).slice(0, 2).join(' '))).toEqual(
    readers.flatMap((table) => dates.slice(13).map((date) => `${date} ${table}`)),
  );

  const rebuilt = join(folder, 'rebuilt.duckdb');
  await prepare(['ingest', 'simulated', corrected, shots, '--warehouse', rebuilt]);
  await prepare([...season, '--warehouse', rebuilt]);
  expect(differingUnits(await partitionHashes(rebuilt), after)).toEqual([]);
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
