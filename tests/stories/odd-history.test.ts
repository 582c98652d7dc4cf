/** What is no plain history of loads. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyOf } from '../support/copy-of.ts';
import {
  assists,
  assistsIn,
  correctedOpener,
  key,
  momentBetween,
  opener,
  second,
} from '../support/corrected-opener.ts';
import { gameLog, withRow } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile, queryFile } from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('odd-history');
const { warehouse, on, at } = correctedOpener(folder);
const rows = (path: string, table: string) =>
  queryFile(path, `SELECT * FROM nba_raw.${table} ORDER BY ALL`);
let made = 0;
const place = (name: string) => {
  made += 1;
  return join(folder, `${name}-${made}.duckdb`);
};
const load = async (
  path: string,
  name: string,
  log: Parameters<typeof writeParquet>[2],
  ...flags: readonly string[]
) =>
  backcourt([
    'ingest',
    'nba-stats',
    await writeParquet(folder, name, log),
    ...flags,
    '--warehouse',
    path,
  ]);
async function pastOf(path: string, time: string): Promise<string> {
  const past = place('past');
  await prepare(['as-known-at', time, '--to', past, '--warehouse', path]);
  await prepare(['verify', '--hashes', '--sample', '0', '--warehouse', past]);
  return past;
}

test('a date that was damaged and made again as it was recorded has always been so', async () => {
  const path = place('damaged');
  await load(path, 'sound.parquet', gameLog(opener));
  const sound = await rows(path, 'player_box');
  const time = await momentBetween();
  await changeFile(path, `UPDATE nba_raw.player_box SET ast = ast + 1 WHERE player_id = '${key}'`);
  await prepare([
    'ingest',
    'nba-stats',
    join(folder, 'sound.parquet'),
    '--rewrite',
    '--warehouse',
    path,
  ]);
  expect(await rows(await pastOf(path, time), 'player_box')).toEqual(sound);
});

test('a raw table that is gone and made again has its past where its files are the same, and else says that it has none', async () => {
  const path = place('gone');
  await load(path, 'kept.parquet', gameLog(opener));
  const sound = await rows(path, 'player_box');
  const time = await momentBetween();
  await changeFile(path, 'DROP TABLE nba_raw.player_box');
  expect((await load(path, 'kept.parquet', gameLog(opener), '--rewrite')).stderr).toContain(
    'nba_raw.player_box is gone: it is made again',
  );
  expect(await rows(await pastOf(path, time), 'player_box')).toEqual(sound);
  const told = await prepare(['history', 'player_box', opener.date, '--warehouse', path]);
  expect(told.lines.filter((line) => /\b(done|failed)\b/.test(line))).toHaveLength(3);

  await changeFile(path, 'DROP TABLE nba_raw.player_box');
  await load(path, 'other.parquet', withRow(gameLog(opener), 0, { AST: assists + 2 }), '--rewrite');
  const refused = await backcourt([
    ...['as-known-at', time, '--to', place('past'), '--warehouse', path],
  ]);
  expect([refused.exitCode, refused.stderr]).toEqual([
    8,
    expect.stringContaining(
      `player_box ${opener.date} cannot be brought back to ${time}Z: 0 rows, the ledger says`,
    ),
  ]);
});

test('rows of a date that has gone since are made again in its past', async () => {
  const path = place('moved');
  const days = ['--tables', 'team_offense_game_summary', '--dates'];
  await load(path, 'there.parquet', gameLog(opener));
  await prepare(['run', '--backfill', ...days, opener.date, '--warehouse', path]);
  const summaries = 'SELECT COUNT(*) FROM nba_analytics.team_offense_game_summary';
  expect(await cellOf(path, summaries)).toBe('2');
  const time = await momentBetween();
  await load(
    path,
    'elsewhere.parquet',
    gameLog({ ...opener, date: '2023-10-27' }),
    '--allow-shrink',
  );
  await prepare(['run', '--backfill', ...days, '2023-10-27', '--warehouse', path]);
  const past = await pastOf(path, time);
  expect(
    await cellOf(past, `${summaries} WHERE CAST(game_date AS VARCHAR) = '${opener.date}'`),
  ).toBe('2');
  expect(await cellOf(past, summaries)).toBe('2');
});

test('a date that goes, and comes back by a copy, was not there in between', async () => {
  const [from, to] = [place('from'), place('to')];
  await load(from, 'once.parquet', gameLog(opener));
  await load(from, 'twice.parquet', withRow(gameLog(opener), 0, { AST: assists + 2 }));
  await prepare(['copy', '--from', from, '--to', to]);
  const first = await momentBetween();
  const there = await rows(to, 'player_box');
  const moved = gameLog({ ...opener, date: '2023-10-27' });
  await load(to, 'moved.parquet', moved, '--allow-shrink');
  const second = await momentBetween();
  const gone = await rows(to, 'player_box');
  await prepare(['copy', '--from', from, '--to', to]);
  const third = await momentBetween();
  for (const [time, expected] of [
    [first, there],
    [second, gone],
    [third, await rows(to, 'player_box')],
  ] as const) {
    expect(await rows(await pastOf(to, time), 'player_box')).toEqual(expected);
  }
});

test('a date that was refused at first had no rows until it was right', async () => {
  const path = place('refused');
  await load(path, 'other.parquet', gameLog(second));
  const wrong = withRow(gameLog(opener), 0, { FGM: 50, FGA: 9 });
  expect((await load(path, 'wrong.parquet', wrong)).exitCode).toBe(3);
  const time = await momentBetween();
  await load(path, 'right.parquet', gameLog(opener));
  const past = await pastOf(path, time);
  const days = 'SELECT DISTINCT game_date::VARCHAR FROM nba_raw.player_box';
  expect((await queryFile(past, days)).flat()).toEqual([second.date]);
  const record = `SELECT state FROM backcourt.partitions WHERE table_name = 'player_box' AND partition_date = '${opener.date}'`;
  expect(await cellOf(past, record)).toBe('failed');
});

test('a file of the past knows nothing of what came later', async () => {
  const past = await pastOf(warehouse, at(1));
  for (const later of [
    `SELECT COUNT(*)::INT FROM backcourt.changes WHERE changed_at > '${at(1)}Z'`,
    `SELECT COUNT(*)::INT FROM backcourt.former_partitions WHERE replaced_at > '${at(1)}Z'`,
  ]) {
    expect(await cellOf(past, later)).toBe(0);
  }
});

test('has the options with which rows stood, whatever has been chosen since', async () => {
  const path = place('options');
  await load(path, 'opener.parquet', gameLog(opener));
  await load(path, 'second.parquet', gameLog(second));
  const later = { id: '0022300063', date: '2023-11-05', away: 'LAL', home: 'NYK' };
  await load(path, 'later.parquet', gameLog(later));
  const store = 'player_daily_cache';
  const run = (...more: readonly string[]) =>
    prepare(['run', '--backfill', ...more, '--warehouse', path]);
  const exported = async (name: string, ...more: readonly string[]) => {
    const out = join(folder, `${name}.csv`);
    await prepare(['export', store, '--out', out, ...more, '--warehouse', path]);
    return readFileSync(out, 'utf8');
  };
  await run('--option', 'min_games=1');
  const then = await exported('options-then');
  expect(then.split('\n').length).toBeGreaterThan(10);
  const time = await momentBetween();
  await prepare(['config', 'set', 'min_games=2', '--warehouse', path]);
  await run('--restate-options', '--allow-shrink');
  expect(await exported('options-now')).not.toBe(then);
  expect(await exported('options-known', '--known-at', time)).toBe(then);
  const past = await pastOf(path, time);
  expect((await prepare(['config', '--warehouse', past])).stdout).toMatch(
    /min_games +1 +warehouse/,
  );
});

test('tables of somebody else are left alone', async () => {
  const path = copyOf(warehouse);
  await changeFile(
    path,
    'CREATE TABLE "my notes"(a INT PRIMARY KEY); CREATE TABLE other(a INT REFERENCES "my notes"(a))',
  );
  const past = await pastOf(path, at(1));
  expect(await queryFile(past, 'SELECT * FROM "my notes"')).toEqual([]);
});

test('one that is given up leaves no file', async () => {
  for (const looks of [4, 5, 6, 7]) {
    const { signal } = new AbortController();
    let left = looks;
    Object.defineProperty(signal, 'aborted', {
      get: () => {
        left -= 1;
        return left < 0;
      },
    });
    const past = place('given-up');
    const args = ['as-known-at', at(1), '--to', past, ...on];
    const { exitCode } = await backcourt(args, { stop: signal });
    expect([looks, exitCode, existsSync(past)]).toEqual([
      looks,
      exitCode === 0 ? 0 : 130,
      exitCode === 0,
    ]);
    if (exitCode === 0) expect(await assistsIn(past)).toBe(assists);
  }
});

test('a log that lies at the place of the new file is told before anything is made', async () => {
  const past = place('log');
  writeFileSync(`${past}.wal`, 'something');
  const { exitCode, stderr } = await backcourt(['as-known-at', at(1), '--to', past, ...on]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('delete it first')]);
});

test('times that a clock has mixed up are refused', async () => {
  const path = copyOf(warehouse);
  await changeFile(
    path,
    `UPDATE backcourt.former_partitions SET recorded_at = replaced_at + INTERVAL 1 HOUR WHERE table_name = 'player_box'`,
  );
  const { exitCode, stderr } = await backcourt([
    'as-known-at',
    at(1),
    '--to',
    place('clock'),
    '--warehouse',
    path,
  ]);
  expect([exitCode, stderr]).toEqual([8, expect.stringContaining('a clock was set back')]);
});

test('a date that was not known yet is not seen by the dates after it', async () => {
  const path = place('between');
  const between = { id: '0022300070', date: '2023-10-26', away: 'LAL', home: 'MIA' };
  const last = { id: '0022300080', date: '2023-10-28', away: 'LAL', home: 'PHX' };
  await load(path, 'around.parquet', [...gameLog(opener), ...gameLog(last)]);
  const time = await momentBetween();
  await load(path, 'between.parquet', gameLog(between));
  await prepare(['run', '--backfill', '--warehouse', path]);
  const games = `SELECT DISTINCT games_played_season::INT FROM nba_analytics.upcoming_player_game_context
WHERE game_date = '${last.date}' AND team_abbr = 'LAL'`;
  expect(await queryFile(path, games)).toEqual([[2]]);
  expect(await queryFile(await pastOf(path, time), games)).toEqual([[1]]);
});

test('a date that could not be made then is not seen by the dates after it', async () => {
  const path = place('unlogged');
  const between = { id: '0022300070', date: '2023-10-26', away: 'LAL', home: 'MIA' };
  const last = { id: '0022300080', date: '2023-10-28', away: 'LAL', home: 'PHX' };
  const result = { status: 'Final', home_points: 101, away_points: 99 };
  const schedule = [scheduledGame(opener), scheduledGame(between, result), scheduledGame(last)];
  await loadRows(folder, path, 'schedule', schedule);
  await load(path, 'logged.parquet', [...gameLog(opener), ...gameLog(last)]);
  const time = await momentBetween();
  await load(path, 'unlogged.parquet', gameLog(between), '--allow-shrink');
  await backcourt(['run', '--backfill', '--warehouse', path]);
  const games = `SELECT DISTINCT games_played_season::INT FROM nba_analytics.upcoming_player_game_context
WHERE game_date = '${last.date}' AND team_abbr = 'LAL'`;
  expect(await queryFile(path, games)).toEqual([[2]]);
  const past = place('past');
  await backcourt(['as-known-at', time, '--to', past, '--warehouse', path]);
  expect(await queryFile(past, games)).toEqual([[1]]);
  // It has played without a log of it, which is told as what it is.
  expect(
    await queryFile(
      past,
      "SELECT COUNT(*)::INT FROM backcourt.partitions WHERE partition_date = '2023-10-26' AND table_name = 'player_game_summary'",
    ),
  ).toEqual([[0]]);
});
