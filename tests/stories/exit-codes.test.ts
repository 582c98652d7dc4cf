import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { backcourt, runJob } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, partitionHashes } from '../support/warehouse-file.ts';

const folder = tempFolder('exit');
let path: string;
let files: readonly string[];

beforeAll(async () => {
  ({ path, files } = await simulatedWarehouse(folder, { gamesPerTeam: 4, postseason: false }));
});

const run = ['run', '--backfill', '--tables', 'team_offense_game_summary'];

describe('2: a request that cannot be meant', () => {
  test.each([
    ['no such day', ['--dates', '2023-02-30'], '--dates "2023-02-30": there is no such day'],
    ['another shape', ['--dates', '15.11.2023'], '--dates "15.11.2023": a day is YYYY-MM-DD'],
    ['a leap day too many', ['--dates', '2023-02-29'], 'there is no such day'],
    ['one wrong day of a list', ['--dates', '2023-11-01,2023-13-01'], '"2023-13-01"'],
    ['an empty list', ['--dates', ','], '--dates names no day'],
    [
      'a reversed range',
      ['--start-date', '2023-11-07', '--end-date', '2023-11-01'],
      'the range is reversed: --start-date 2023-11-07 is after --end-date 2023-11-01',
    ],
    [
      'no dates to rewrite',
      ['--rewrite'],
      'which dates? give --dates 2023-11-01,today,… or --start-date and --end-date',
    ],
    ['half a range', ['--start-date', '2023-11-01'], '--end-date is missing'],
    [
      'a list and a range',
      ['--dates', '2023-11-01', '--end-date', '2023-11-02'],
      '--dates cannot be combined with',
    ],
    [
      'a day beyond the clock',
      ['--dates', '2026-01-16'],
      '2026-01-16 is later than today, 2026-01-15, and no schedule knows it',
    ],
    [
      'a batch of nothing',
      ['--dates', '2023-11-01', '--batch-days', '0'],
      'must be a whole number from 1',
    ],
    [
      'an unknown flag',
      ['--dates', '2023-11-01', '--backfil'],
      "unknown option '--backfil'; did you mean --backfill?",
    ],
  ])('%s', async (_, args, message) => {
    const before = await partitionHashes(path);
    const { exitCode, stdout, stderr } = await backcourt([...run, ...args, '--warehouse', path]);

    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(await partitionHashes(path)).toEqual(before);
  });

  test('no dates for a job or a daily run', async () => {
    const job = await runJob('team_offense_game_summary', ['--warehouse', path]);
    const daily = await backcourt(['run', '--warehouse', path]);
    for (const { exitCode, stderr } of [job, daily]) {
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('which dates?')]);
    }
  });

  test('an unknown table, with the nearest right name', async () => {
    const { exitCode, stderr } = await backcourt([
      ...['run', '--tables', 'team_defence_zone_analysis', '--dates', '2023-11-01'],
      ...['--warehouse', path],
    ]);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('did you mean "team_defense_zone_analysis"?'),
    ]);
  });

  test('an unknown verb, an unknown season, a place that is no file', async () => {
    expect((await backcourt(['runn'])).exitCode).toBe(2);
    const season = await backcourt(['status', '--season', '1999', '--warehouse', path]);
    expect([season.exitCode, season.stderr]).toEqual([
      2,
      expect.stringContaining('season 1999-00 is not loaded (loaded: 2023-24)'),
    ]);
    const remote = await backcourt(['status', '--warehouse', 'postgres://project']);
    expect(remote.exitCode).toBe(2);
  });
});

test('a terminal obeys nothing that stands in a name or an argument', async () => {
  const name = 'a\u001b[2J\u009b31m\u202e.csv';
  const text = await backcourt(['ingest', 'nba-stats', name, '--warehouse', 'none.duckdb']);
  expect([text.exitCode, text.stderr]).toEqual([2, expect.stringContaining('a\\u001b[2J')]);
  const json = await backcourt([
    'ingest',
    'nba-stats',
    name,
    '--json',
    '--warehouse',
    'none.duckdb',
  ]);
  for (const output of [text.stderr, json.stderr, json.stdout]) {
    expect(output).not.toMatch(/[^\P{Cc}\n\t]|\p{Bidi_Control}/u);
  }
  expect(JSON.parse(json.stdout).message).toContain(name);
});

test('0: a backfill without dates means the whole schedule, as a plan does', async () => {
  const asked = [...run.slice(1), '--json', '--warehouse', path];
  const whole = await backcourt(['run', ...asked, '--dry-run']);
  expect([whole.exitCode, whole.stdout]).toEqual([0, (await backcourt(['plan', ...asked])).stdout]);
  expect(whole.lines.length).toBeGreaterThan(5);
});

test('0: help and version', async () => {
  for (const argv of [['--help'], ['run', '--help'], ['--version']]) {
    const { exitCode, stdout, stderr } = await backcourt(argv);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).not.toBe('');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  }
});

describe('5: there is nothing to work on', () => {
  test.each([['status'], ['run', '--backfill', '--dates', '2023-11-01']])(
    'a missing warehouse is not made by %s',
    async (...argv) => {
      const nowhere = join(folder, 'nowhere.duckdb');
      const { exitCode, stderr } = await backcourt([...argv, '--warehouse', nowhere]);

      expect(exitCode).toBe(5);
      expect(stderr).toContain(`there is no warehouse at "${nowhere}"`);
      expect(stderr).toContain(
        `make one with: npx backcourt ingest nba-stats <files> --warehouse ${nowhere}`,
      );
      expect(existsSync(nowhere)).toBe(false);
    },
  );

  test('a DuckDB file of somebody else is left as it is', async () => {
    const foreign = join(folder, 'foreign.duckdb');
    const instance = await DuckDBInstance.create(foreign);
    const connection = await instance.connect();
    await connection.run('CREATE TABLE mine (x INT)');
    connection.closeSync();
    instance.closeSync();
    for (const argv of [['status'], ['run', '--backfill', '--dates', '2023-11-01']]) {
      const { exitCode, stderr } = await backcourt([...argv, '--warehouse', foreign]);
      expect(exitCode).toBe(5);
      expect(stderr).toContain('is a DuckDB file, but not a Backcourt warehouse');
    }
    expect(
      await cellOf(foreign, "SELECT string_agg(table_name, ' ') FROM information_schema.tables"),
    ).toBe('mine');
  });

  test('nor does ingest move into a DuckDB file of somebody else', async () => {
    const foreign = join(folder, 'foreign.duckdb');
    for (const argv of [
      ['ingest', 'simulated', ...files],
      ['ingest', 'simulated', join(folder, 'none.parquet')],
    ]) {
      const { exitCode } = await backcourt([...argv, '--warehouse', foreign]);
      expect(exitCode).toBe(2);
      expect(
        await cellOf(foreign, "SELECT string_agg(table_name, ' ') FROM information_schema.tables"),
      ).toBe('mine');
    }
    const { stderr } = await backcourt(['ingest', 'simulated', ...files, '--warehouse', foreign]);
    expect(stderr).toContain(`"${foreign}" is a DuckDB file with other tables`);
    expect(stderr).toContain('give --warehouse a file of its own');
  });
});

describe('8: the surroundings', () => {
  const verbs = [
    ['status', ['status', '--wait', '0']],
    ['run', ['run', '--backfill', '--dates', '2023-11-01']],
    ['ingest', ['ingest', 'simulated', '--seasons', '1']],
  ] as const;

  test.each(verbs)('a corrupt file: %s', async (verb, argv) => {
    const corrupt = join(folder, `corrupt-${verb}.duckdb`);
    writeFileSync(corrupt, 'this is no database\n'.repeat(1000));
    const { exitCode, stderr } = await backcourt([...argv, '--warehouse', corrupt]);

    expect(exitCode).toBe(8);
    expect(stderr).toContain(`cannot open "${corrupt}"`);
  });

  test.each(verbs)('a folder instead of a file: %s', async (verb, argv) => {
    const directory = join(folder, `folder-${verb}`);
    mkdirSync(directory);
    const { exitCode, stderr } = await backcourt([...argv, '--warehouse', directory]);

    expect(exitCode).toBe(8);
    expect(stderr).toContain(`"${directory}"`);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('a folder that is not there, or is a file', async () => {
    for (const place of [join(folder, 'no', 'such', 'w.duckdb'), join(path, 'w.duckdb')]) {
      const { exitCode, stderr } = await backcourt([
        ...['ingest', 'simulated', '--seasons', '1', '--warehouse', place],
      ]);
      expect([exitCode, stderr]).toEqual([8, expect.stringContaining(`cannot open "${place}"`)]);
    }
  });

  test('a folder in which nothing can be written beside the warehouse', async () => {
    // The note about the writer has a folder in its way.
    mkdirSync(`${path}.writer.json`);
    const { exitCode, stderr } = await backcourt([
      ...run,
      '--dates',
      '2023-10-24',
      '--warehouse',
      path,
    ]);

    expect([exitCode, stderr]).toEqual([8, expect.stringContaining('writer.json')]);
  });
});
