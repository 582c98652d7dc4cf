import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { copyOf } from '../support/copy-of.ts';
import { gameLog, withRow } from '../support/game-log.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile, queryFile } from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('history');
const warehouse = join(folder, 'w.duckdb');
const on = ['--warehouse', warehouse];
const opener = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' };
const second = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' };
const day = ['--dates', opener.date];
const summary = 'player_game_summary';
const made = `team_offense_game_summary,${summary}`;

/** Times between what is done, UTC. */
const times: string[] = [];
async function moment(): Promise<void> {
  await sleep(5);
  times.push(new Date().toISOString().slice(0, 23));
  await sleep(5);
}
const at = (number: number) => times[number] ?? '';

const log = async (name: string, rows: readonly Parameters<typeof writeParquet>[2][number][]) =>
  prepare(['ingest', 'nba-stats', await writeParquet(folder, name, rows), ...on]);
const [player = {}] = gameLog(opener);
const key = String(player['PLAYER_ID']);
const assists = Number(player['AST']);

beforeAll(async () => {
  await moment();
  await log('first.parquet', gameLog(opener));
  await prepare(['run', '--backfill', ...day, '--tables', made, ...on]);
  await prepare(['export', summary, '--out', join(folder, 'then.parquet'), ...on]);
  await moment();
  await log('corrected.parquet', withRow(gameLog(opener), 0, { AST: assists + 1 }));
  await moment();
  await prepare(['run', '--backfill', ...day, '--tables', made, ...on]);
  await log('second.parquet', gameLog(second));
  await moment();
}, 120_000);

const assistsIn = (path: string) =>
  cellOf(
    path,
    `SELECT assists::INT FROM nba_analytics.${summary} WHERE universal_player_id = '${key}'`,
  );

test('history tells what was recorded when, and how a row changed', async () => {
  const { lines } = await prepare([
    'history',
    'player_box',
    opener.date,
    '--key',
    `${opener.id}|${key}`,
    ...on,
  ]);
  expect(lines[0]).toBe(`player_box ${opener.date}`);
  expect(lines[1]).toMatch(/^ {2}\d{4}-.*Z – \d{4}-.*Z +done +\d+ rows +[0-9a-f]{16} +ingest /);
  expect(lines[2]).toMatch(/ – now +done +\d+ rows /);
  expect(lines[3]).toMatch(/run \S+: 1 row changed$/);
  expect(lines.slice(4)).toEqual([
    `  ~ ${opener.id}|${key}`,
    `      ast  ${assists} → ${assists + 1}`,
  ]);
  const computed = await prepare(['history', summary, opener.date, '--key', key, '--json', ...on]);
  const objects = computed.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(objects.map(({ type }) => type)).toEqual(['state', 'state', 'change', 'history']);
  expect(objects[2]).toMatchObject({
    ...{ added: 0, removed: 0, changed: 1 },
    rows: [{ key, columns: [{ column: 'assists', was: `${assists}`, is: `${assists + 1}` }] }],
  });
});

test('a table without dates takes none, loaded or not', async () => {
  const never = await backcourt(['history', 'players', ...on]);
  expect([never.exitCode, never.stderr]).toEqual([5, '']);
});

test('explain says that a row was another one', async () => {
  const { lines } = await prepare(['explain', summary, opener.date, '--key', key, ...on]);
  const from = lines.indexOf(
    `was another one before: npx backcourt history ${summary} ${opener.date} --warehouse ${warehouse}`,
  );
  expect(lines[from + 1]).toMatch(/^ {2}until .*Z: \d+ rows, hash /);
  expect(lines).toContain(`      assists  ${assists} → ${assists + 1}`);
});

test('changes takes raw tables that are named', async () => {
  const { lines } = await prepare(['changes', '--since', at(1), '--tables', 'player_box', ...on]);
  expect(lines).toContain(`      ast  ${assists} → ${assists + 1}`);
  expect(lines.at(-1)).toBe('0 added, 0 removed, 1 changed, in 1 table on 1 date');
});

describe('a warehouse of an earlier time', () => {
  test('has the rows, records and files of then, and what comes of them', async () => {
    const past = join(folder, 'past.duckdb');
    const { lines } = await prepare(['as-known-at', at(1), '--to', past, ...on]);
    expect(lines[0]).toBe(`${past} holds what ${warehouse} knew at ${at(1)}Z`);
    expect(await assistsIn(past)).toBe(assists);
    expect(await assistsIn(warehouse)).toBe(assists + 1);
    expect(
      await queryFile(past, 'SELECT DISTINCT game_date::VARCHAR FROM nba_raw.player_box'),
    ).toEqual([[opener.date]]);
    expect(await queryFile(past, 'SELECT file_name FROM backcourt.raw_files')).toEqual([
      ['first.parquet'],
    ]);
    const later = `SELECT COUNT(*)::INT FROM backcourt.partitions WHERE partition_date > DATE '${opener.date}'`;
    expect(await cellOf(past, later)).toBe(0);
    await prepare(['verify', '--hashes', '--sample', '0', '--warehouse', past]);
  });

  test.each([
    ['2024-01-01T00:00-05:00', '2024-01-01T05:00:00.000Z'],
    ['2024-01-01 00:00:00.5+00', '2024-01-01T00:00:00.500Z'],
    ['2024-01-01T05:30:00.123+05:30', '2024-01-01T00:00:00.123Z'],
  ])('takes %s, as engines print it and places have it', async (typed, time) => {
    const { stdout } = await prepare(['prune', '--before', typed, ...on]);
    expect(stdout).toContain(`from before ${time}`);
  });

  test('between a correction and its run is computed anew', async () => {
    const past = join(folder, 'between.duckdb');
    await prepare(['as-known-at', at(2), '--to', past, ...on]);
    expect(await assistsIn(past)).toBe(assists + 1);
  });

  test('exports the very bytes of then', async () => {
    const again = join(folder, 'again.parquet');
    await prepare(['export', summary, '--out', again, '--known-at', at(1), ...on]);
    expect(readFileSync(again).equals(readFileSync(join(folder, 'then.parquet')))).toBe(true);
    const now = join(folder, 'now.parquet');
    await prepare(['export', summary, '--out', now, ...on, ...day]);
    expect(readFileSync(now).equals(readFileSync(again))).toBe(false);
  });

  test('is held against today by diff, and looked at by explain and verify', async () => {
    const diff = await prepare(['diff', summary, opener.date, '--known-at', at(1), ...on]);
    expect(diff.lines).toContain(`      assists  ${assists + 1} → ${assists}`);
    const explained = await prepare([
      'explain',
      'player_box',
      second.date,
      '--known-at',
      at(1),
      ...on,
    ]);
    expect(explained.lines[0]).not.toContain('done');
    await prepare(['verify', '--hashes', '--known-at', at(1), '--tables', summary, ...on]);
  });

  test('comes along with a copy of dates that are new there', async () => {
    const target = join(folder, 'copied.duckdb');
    await prepare(['copy', '--from', warehouse, '--to', target]);
    const past = join(folder, 'past-of-copy.duckdb');
    await prepare(['as-known-at', at(1), '--to', past, '--warehouse', target]);
    expect(await assistsIn(past)).toBe(assists);
    // What stood there already has a past of its own.
    await prepare(['copy', '--from', past, '--to', target, '--allow-shrink']);
    const count = "SELECT COUNT(*)::INT FROM backcourt.changes WHERE change = 'removed'";
    expect(await cellOf(target, count)).toBe(2);
  });
});

describe('what is not remembered', () => {
  const to = ['--to', join(folder, 'never.duckdb')];

  test('is not made up', async () => {
    const early = await backcourt(['as-known-at', at(0), ...to, ...on]);
    expect([early.exitCode, early.stderr]).toEqual([
      2,
      expect.stringMatching(/knew nothing at .* at 20\S+Z$/m),
    ]);
    const pruned = copyOf(warehouse);
    await prepare(['prune', '--before', at(2), '--yes', '--warehouse', pruned]);
    const gone = await backcourt(['as-known-at', at(1), ...to, '--warehouse', pruned]);
    expect([gone.exitCode, gone.stderr]).toEqual([
      2,
      expect.stringMatching(/is not remembered; it is from .* on/),
    ]);
    expect(existsSync(to[1] ?? '')).toBe(false);
    await prepare([
      'as-known-at',
      at(2),
      '--to',
      join(folder, 'kept.duckdb'),
      '--warehouse',
      pruned,
    ]);
  });

  test('is not of a ledger that remembered nothing', async () => {
    const older = copyOf(warehouse);
    await changeFile(
      older,
      `DROP TABLE backcourt.former_partitions; ALTER TABLE backcourt.warehouse DROP COLUMN history_from;
      UPDATE backcourt.warehouse SET format_version = 6`,
    );
    const read = await backcourt(['as-known-at', at(1), ...to, '--warehouse', older]);
    expect([read.exitCode, read.stderr]).toEqual([8, expect.stringContaining('older Backcourt')]);
    await prepare(['run', '--stale', '--warehouse', older]);
    const gone = await backcourt(['as-known-at', at(1), ...to, '--warehouse', older]);
    expect([gone.exitCode, gone.stderr]).toEqual([2, expect.stringContaining('is not remembered')]);
  });

  test('is found out where something else has changed it', async () => {
    const altered = copyOf(warehouse);
    await changeFile(
      altered,
      "DELETE FROM backcourt.changes WHERE change = 'removed' AND table_name = 'player_box'",
    );
    const { exitCode, stderr } = await backcourt([
      'as-known-at',
      at(1),
      ...to,
      '--warehouse',
      altered,
    ]);
    expect([exitCode, stderr]).toEqual([8, expect.stringContaining('cannot be brought back')]);
    expect(existsSync(to[1] ?? '')).toBe(false);
  });

  test.each([
    [['as-known-at'], /as known when\? give a time/],
    [['as-known-at', 'yesterday'], /which file\? give --to/],
    [['as-known-at', '2999-01-01', ...to], /is in the future/],
    [['as-known-at', 'soon', ...to], /a time is/],
    [['as-known-at', 'today', '--to', warehouse], /is not replaced/],
    [['export', summary, '--out', 'x.csv', '--known-at', 'soon'], /--known-at "soon": a time is/],
    [['history', 'player_box'], /of which date\?/],
  ])('%j is a mistake that is explained', async (args, message) => {
    const { exitCode, stderr } = await backcourt([...args, ...on]);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

test('before tip-off only what was seen by then counts', async () => {
  const own = join(folder, 'captures.duckdb');
  const tipoff = '2023-10-24T23:30:00Z';
  await prepare(['ingest', 'nba-stats', join(folder, 'first.parquet'), '--warehouse', own]);
  await loadRows(folder, own, 'schedule', [scheduledGame(opener, { tipoff_at: tipoff })]);
  const line = (captured_at: string | null, total: string) => ({
    ...{ event_id: 'e1', game_date: opener.date, home_team_abbr: 'DEN', away_team_abbr: 'LAL' },
    ...{ home_spread: '-3.5', total, captured_at },
  });
  await loadRows(folder, own, 'game-lines', [
    line('2023-10-24T12:00:00Z', '220'),
    line('2023-10-24T22:30:00Z', '221'),
    line('2023-10-24T22:30:01Z', '222'),
    line(null, '223'),
  ]);
  const past = join(folder, 'hour-before.duckdb');
  const { lines } = await prepare([
    'as-known-at',
    '--before-tipoff',
    '60',
    '--to',
    past,
    '--warehouse',
    own,
  ]);
  expect(lines).toContain('  game_lines: 2 rows seen later, or nobody knows when');
  expect(await queryFile(past, 'SELECT total::INT FROM nba_raw.game_lines ORDER BY 1')).toEqual([
    [220],
    [221],
  ]);
  await prepare(['verify', '--hashes', '--sample', '0', '--warehouse', past]);
});

describe('what is no plain history of loads', () => {
  const rows = (path: string, table: string) =>
    queryFile(path, `SELECT * FROM nba_raw.${table} ORDER BY ALL`);
  let made = 0;
  const place = (name: string) => {
    made += 1;
    return join(folder, `${name}-${made}.duckdb`);
  };
  const now = async () => {
    await sleep(5);
    const time = new Date().toISOString().slice(0, 23);
    await sleep(5);
    return time;
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
    const time = await now();
    await changeFile(
      path,
      `UPDATE nba_raw.player_box SET ast = ast + 1 WHERE player_id = '${key}'`,
    );
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

  test('a date that goes, and comes back by a copy, was not there in between', async () => {
    const [from, to] = [place('from'), place('to')];
    await load(from, 'once.parquet', gameLog(opener));
    await load(from, 'twice.parquet', withRow(gameLog(opener), 0, { AST: assists + 2 }));
    await prepare(['copy', '--from', from, '--to', to]);
    const first = await now();
    const there = await rows(to, 'player_box');
    const moved = gameLog({ ...opener, date: '2023-10-27' });
    await load(to, 'moved.parquet', moved, '--allow-shrink');
    const second = await now();
    const gone = await rows(to, 'player_box');
    await prepare(['copy', '--from', from, '--to', to]);
    const third = await now();
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
    const time = await now();
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
    const time = await now();
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
});
