import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyOf } from '../support/copy-of.ts';
import {
  assists,
  assistsIn,
  correctedOpener,
  key,
  opener,
  openerDay,
  second,
  summary,
} from '../support/corrected-opener.ts';
import { loadRows } from '../support/load-rows.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('history');
const { warehouse, on, at } = correctedOpener(folder);

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
    await prepare(['export', summary, '--out', now, ...on, ...openerDay]);
    expect(readFileSync(now).equals(readFileSync(again))).toBe(false);
  });

  test('is held against today by diff and verify, and looked at by explain', async () => {
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
    const proof = ['verify', '--hashes', '--known-at', at(1), '--tables', summary, ...on];
    const verified = await prepare([...proof, '--json']);
    expect(verified.stderr).toContain(`${warehouse} as known at ${at(1)}Z`);
    expect(JSON.parse(verified.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      ...{ type: 'verify', warehouse, known_at: `${at(1)}Z` },
    });
  });

  test('tells by which run of the warehouse a row was made then, or that none had made it', async () => {
    const explain = async (time: string, ...of: readonly string[]) =>
      JSON.parse((await prepare(['explain', ...of, '--known-at', time, '--json', ...on])).stdout);
    const stored = await queryFile(
      warehouse,
      `SELECT run_id, verb, strftime(started_at AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S') FROM backcourt.runs ORDER BY started_at`,
    );
    const [load, run, , rerun] = stored.map(([id]) => id);
    expect(stored.map(([, verb]) => verb)).toEqual(['ingest', 'run', 'ingest', 'run', 'ingest']);
    for (const [time, table, runId] of [
      [at(1), summary, run],
      [at(1), 'player_box', load],
      [at(3), summary, rerun],
    ] as const) {
      const { record, stood_then } = await explain(time, table, opener.date);
      expect([record.run_id, stood_then.run_id]).toEqual([runId, runId]);
      expect(record.recorded_at).toBe(stood_then.recorded_at);
    }
    // Corrected and not yet worked again: the row of these inputs no run had made, and another one stood.
    const between = await explain(at(2), summary, opener.date);
    expect(between.record).toMatchObject({ run_id: null, recorded_at: null });
    expect(between.stood_then.run_id).toBe(run);
    const lines = (
      await prepare(['explain', summary, opener.date, '--known-at', at(2), ...on])
    ).lines.join('\n');
    expect(lines).toContain('by no run: made for this answer, of the inputs as they were known');
    expect(lines).toMatch(new RegExp(`what stood then: \\d+ rows, hash \\w+, by run ${run} at`));
    // What had not been worked at all then.
    const never = await explain(at(1), 'team_defense_game_summary', opener.date);
    expect([never.record.run_id, never.stood_then]).toEqual([null, null]);
  });

  test('comes along with a copy of dates that are new there', async () => {
    const target = join(folder, 'copied.duckdb');
    await prepare(['copy', '--from', warehouse, '--to', target]);
    // And so do the runs that it names.
    const told = ['history', 'player_box', opener.date];
    const there = await prepare([...told, '--warehouse', target]);
    expect(there.lines).toEqual((await prepare([...told, ...on])).lines);
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
    [['as-known-at', 'soon', ...to], /<time> "soon": a time is/],
    [['as-known-at', '2023-02-30', ...to], /there is no such day; a time is YYYY-MM-DD/],
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
