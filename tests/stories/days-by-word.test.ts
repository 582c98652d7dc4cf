import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('days-by-word');
const table = 'team_offense_game_summary';
let path: string;
let dates: readonly string[];

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 4, postseason: false }));
  dates = await gameDatesOf(path);
});

const on = (words: string, surroundings = {}) =>
  backcourt([...words.split(' '), '--warehouse', path], surroundings);

test('a run of today is recorded with the day', async () => {
  const today = dates[2] ?? '';
  const run = await on(`run --backfill --tables ${table} --dates yesterday,today`, { today });

  expect([run.exitCode, run.stderr]).toEqual([0, '']);
  const request =
    "SELECT json_extract_string(request, '$.dates') FROM backcourt.runs WHERE verb = 'run'";
  const [asked] = (await queryFile(path, request)).flat();
  expect(String(asked).split(',').at(-1)).toBe(today);
  const done = await queryFile(
    path,
    `SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_analytics.${table} ORDER BY 1`,
  );
  expect(done.flat()).toContain(today);
});

test('the latest date is the last with a final game', async () => {
  const plan = await on(`plan --backfill --tables ${table} --dates latest --json`);

  expect(plan.stdout).toContain(`"${dates.at(-1)}"`);
  expect(plan.stdout).not.toContain(`"${dates.at(-2)}"`);
});

test('a season is its game dates, however it is written; one that is not loaded is named', async () => {
  const planned: string[] = [];
  for (const season of ['2023-24', '2023']) {
    const { lines } = await on(
      `run --dry-run --backfill --tables ${table} --season ${season} --json`,
    );
    planned.push(lines.flatMap((line) => /"date":"([\d-]+)"/.exec(line)?.[1] ?? []).join());
  }
  expect(planned).toEqual([dates.join(), dates.join()]);
  const other = await on(`plan --backfill --season 2022-23`);
  expect([other.exitCode, other.stderr]).toEqual([
    2,
    'error: season 2022-23 is not loaded (loaded: 2023-24)\n',
  ]);
  const nonsense = await on(`plan --backfill --season 2022-24`);
  expect(nonsense.exitCode).toBe(2);
  expect(nonsense.stderr).toContain('a season is 2024-25, or 2024, the year in which it begins');
  const twice = await on(`run --backfill --season 2023 --option analysis_date=${dates[0]}`);
  expect(twice.stderr).toContain('cannot be combined with other dates');
});

test('an export of two days has no others', async () => {
  expect((await on(`run --backfill --tables ${table} --season 2023`)).exitCode).toBe(0);
  const out = join(folder, 'two.parquet');
  const run = await on(`export ${table} --out ${out} --dates ${dates[0]},latest`);
  const days = `SELECT DISTINCT CAST(game_date AS VARCHAR) FROM read_parquet('${out}') ORDER BY 1`;

  expect([run.exitCode, run.stderr]).toEqual([0, '']);
  expect((await queryFile(path, days)).flat()).toEqual([dates[0], dates.at(-1)]);

  const season = join(folder, 'season.csv');
  expect((await on(`export ${table} --out ${season} --season 2023-24`)).exitCode).toBe(0);
  const count = `SELECT CAST(COUNT(DISTINCT game_date) AS INT) FROM read_csv('${season}')`;
  expect(await cellOf(path, count)).toBe(dates.length);
});

test('a proof and a copy take the words too', async () => {
  const verify = await on(`verify --hashes --tables ${table} --dates latest`);
  expect(verify.exitCode).toBe(0);
  const to = join(folder, 'copied.duckdb');
  const copy = await backcourt([
    ...['copy', '--from', path, '--to', to, '--tables', table, '--dates', 'latest'],
  ]);

  expect([copy.exitCode, copy.stderr]).toEqual([0, '']);
  expect(
    (
      await queryFile(to, `SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_analytics.${table}`)
    ).flat(),
  ).toEqual([dates.at(-1)]);
  expect(
    await cellOf(
      to,
      "SELECT json_extract_string(request, '$.dates[0]') FROM backcourt.runs WHERE verb = 'copy'",
    ),
  ).toBe(dates.at(-1));
});

test('wherever a day is taken, a word is taken', async () => {
  const latest = dates.at(-1) ?? '';
  const today = dates[2] ?? '';
  const explained = await on(`explain ${table} latest --json`);
  expect(JSON.parse(explained.stdout)).toMatchObject({ date: latest });
  const diff = await on(`diff ${table} yesterday`, { today });
  expect(diff.stdout).toContain(`${table} ${dates[1]}`);
  const run = await on(
    `run --backfill --tables ${table} --start-date latest --end-date latest --json`,
  );
  expect(JSON.parse(run.lines[0] ?? '')).toMatchObject({ first: latest, last: latest });
  const asked = await cellOf(
    path,
    "SELECT MAX(json_extract_string(request, '$.end_date')) FROM backcourt.runs",
  );
  expect([undefined, latest]).toContain(asked ?? undefined);
  const analysis = await on(
    `plan --backfill --tables ${table} --option analysis_date=latest --json`,
  );
  expect(analysis.stdout).toContain(`"${latest}"`);
  for (const since of ['today', 'yesterday']) {
    expect((await on(`changes --since ${since}`)).exitCode).toBe(0);
  }
});
