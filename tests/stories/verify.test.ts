import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile } from '../support/warehouse-file.ts';

const folder = tempFolder('verify');
const offense = 'team_offense_game_summary';
const zones = 'team_defense_zone_analysis';
let path: string;
let dates: readonly string[];
let day: string;
let copies = 0;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 16, postseason: false }));
  dates = await gameDatesOf(path);
  day = dates[16] ?? '';
  await prepare([
    'run',
    '--backfill',
    '--dates',
    dates.slice(0, 22).join(','),
    '--warehouse',
    path,
  ]);
});

async function changed(sql: string): Promise<string> {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  await changeFile(target, sql);
  return target;
}

interface Difference {
  readonly proof: string;
  readonly table: string;
  readonly date: string;
  readonly what: { readonly kind: string; readonly text: string };
}

async function verify(
  warehouse: string,
  ...args: readonly string[]
): Promise<{ readonly exitCode: number; readonly found: readonly Difference[] }> {
  const { exitCode, stdout } = await backcourt([
    ...['verify', '--json', ...args, '--warehouse', warehouse],
  ]);
  const lines: readonly (Difference & { readonly type: string })[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { exitCode, found: lines.filter(({ type }) => type === 'difference') };
}

test('all four proofs hold for what a run has written, and nothing is written', async () => {
  const before = statSync(path);
  const result = await backcourt(['verify', '--sample', '1', '--seed', 'x', '--warehouse', path]);
  expect([result.exitCode, result.stderr]).toEqual([0, '']);
  for (const proof of ['hashes', 'quality', 'batch equals daily', 'no look-ahead']) {
    expect(result.stdout).toMatch(new RegExp(`^${proof} +\\d+ units  no difference`, 'm'));
  }
  expect(result.lines[0]).toContain('seed x');
  expect(result.lines.at(-1)).toBe('everything that was looked at holds');
  expect(statSync(path).mtimeMs).toBe(before.mtimeMs);
});

test('the same seed gives the same answer', async () => {
  const draw = async (seed: string) => {
    const { stdout } = await backcourt([
      ...['verify', '--hashes', '--sample', '3', '--seed', seed, '--json', '--warehouse', path],
    ]);
    return stdout.replace(/"seconds":[\d.]+/, '');
  };
  expect(await draw('a')).toBe(await draw('a'));
});

describe('--hashes finds', () => {
  const one = `game_date = DATE '$day'`;
  test.each([
    [
      'a value changed in a row',
      `UPDATE nba_analytics.${offense} SET points_scored = points_scored + 1 WHERE ${one}`,
      /^rows whose values are not those of their data_hash: 1?\d$/,
    ],
    [
      'rows that are gone',
      `DELETE FROM nba_analytics.${offense} WHERE ${one}`,
      /^the ledger says \d+ rows, and they are gone$/,
    ],
    [
      'a row that is gone',
      `DELETE FROM nba_analytics.${offense} WHERE ${one} AND team_abbr = (SELECT MIN(team_abbr) FROM nba_analytics.${offense} WHERE ${one})`,
      /^\d+ rows, the ledger says \d+$/,
    ],
    [
      'rows without a record',
      `DELETE FROM backcourt.partitions WHERE table_name = '${offense}' AND partition_date = DATE '$day'`,
      /^\d+ rows without a record$/,
    ],
    [
      'a record that tells another hash',
      `UPDATE backcourt.partitions SET data_hash = '0123456789abcdef' WHERE table_name = '${offense}' AND partition_date = DATE '$day'`,
      /the ledger says 0123456789abcdef$/,
    ],
  ])('%s', async (_, sql, message) => {
    const warehouse = await changed(sql.replaceAll('$day', day));
    const { exitCode, found } = await verify(
      warehouse,
      ...['--hashes', '--sample', '0', '--tables', offense],
    );
    expect(exitCode).toBe(7);
    expect(new Set(found.map(({ table, date }) => `${table} ${date}`))).toEqual(
      new Set([`${offense} ${day}`]),
    );
    expect(found[0]?.what.text).toMatch(message);
  });

  test('a raw row that was changed behind the back of the ledger', async () => {
    const warehouse = await changed(
      `UPDATE nba_raw.player_box SET ast = ast + 1 WHERE game_date = DATE '${day}'`,
    );
    const { found } = await verify(warehouse, '--hashes', '--sample', '0');
    expect(found.map(({ table, date }) => [table, date])).toEqual([['player_box', day]]);
  });

  test('rows without a record whatever the sample', async () => {
    const warehouse = await changed(
      `DELETE FROM backcourt.partitions WHERE table_name = '${zones}' AND partition_date = DATE '${day}'`,
    );
    const { found } = await verify(warehouse, '--hashes', '--sample', '1', '--seed', 's');
    expect(found.map(({ what }) => what)).toMatchObject([{ kind: 'rows_without_record' }]);
  });
});

test('--batch-equals-daily finds a row that is not what its inputs make of it', async () => {
  const warehouse = await changed(
    `UPDATE nba_analytics.${offense} SET assists = 0 WHERE game_date = DATE '${day}';
    UPDATE nba_analytics.team_defense_game_summary SET points_allowed = points_allowed + 1 WHERE game_date = DATE '${dates[5]}'`,
  );
  const { exitCode, found } = await verify(
    warehouse,
    ...['--batch-equals-daily', '--sample', '0', '--dates', day],
  );
  expect(exitCode).toBe(7);
  expect(found.map(({ table }) => table)).toContain(zones);
});

test('a date that can no longer be computed is a difference, not a crash', async () => {
  const warehouse = await changed(
    `UPDATE nba_analytics.team_defense_game_summary SET opp_paint_makes = 9223372036854775807 WHERE game_date < DATE '${day}'`,
  );
  const { exitCode, found } = await verify(
    warehouse,
    ...['--batch-equals-daily', '--no-lookahead', '--sample', '0', '--dates', day],
    ...['--tables', zones],
  );
  expect(exitCode).toBe(7);
  expect(found.map(({ what }) => what.text)).toEqual([
    expect.stringContaining('cannot be computed'),
    expect.stringContaining('cannot be computed'),
  ]);
});

test('--quality finds rows that break a check of their definition', async () => {
  const warehouse = await changed(
    `DELETE FROM nba_analytics.${offense} WHERE game_date = DATE '${day}' AND team_abbr = (SELECT MIN(team_abbr) FROM nba_analytics.${offense} WHERE game_date = DATE '${day}')`,
  );
  const { exitCode, found } = await verify(
    warehouse,
    ...['--quality', '--sample', '0', '--tables', offense],
  );
  expect([exitCode, found.length]).toEqual([7, 1]);
  expect(found[0]).toMatchObject({ proof: 'quality', table: offense, date: day });
});

test('stale units are left out, and counted', async () => {
  const warehouse = await changed(
    `UPDATE backcourt.partitions SET data_hash = 'corrected' WHERE table_name = 'player_box' AND partition_date = DATE '${day}'`,
  );
  const result = await backcourt([
    ...['verify', '--batch-equals-daily', '--sample', '0', '--dates', day],
    ...['--tables', offense, '--warehouse', warehouse],
  ]);
  expect(result.exitCode).toBe(0);
  expect(result.stdout).toContain('note: written, but left out as stale, failed or blocked: 1');
});

test('a wrong table, date or sample is a usage error', async () => {
  for (const args of [
    ['--tables', 'nope'],
    ['--dates', '2023-02-30'],
    ['--sample', '-1'],
  ]) {
    expect((await backcourt(['verify', ...args, '--warehouse', path])).exitCode).toBe(2);
  }
});
