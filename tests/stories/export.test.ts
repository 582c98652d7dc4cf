import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('export');
const store = 'ml_feature_store';
let path: string;
let dates: readonly string[];

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 14, postseason: false }));
  dates = await gameDatesOf(path);
  await prepare(['run', '--backfill', ...between(dates[0], dates.at(-1)), '--warehouse', path]);
});

const file = (name: string) => join(folder, name);

function exported(table: string, out: string, ...flags: readonly string[]) {
  return backcourt(['export', table, '--out', file(out), ...flags, '--warehouse', path]);
}

test('a training set: 25 named columns, and labels of the day that the features do not know', async () => {
  const run = await exported(store, 'training.parquet', '--with-labels');
  expect([run.exitCode, run.stderr]).toEqual([0, '']);
  const source = `read_parquet('${file('training.parquet')}')`;
  const stored = `(SELECT * FROM nba_predictions.${store})`;
  const rows = await cellOf(path, `SELECT CAST(COUNT(*) AS INT) FROM ${stored}`);
  expect(rows).toBeGreaterThan(500);
  expect(await cellOf(path, `SELECT CAST(COUNT(*) AS INT) FROM ${source}`)).toBe(rows);

  const names = (
    await queryFile(path, `SELECT column_name FROM (DESCRIBE SELECT * FROM ${source})`)
  ).flat();
  expect(names.slice(10, 35)).toEqual(
    (await cellOf(path, `SELECT feature_names FROM ${stored} LIMIT 1`)) ?? [],
  );
  expect(names.slice(-5)).toEqual([
    'played',
    'actual_points',
    'actual_minutes',
    'points_line',
    'points_line_source',
  ]);
  // Each named column is the element of the stored array; each label is what the box score says.
  const wrong = await queryFile(
    path,
    `SELECT f.universal_player_id, f.game_date FROM ${source} AS f
JOIN ${stored} AS s ON s.universal_player_id = f.universal_player_id AND s.game_date = f.game_date
LEFT JOIN nba_analytics.player_game_summary AS p
  ON p.universal_player_id = f.universal_player_id AND p.game_date = f.game_date AND p.is_active
  AND p.nba_game_id = f.nba_game_id
WHERE s.features[1] <> f.points_avg_last_5 OR s.features[14] <> f.opponent_def_rating
  OR s.features[25] <> f.team_win_pct OR f.played <> (p.points IS NOT NULL)
  OR f.actual_points IS DISTINCT FROM p.points OR f.actual_minutes IS DISTINCT FROM p.minutes_played`,
  );
  expect(wrong).toEqual([]);
  const played = await cellOf(
    path,
    `SELECT CAST(COUNT(*) FILTER (played) * 100 / COUNT(*) AS INT) FROM ${source}`,
  );
  expect(played).toBeGreaterThan(50);
  expect(played).toBeLessThan(100);
});

test('raw tables too, by the dates that were loaded', async () => {
  const range = between(dates[2], dates[4]);
  for (const [table, flags, where] of [
    ['player_box', range, `WHERE game_date BETWEEN '${dates[2]}' AND '${dates[4]}'`],
    ['schedule', [], ''],
  ] as const) {
    const run = await exported(table, `${table}.parquet`, ...flags);
    expect([table, run.exitCode, run.stderr]).toEqual([table, 0, '']);
    const [written, stored] = await Promise.all(
      [`read_parquet('${file(`${table}.parquet`)}')`, `nba_raw.${table} ${where}`].map((source) =>
        cellOf(path, `SELECT CAST(COUNT(*) AS INT) FROM ${source}`),
      ),
    );
    expect([table, written]).toEqual([table, stored]);
    expect(written).toBeGreaterThan(0);
  }
});

test('a raw table without dates is exported as a whole', async () => {
  const own = file('births.duckdb');
  const births = 'player_id,birth_date\n990001,2001-04-01\n';
  writeFileSync(file('births.csv'), births);
  await prepare(['ingest', file('births.csv'), '--warehouse', own]);
  const args = ['export', 'players', '--out', file('players.csv'), '--warehouse', own];
  const dated = await backcourt([...args, '--dates', '2023-11-01']);
  expect([dated.exitCode, dated.stderr]).toEqual([2, expect.stringContaining('has no dates')]);
  expect((await backcourt(args)).exitCode).toBe(0);
  const written = readFileSync(file('players.csv'), 'utf8');
  expect(written).toBe(`player_id,birth_date,partition_date\n990001,2001-04-01,1900-01-01\n`);
});

test('a raw date that was refused is owed, until its file is loaded', async () => {
  const copy = file('refused.duckdb');
  copyFileSync(path, copy);
  await changeFile(
    copy,
    `UPDATE backcourt.partitions SET state = 'failed', row_count = 0 WHERE table_name = 'player_box' AND partition_date = DATE '${dates[3]}';
DELETE FROM nba_raw.player_box WHERE game_date = DATE '${dates[3]}'`,
  );
  const args = ['export', 'player_box', '--out', file('refused.csv'), '--warehouse', copy];
  const refused = await backcourt(args);
  expect([refused.exitCode, refused.stdout]).toEqual([
    5,
    expect.stringContaining(`(1 failed): ${dates[3]}\nfill them: npx backcourt ingest`),
  ]);
});

test('CSV holds the same values, lists as one text', async () => {
  const range = between(dates[12], dates[13]);
  await exported(store, 'two.csv', ...range);
  await exported(store, 'two.parquet', ...range);
  const [header = '', first = ''] = readFileSync(file('two.csv'), 'utf8').split('\n');
  expect(header.split(',').slice(0, 3)).toEqual([
    'universal_player_id',
    'player_lookup',
    'game_date',
  ]);
  expect(first).toContain('thin_window');
  const differing = await queryFile(
    path,
    `SELECT universal_player_id, points_avg_last_5, feature_quality_score FROM read_csv('${file('two.csv')}')
EXCEPT SELECT CAST(universal_player_id AS BIGINT), points_avg_last_5, feature_quality_score FROM read_parquet('${file('two.parquet')}')`,
  );
  expect(differing).toEqual([]);
  // By the name alone, and where the format is said: what is called .gz is compressed.
  await exported(store, 'two.csv.gz', ...range);
  await exported(store, 'said.gz', '--format', 'csv', ...range);
  for (const name of ['two.csv.gz', 'said.gz']) {
    expect(gunzipSync(readFileSync(file(name))).equals(readFileSync(file('two.csv')))).toBe(true);
  }
});

test('Parquet has doubles, the nearest to each decimal, and decimals on request; CSV has digits', async () => {
  const table = 'player_daily_cache';
  const range = between(dates[12], dates[13]);
  await exported(table, 'doubles.parquet', ...range);
  await exported(table, 'exact.parquet', '--exact', ...range);
  await exported(table, 'digits.csv', ...range);
  await exported(store, 'labelled.parquet', '--with-labels', ...range);
  const described = (name: string, type: string) =>
    queryFile(
      path,
      `SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet('${file(name)}')) WHERE column_type LIKE '${type}'`,
    );
  for (const name of ['doubles.parquet', 'labelled.parquet']) {
    expect([name, await described(name, '%DECIMAL%')]).toEqual([name, []]);
  }
  const decimals = (await described('exact.parquet', 'DECIMAL%')).flat().map(String);
  expect(decimals.length).toBeGreaterThan(10);
  const differs = (name: string) =>
    `CAST(CAST(e.${name} AS VARCHAR) AS DOUBLE) IS DISTINCT FROM d.${name}
  OR CAST(e.${name} AS VARCHAR) IS DISTINCT FROM t.${name}`;
  const joined = `read_parquet('${file('exact.parquet')}') AS e
JOIN read_parquet('${file('doubles.parquet')}') AS d USING (universal_player_id, cache_date)
JOIN read_csv('${file('digits.csv')}', all_varchar = TRUE) AS t
  ON t.universal_player_id = e.universal_player_id AND t.cache_date = CAST(e.cache_date AS VARCHAR)`;
  const counted = (where: string) =>
    cellOf(path, `SELECT CAST(COUNT(*) AS INT) FROM ${joined} WHERE ${where}`);
  expect(await counted('TRUE')).toBeGreaterThan(100);
  expect(await counted(decimals.map(differs).join(' OR '))).toBe(0);
});

test('the same data gives the same bytes, whichever run wrote it', async () => {
  const copy = file('again.duckdb');
  copyFileSync(path, copy);
  await changeFile(copy, `DELETE FROM backcourt.partitions WHERE table_name = '${store}'`);
  await prepare(['run', '--backfill', ...between(dates[0], dates.at(-1)), '--warehouse', copy]);
  await exported(store, 'one.parquet');
  await backcourt(['export', store, '--out', file('other.parquet'), '--warehouse', copy]);
  expect(readFileSync(file('other.parquet')).equals(readFileSync(file('one.parquet')))).toBe(true);
});

test('with --json one object says what was written', async () => {
  const { stdout } = await exported('team_defense_zone_analysis', 'teams.csv', '--json');
  const report: unknown = JSON.parse(stdout);
  const rows = await cellOf(
    path,
    'SELECT CAST(COUNT(*) AS INT) FROM nba_precompute.team_defense_zone_analysis',
  );
  expect(report).toMatchObject({
    type: 'export',
    table: 'team_defense_zone_analysis',
    rows,
    absent: [],
    first: await cellOf(
      path,
      'SELECT CAST(MIN(analysis_date) AS VARCHAR) FROM nba_precompute.team_defense_zone_analysis',
    ),
  });
});

test('CSV names the features in its header and not in each row, Parquet has the column', async () => {
  await exported(store, 'named.csv', '--dates', dates.at(-1) ?? '');
  await exported(store, 'named.parquet', '--dates', dates.at(-1) ?? '');
  const namesOf = async (name: string) =>
    (await queryFile(path, `SELECT column_name FROM (DESCRIBE FROM '${file(name)}')`)).flat();
  const parquet = await namesOf('named.parquet');
  expect(parquet).toContain('feature_names');
  expect(await namesOf('named.csv')).toEqual(parquet.filter((name) => name !== 'feature_names'));
});

test('what has no rows says why: nothing is due, or nothing is loaded', async () => {
  const zones = 'team_defense_zone_analysis';
  const early = await exported(zones, 'early.csv', '--dates', dates[0] ?? '');
  expect(early.lines).toEqual([
    expect.stringMatching(new RegExp(`^exported 0 rows of ${zones}, ${dates[0]}, to `)),
    'no rows are supposed to be there: 1 bootstrap',
  ]);
  const props = await exported('player_props', 'props.csv');
  expect([props.exitCode, props.lines[0], props.lines[1]]).toEqual([
    5,
    'nothing to export: no date of player_props is loaded in this range',
    expect.stringContaining('load it: npx backcourt ingest player-props <files> --warehouse '),
  ]);
});

describe('what cannot be a good file is refused', () => {
  test('a range with dates that are owed and not there, unless that is allowed', async () => {
    const copy = file('holes.duckdb');
    copyFileSync(path, copy);
    const hole = dates[13] ?? '';
    await changeFile(
      copy,
      `DELETE FROM backcourt.partitions WHERE table_name = '${store}' AND partition_date = DATE '${hole}';
DELETE FROM nba_predictions.${store} WHERE game_date = DATE '${hole}'`,
    );
    const args = ['export', store, '--out', file('holes.csv'), '--warehouse', copy];
    const refused = await backcourt(args);
    expect(refused.exitCode).toBe(5);
    expect(refused.stdout).toContain(`lacks 1 date of this range (1 missing): ${hole}`);
    expect(refused.stdout).toContain(`fill them: npx backcourt run --backfill --tables ${store}`);
    expect(existsSync(file('holes.csv'))).toBe(false);
    const allowed = await backcourt([...args, '--allow-missing']);
    expect([allowed.exitCode, allowed.stdout]).toEqual([
      0,
      expect.stringContaining(`not there: ${hole}`),
    ]);
  });

  test('rows that came or went behind the back of the ledger', async () => {
    const copy = file('fewer.duckdb');
    copyFileSync(path, copy);
    await changeFile(
      copy,
      `DELETE FROM nba_predictions.${store} WHERE game_date = DATE '${dates[13]}' AND universal_player_id = (SELECT MIN(universal_player_id) FROM nba_predictions.${store} WHERE game_date = DATE '${dates[13]}')`,
    );
    const run = await backcourt(['export', store, '--out', file('fewer.csv'), '--warehouse', copy]);
    expect([run.exitCode, run.stdout]).toEqual([
      7,
      expect.stringContaining(`${dates[13]}  ${store}:`),
    ]);
    expect(run.stdout).toContain(
      `npx backcourt run --rewrite --tables ${store} --dates ${dates[13]}`,
    );
    expect(existsSync(file('fewer.csv'))).toBe(false);
  });

  test.each([
    ['of the table', `UPDATE nba_predictions.${store} SET feature_quality_score = 1`, []],
    [
      'of the labels',
      'UPDATE nba_analytics.player_game_summary SET points = 99',
      ['--with-labels'],
    ],
  ])('values that something else has changed, %s', async (name, sql, flags) => {
    const copy = file(`changed ${name}.duckdb`);
    copyFileSync(path, copy);
    await changeFile(copy, `${sql} WHERE game_date = DATE '${dates[13]}'`);
    const out = file(`changed ${name}.csv`);
    const run = await backcourt(['export', store, '--out', out, ...flags, '--warehouse', copy]);
    expect([run.exitCode, run.stdout]).toEqual([
      7,
      expect.stringContaining('something else has changed what stands there, 1 date'),
    ]);
    expect([existsSync(out), existsSync(`${out}.partial-${process.pid}`)]).toEqual([false, false]);
  });

  test('dates that were made with different options, unless that is allowed', async () => {
    const copy = file('mixed.duckdb');
    copyFileSync(path, copy);
    const zones = 'team_defense_zone_analysis';
    await prepare([
      ...['run', '--backfill', '--option', 'min_games=4', '--tables', zones],
      ...['--dates', dates[13] ?? '', '--warehouse', copy],
    ]);
    const args = ['export', zones, '--out', file('mixed.csv'), '--json', '--warehouse', copy];
    const refused = await backcourt(args);
    expect([refused.exitCode, refused.stderr]).toEqual([
      5,
      expect.stringMatching(/made with different options.*"min_games":4.*1 date, /s),
    ]);
    expect(existsSync(file('mixed.csv'))).toBe(false);
    const allowed = await backcourt([...args, '--allow-mixed']);
    expect([allowed.exitCode, JSON.parse(allowed.stdout).mixed_options]).toEqual([
      0,
      [
        { options: expect.stringContaining('"min_games":5'), dates: expect.any(Array) },
        { options: expect.stringContaining('"min_games":4'), dates: [dates[13]] },
      ],
    ]);
  });

  test.each([
    ['no file', [store], 'which file?'],
    [
      'an ending that says nothing',
      [store, '--out', 'rows.txt'],
      'none of .parquet, .csv and .csv.gz; give --format',
    ],
    ['another compression', [store, '--out', 'rows.csv.zst'], 'give --format'],
    ['Parquet in gzip', [store, '--out', 'rows.parquet.gz'], 'compressed itself'],
    [
      'a format nobody knows',
      [store, '--out', 'rows.txt', '--format', 'xlsx'],
      'neither parquet nor csv',
    ],
    [
      'labels of another table',
      ['player_daily_cache', '--out', 'x.csv', '--with-labels'],
      '--with-labels is for ml_feature_store, ml_feature_store_v2 and own',
    ],
    [
      'defaults of another table',
      ['player_daily_cache', '--out', 'x.csv', '--defaults-as-null'],
      '--defaults-as-null is for ml_feature_store',
    ],
    [
      'a table nobody knows',
      ['ml_feature_stor', '--out', 'x.csv'],
      'did you mean "ml_feature_store"?',
    ],
  ])('%s', async (_, args, message) => {
    const run = await backcourt(['export', ...args, '--warehouse', path]);
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test('a file that is there, unless it may be replaced', async () => {
    writeFileSync(file('mine.csv'), 'precious');
    const kept = await exported('player_daily_cache', 'mine.csv');
    expect([kept.exitCode, readFileSync(file('mine.csv'), 'utf8')]).toEqual([2, 'precious']);
    expect((await exported('player_daily_cache', 'mine.csv', '--overwrite')).exitCode).toBe(0);
    expect(readFileSync(file('mine.csv'), 'utf8')).toMatch(/^universal_player_id,/);
  });

  test('a folder that is not there is a matter of the surroundings, and no part of a file is left', async () => {
    const run = await exported(store, 'nowhere/rows.csv');
    expect(run.exitCode).toBe(8);
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('a warehouse that is not there is not made', async () => {
    const absent = file('absent.duckdb');
    const run = await backcourt(['export', store, '--out', file('a.csv'), '--warehouse', absent]);
    expect([run.exitCode, existsSync(absent)]).toEqual([5, false]);
  });
});
