import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBConnection } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { worldTables } from '../../src/world/run-engine.ts';
import { backcourt, type CommandResult, prepare } from '../support/run-command.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile } from '../support/warehouse-file.ts';

const folder = tempFolder('kept-answers');
const season = smallSeason(folder);
const answers = { folder: join(folder, 'answers'), code: 'of today' };
const mark = 'as it was said before';
let warehouse: string;
let copies = 0;

beforeEach(() => {
  copies += 1;
  warehouse = join(folder, `${copies}.duckdb`);
  copyFileSync(season().computed, warehouse);
});
afterEach(() => rmSync(answers.folder, { recursive: true, force: true }));

const say = (line: string, more: Parameters<typeof backcourt>[1] = {}) =>
  backcourt([...line.split(' '), '--warehouse', warehouse], { answers, ...more });

/** Every kept answer says from now on that it is one. */
function markAnswers(): number {
  const kept = readdirSync(answers.folder);
  for (const name of kept) {
    const path = join(answers.folder, name);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, lines.with(-1, `stdout ${JSON.stringify(mark)}\nend`).join('\n'));
  }
  return kept.length;
}

const isFromMemory = ({ stdout }: CommandResult) => stdout.endsWith(mark);

const lines = [
  'status',
  'status --json',
  'status --season 2023 --missing',
  'plan --backfill',
  'plan --backfill --json',
  'run --backfill --dry-run',
  'run --backfill',
  'run --backfill --json',
  'run --stale --backfill',
];

const several = ['status --json', 'plan --backfill', 'run --backfill'];

describe('what has not changed is not judged again', () => {
  test.each(lines)('%s', async (line) => {
    const first = await say(line);
    const second = await say(line);
    expect(second).toEqual(first);
    expect(markAnswers()).toBe(1);
    expect(isFromMemory(await say(line))).toBe(true);
  });

  test('an answer belongs to its question: no other one is given it', async () => {
    for (const line of lines) await say(line);
    markAnswers();
    const others = [
      'status --failed',
      'plan --stale',
      'run --backfill --tables player_game_summary',
    ];
    for (const line of others) expect(isFromMemory(await say(line)), line).toBe(false);
  });
});

describe('an answer is worked out again', () => {
  const record = `partition_date = (SELECT MAX(partition_date) FROM backcourt.partitions WHERE table_name = 'player_daily_cache')`;

  test.each<readonly [string, () => Promise<unknown>]>([
    [
      'after other options of the warehouse',
      () => prepare(['config', 'set', 'min_games=7', '--warehouse', warehouse]),
    ],
    [
      'after a run',
      () =>
        prepare([
          ...season().run,
          '--rewrite',
          '--tables',
          'player_daily_cache',
          '--warehouse',
          warehouse,
        ]),
    ],
    [
      'when somebody has changed one letter of one record',
      () =>
        changeFile(
          warehouse,
          `UPDATE backcourt.partitions SET fingerprint = concat('x', substr(fingerprint, 2)) WHERE table_name = 'player_daily_cache' AND ${record}`,
        ),
    ],
    [
      'when somebody has taken one record away',
      () =>
        changeFile(
          warehouse,
          `DELETE FROM backcourt.partitions WHERE table_name = 'player_daily_cache' AND ${record}`,
        ),
    ],
    [
      'when two records have changed places',
      () =>
        changeFile(
          warehouse,
          `UPDATE backcourt.partitions SET table_name = CASE table_name WHEN 'player_daily_cache' THEN 'ml_feature_store' ELSE 'player_daily_cache' END WHERE table_name IN ('player_daily_cache', 'ml_feature_store') AND ${record}`,
        ),
    ],
    [
      'when a game has another day',
      () =>
        changeFile(
          warehouse,
          `UPDATE nba_raw.schedule SET game_date = game_date + 1 WHERE nba_game_id = (SELECT MAX(nba_game_id) FROM nba_raw.schedule)`,
        ),
    ],
    [
      'when a result is gone',
      () =>
        changeFile(
          warehouse,
          `DELETE FROM nba_raw.game_results WHERE nba_game_id = (SELECT MAX(nba_game_id) FROM nba_raw.game_results)`,
        ),
    ],
    [
      'when a column may be NULL from now on',
      () =>
        changeFile(
          warehouse,
          'ALTER TABLE nba_precompute.player_daily_cache ALTER player_full_name DROP NOT NULL',
        ),
    ],
    [
      'when a table has one more column',
      () =>
        changeFile(
          warehouse,
          'ALTER TABLE nba_precompute.player_daily_cache ADD COLUMN mine INTEGER',
        ),
    ],
  ])('%s', async (_, change) => {
    for (const line of several) await say(line);
    expect(markAnswers()).toBe(several.length);
    await change();
    const changed = join(folder, 'changed.duckdb');
    copyFileSync(warehouse, changed);
    for (const line of several) {
      const again = await say(line);
      expect(isFromMemory(again), line).toBe(false);
      copyFileSync(changed, warehouse);
      const anew = await say(line, { answers: undefined });
      copyFileSync(changed, warehouse);
      expect([again.exitCode, steady(again.stdout)], line).toEqual([
        anew.exitCode,
        steady(anew.stdout),
      ]);
    }
  });

  test.each<readonly [string, Parameters<typeof backcourt>[1]]>([
    ['on another day', { today: '2026-01-16' }],
    ['by another version of the command', { answers: { ...answers, code: 'of tomorrow' } }],
    ['for a narrower screen', { screen: 60 }],
  ])('%s', async (_, surroundings) => {
    for (const line of lines) await say(line);
    markAnswers();
    for (const line of lines) expect(isFromMemory(await say(line, surroundings)), line).toBe(false);
  });

  test('where the folder is gone, or nothing can be kept there', async () => {
    const first = await say('status');
    rmSync(answers.folder, { recursive: true });
    writeFileSync(answers.folder, 'a file of that name');
    expect(await say('status')).toEqual(first);
  });
});

/** What a run has done in the meantime has another number and takes other seconds. */
const steady = (text: string) =>
  text
    .replaceAll(/\d{8}T\d{6}Z-\w{6}/g, 'run')
    .replaceAll(/"?seconds"?:[\d.]+|[\d.]+ s\b/g, 'seconds');

test("a table of one's own has a new answer when its definition is another", async () => {
  mkdirSync(join(folder, 'tables'));
  writeFileSync(
    join(folder, 'backcourt.config.ts'),
    "export const project = { backcourt: 'project' };\n",
  );
  const define = (sum: string) =>
    writeFileSync(
      join(folder, 'tables', 'form.sql'),
      `-- Form.
-- each: player
-- reads: player_game_summary season to date
-- column: total INT64 points: points so far
SELECT universal_player_id, as_of, SUM(${sum}) AS total
FROM player_game_summary
GROUP BY universal_player_id, as_of
`,
    );
  const ask = (line: string) =>
    backcourt(['--project', folder, ...line.split(' '), '--warehouse', warehouse], { answers });
  define('points');
  const run = await ask(`run --backfill --tables form ${season().run.slice(2).join(' ')}`);
  expect([run.exitCode, run.stderr]).toEqual([0, '']);
  const first = await ask('status');
  expect(await ask('status')).toEqual(first);
  expect(markAnswers()).toBe(1);
  define('points + 0');
  const second = await ask('status');
  expect([isFromMemory(second), second.stdout]).toEqual([false, expect.stringContaining('stale')]);
});

test('what was interrupted is no answer', async () => {
  const stop = AbortSignal.abort();
  expect((await say('run --backfill', { stop })).exitCode).toBe(130);
  expect((await say('run --backfill')).exitCode).toBe(0);
});

describe('what is not kept', () => {
  test.each(['run --backfill --rewrite --tables player_daily_cache', 'plan --backfill --sql'])(
    '%s',
    async (line) => {
      const dates = line.startsWith('run') ? season().run.slice(2).join(' ') : '';
      await say(`${line} ${dates}`.trim());
      expect(() => readdirSync(answers.folder)).toThrow('ENOENT');
    },
  );

  test('a run in daily mode, of which somebody is told each time', async () => {
    await say(`run --dates ${season().dates.at(-1)}`);
    await say(`run --dates ${season().dates.at(-1)}`);
    expect(() => readdirSync(answers.folder)).toThrow('ENOENT');
  });
});

test('what a plan, a status and an idle run ask of a warehouse is all looked at before an answer is repeated', async () => {
  const asked: string[] = [];
  const { runAndReadAll } = DuckDBConnection.prototype;
  const spy = vi.spyOn(DuckDBConnection.prototype, 'runAndReadAll');
  spy.mockImplementation(function (this: DuckDBConnection, ...[sql, ...more]) {
    asked.push(sql);
    return runAndReadAll.call(this, sql, ...more);
  });
  try {
    for (const line of lines) await say(line, { answers: undefined });
  } finally {
    spy.mockRestore();
  }
  const names = /\b(?:FROM|JOIN)\s+((?:backcourt|nba_\w+)\.\w+)/gi;
  const read = asked.flatMap((sql) => [...sql.matchAll(names)].map(([, name]) => name));
  expect(new Set(read)).toEqual(new Set(worldTables));
});
