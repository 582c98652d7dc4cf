import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile, partitionHashes } from '../support/warehouse-file.ts';
import { wordsOf } from '../support/words-of.ts';

const folder = tempFolder('mend');
const offense = 'nba_analytics.team_offense_game_summary';
const zones = 'nba_precompute.team_defense_zone_analysis';
const shots = 'nba_precompute.player_shot_zone_analysis';
const path = join(folder, 'w.duckdb');
let day: string;
let copies = 0;

beforeAll(async () => {
  const { files } = await simulatedWarehouse(folder, { gamesPerTeam: 16, postseason: false });
  await prepare(['ingest', 'simulated', ...files, '--warehouse', path]);
  const dates = (await gameDatesOf(path)).slice(0, 12);
  day = dates[10] ?? '';
  await prepare(['run', '--backfill', '--dates', dates.join(','), '--warehouse', path]);
});

async function damaged(sql: string): Promise<string> {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  await changeFile(target, sql.replaceAll('$day', `DATE '${day}'`));
  return target;
}

/** The arguments of a printed command. */
function argumentsOf(command: string): readonly string[] {
  expect(command).toMatch(/^npx backcourt /);
  return wordsOf(command).slice(2);
}

async function look(warehouse: string, ...proofs: readonly string[]) {
  const result = await backcourt([
    ...['verify', ...proofs, '--sample', '0', '--json', '--warehouse', warehouse],
  ]);
  const last = result.stdout.trim().split('\n').at(-1) ?? '{}';
  const { mend = [] }: { readonly mend?: readonly string[] } = JSON.parse(last);
  return { ...result, mend };
}

async function follow(commands: readonly string[]): Promise<void> {
  for (const command of commands) await prepare(argumentsOf(command));
}

async function expectMended(warehouse: string, ...proofs: readonly string[]): Promise<void> {
  const after = await look(warehouse, ...proofs);
  expect([after.exitCode, after.stdout]).toEqual([0, expect.stringContaining('"mend":[]')]);
  expect(await partitionHashes(warehouse)).toEqual(await partitionHashes(path));
  // A column that was made again stands at the end: rows are compared by their hashes, which verify has proven.
  const offenseRows = `SELECT md5(string_agg(data_hash, '' ORDER BY data_hash)) FROM ${offense}`;
  expect(await cellOf(warehouse, offenseRows)).toBe(await cellOf(path, offenseRows));
  for (const table of ['nba_raw.player_box', 'nba_raw.shots', 'nba_raw.schedule']) {
    const rows = `SELECT md5(string_agg(md5(CAST(t AS VARCHAR)), '' ORDER BY md5(CAST(t AS VARCHAR)))) FROM (SELECT * EXCLUDE game_date FROM ${table}) AS t`;
    expect(await cellOf(warehouse, rows), table).toBe(await cellOf(path, rows));
  }
  const plan = await backcourt(['plan', '--stale', '--warehouse', warehouse]);
  expect(plan.stdout).toContain('nothing to do');
}

const twice = (table: string, where: string) =>
  `CREATE TEMP TABLE again AS SELECT * FROM ${table} WHERE ${where}; INSERT INTO ${table} SELECT * FROM again`;
const recordOf = (table: string) =>
  `table_name = '${table.split('.')[1]}' AND partition_date = $day`;

describe('verify sees and its commands mend', () => {
  test.each([
    ['a changed cell', `UPDATE ${offense} SET assists = assists + 1 WHERE game_date = $day`],
    [
      'deleted rows',
      `DELETE FROM ${offense} WHERE game_date = $day AND team_abbr = (SELECT MIN(team_abbr) FROM ${offense} WHERE game_date = $day)`,
    ],
    ['doubled rows', twice(offense, 'game_date = $day')],
    ['a deleted date', `DELETE FROM ${offense} WHERE game_date = $day`],
    ['a deleted record', `DELETE FROM backcourt.partitions WHERE ${recordOf(offense)}`],
    [
      'an altered hash in a record',
      `UPDATE backcourt.partitions SET data_hash = '0123456789abcdef' WHERE ${recordOf(offense)}`,
    ],
    ['a doubled record', twice('backcourt.partitions', recordOf(offense))],
    ['deleted exclusions', `DELETE FROM backcourt.exclusions WHERE ${recordOf(shots)}`],
    ['doubled exclusions', twice('backcourt.exclusions', recordOf(shots))],
    [
      'exclusions of another date',
      `UPDATE backcourt.exclusions SET partition_date = $day + 200 WHERE ${recordOf(shots)}`,
    ],
    [
      'unreadable input hashes',
      `UPDATE backcourt.partitions SET input_hashes = 'zzz' WHERE ${recordOf(offense)}`,
    ],
    [
      'unreadable projection hashes',
      `UPDATE backcourt.partitions SET projection_hashes = '{' WHERE ${recordOf(offense)}`,
    ],
    [
      'unreadable options',
      `UPDATE backcourt.partitions SET options = '[1' WHERE ${recordOf(zones)}`,
    ],
    [
      'unreadable warnings',
      `UPDATE backcourt.partitions SET warnings = 'none' WHERE ${recordOf(zones)}`,
    ],
    ['an unknown state', `UPDATE backcourt.partitions SET state = 'good' WHERE ${recordOf(zones)}`],
    [
      'rows of a day that nobody scheduled',
      `CREATE TEMP TABLE again AS SELECT * REPLACE (DATE '2031-01-01' AS game_date) FROM ${offense} WHERE game_date = $day; INSERT INTO ${offense} SELECT * FROM again`,
    ],
    ['a changed raw cell', `UPDATE nba_raw.player_box SET ast = ast + 1 WHERE game_date = $day`],
    ['deleted raw rows', `DELETE FROM nba_raw.shots WHERE game_date = $day AND event_id % 2 = 0`],
    ['doubled raw rows', twice('nba_raw.player_box', 'game_date = $day')],
    ['a deleted raw date', `DELETE FROM nba_raw.player_box WHERE game_date = $day`],
    ['a deleted date of the schedule', `DELETE FROM nba_raw.schedule WHERE game_date = $day`],
    [
      'a deleted raw record',
      `DELETE FROM backcourt.partitions WHERE ${recordOf('nba_raw.player_box')}`,
    ],
    ['a doubled raw record', twice('backcourt.partitions', recordOf('nba_raw.shots'))],
    [
      'an altered hash in a raw record',
      `UPDATE backcourt.partitions SET data_hash = '0123456789abcdef' WHERE ${recordOf('nba_raw.shots')}`,
    ],
    [
      'raw rows of a day that nothing was loaded of',
      `CREATE TEMP TABLE again AS SELECT * REPLACE (DATE '2019-01-01' AS game_date) FROM nba_raw.shots WHERE game_date = $day; INSERT INTO nba_raw.shots SELECT * FROM again`,
    ],
    [
      'raw and computed rows of one date',
      `UPDATE nba_raw.player_box SET ast = ast + 1 WHERE game_date = $day; DELETE FROM ${offense} WHERE game_date = $day; DELETE FROM ${zones} WHERE analysis_date = $day`,
    ],
  ])('%s', async (_, sql) => {
    const warehouse = await damaged(sql);
    const found = await look(warehouse, '--hashes');
    expect([found.exitCode, found.mend.length]).toEqual([7, expect.any(Number)]);
    expect(found.mend.length).toBeGreaterThan(0);
    expect((await backcourt(['status', '--warehouse', warehouse])).exitCode).toBe(0);
    await follow(found.mend);
    await expectMended(warehouse, '--hashes');
  });

  test('what only a recomputation can see', async () => {
    // Ledger and exclusions agree with each other, and not with what is left out.
    const warehouse = await damaged(`DELETE FROM backcourt.exclusions WHERE ${recordOf(shots)};
      UPDATE backcourt.partitions SET excluded_count = 0 WHERE ${recordOf(shots)}`);
    expect((await look(warehouse, '--hashes')).exitCode).toBe(0);
    const found = await look(warehouse, '--batch-equals-daily', '--quality', '--hashes');
    expect(found.exitCode).toBe(7);
    expect(found.mend).toHaveLength(2);
    await follow(found.mend);
    await expectMended(warehouse, '--batch-equals-daily', '--quality', '--hashes');
  });
});

describe('a table that is not as it was made', () => {
  test.each([
    ['a raw table is gone', 'DROP TABLE nba_raw.shots', 'nba_raw.shots is gone'],
    ['the schedule is gone', 'DROP TABLE nba_raw.schedule', 'nba_raw.schedule is gone'],
    ['a computed table is gone', `DROP TABLE ${offense}`, `${offense} is gone`],
    [
      'a raw and a computed one are gone',
      `DROP TABLE ${offense}; DROP TABLE nba_raw.player_box`,
      'nba_raw.player_box is gone',
    ],
    [
      'a raw column is gone',
      'ALTER TABLE nba_raw.shots DROP COLUMN is_assisted',
      'nba_raw.shots lacks is_assisted',
    ],
    [
      'a computed column is gone',
      `ALTER TABLE ${offense} DROP COLUMN assists`,
      `${offense} lacks assists`,
    ],
  ])('every verb says so and its commands make it again: %s', async (_, sql, message) => {
    const warehouse = await damaged(sql);
    const before = await partitionHashes(warehouse);
    const verbs = [['status'], ['verify', '--hashes'], ['run', '--stale'], ['plan', '--stale']];
    let stderr = '';
    for (const verb of verbs) {
      const result = await backcourt([...verb, '--warehouse', warehouse]);
      expect([verb, result.exitCode, result.stderr]).toEqual([
        verb,
        8,
        expect.stringContaining(message),
      ]);
      stderr = result.stderr;
    }
    expect(await partitionHashes(warehouse)).toEqual(before);
    await follow(
      stderr
        .split('\n')
        .filter((line) => line.startsWith('  '))
        .map((line) => line.trim()),
    );
    await expectMended(warehouse, '--hashes');
  });

  test('what was made again and is not filled yet counts as failed, and a part of it too', async () => {
    const warehouse = await damaged(`DROP TABLE ${offense}`);
    const table = offense.split('.')[1] ?? '';
    await prepare([
      'run',
      '--rewrite',
      '--tables',
      table,
      '--dates',
      day,
      '--warehouse',
      warehouse,
    ]);
    const status = await backcourt(['status', '--warehouse', warehouse]);
    expect(status.stdout).toMatch(new RegExp(`${table} 2023-24: .*11 failed`));
  });
});

test('an ingest of the very file brings back a raw date that is gone, without being told to', async () => {
  const warehouse = await damaged('DELETE FROM nba_raw.player_box WHERE game_date = $day');
  const { mend } = await look(warehouse, '--hashes');
  const command = argumentsOf(mend[0] ?? '').filter(
    (word) => word.endsWith('.parquet') || word.endsWith('.csv'),
  );
  const ingest = await backcourt(['ingest', 'simulated', ...command, '--warehouse', warehouse]);
  expect([ingest.exitCode, ingest.stdout]).toEqual([
    0,
    expect.stringContaining('other rows stood in player_box than recorded, on 1 date'),
  ]);
  await prepare(['run', '--stale', '--warehouse', warehouse]);
  await expectMended(warehouse, '--hashes');
});

test('a file that was corrected later is not undone by what mends another date', async () => {
  const { files } = await simulatedWarehouse(folder, { gamesPerTeam: 16, postseason: false });
  const warehouse = await damaged('SELECT 1');
  const box = files.find((file) => file.includes('playergamelogs')) ?? '';
  const corrected = join(folder, 'corrected.parquet');
  await changeFile(
    join(folder, 'scratch.duckdb'),
    `COPY (SELECT * REPLACE (CASE WHEN CAST(GAME_DATE AS DATE) = DATE '${day}' THEN AST + 1 ELSE AST END AS AST) FROM '${box}') TO '${corrected}' (FORMAT parquet)`,
  );
  await prepare(['ingest', 'simulated', corrected, '--warehouse', warehouse]);
  await prepare(['run', '--stale', '--warehouse', warehouse]);
  const right = await partitionHashes(warehouse);
  const other = (await gameDatesOf(path))[9] ?? '';
  await changeFile(warehouse, `UPDATE nba_raw.player_box SET ast = 0 WHERE game_date = '${other}'`);
  await follow((await look(warehouse, '--hashes')).mend);
  expect(await partitionHashes(warehouse)).toEqual(right);
  expect((await look(warehouse, '--hashes')).exitCode).toBe(0);
});
