import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { markets } from '../../src/league/markets.ts';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('export-markets');
const store = 'ml_feature_store_v2';
let path: string;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 14, postseason: false }));
  const dates = await gameDatesOf(path);
  await prepare(['run', '--backfill', ...between(dates[0], dates.at(-1)), '--warehouse', path]);
});

async function exported(name: string, ...flags: readonly string[]): Promise<string> {
  const out = join(folder, name);
  const run = await backcourt(['export', store, '--out', out, ...flags, '--warehouse', path]);
  expect([run.exitCode, run.stderr]).toEqual([0, '']);
  return `read_parquet('${out}')`;
}

const count = (from: string) => cellOf(path, `SELECT CAST(COUNT(*) AS INT) FROM ${from}`);

test('labels of every market are what the box score says', async () => {
  const source = await exported('labels.parquet', '--with-labels');
  expect(await count(source)).toBe(await count(`nba_predictions.${store}`));
  const wrong = markets.map(
    ({ name, columns }) =>
      `f.actual_${name} IS DISTINCT FROM ${columns.map((column) => `p.${column}`).join(' + ')}`,
  );
  const rows = await queryFile(
    path,
    `SELECT f.universal_player_id, f.game_date FROM ${source} AS f
LEFT JOIN nba_analytics.player_game_summary AS p
  ON p.universal_player_id = f.universal_player_id AND p.nba_game_id = f.nba_game_id AND p.is_active
WHERE ${wrong.join(' OR ')} OR f.actual_double_double IS DISTINCT FROM (
  len(list_filter([p.points, p.rebounds, p.assists, p.steals, p.blocks], lambda each : each >= 10)) >= 2)
  AND p.is_active`,
  );
  expect(rows).toEqual([]);
  const doubles = `${source} WHERE actual_double_double`;
  expect(await count(doubles)).toBeGreaterThan(0);
  expect(await count(`${source} WHERE NOT played AND actual_double_double IS NOT NULL`)).toBe(0);
});

test('a market is the same columns as any other, under one name each', async () => {
  const namesOf = async (market: string) => {
    const source = await exported(`${market}.parquet`, '--market', market, '--with-labels');
    const differing = await count(
      `${source} WHERE market <> '${market}' OR market_avg_last_10 <> ${market}_avg_last_10
      OR opponent_market_allowed_last_10 <> opponent_${market}_allowed_last_10
      OR actual IS DISTINCT FROM actual_${market}`,
    );
    expect([market, differing]).toEqual([market, 0]);
    return queryFile(path, `SELECT column_name FROM (DESCRIBE SELECT * FROM ${source})`);
  };
  const first = await namesOf('points');
  expect(first.flat()).toEqual(
    expect.arrayContaining(['market_per_36_season', 'market_line', 'market_over_streak']),
  );
  expect(await namesOf('rebounds')).toEqual(first);
  expect(await namesOf('pra')).toEqual(first);
});

test('only the rows that are asked for, and that is no difference', async () => {
  const source = await exported(
    'some.parquet',
    '--where',
    'is_home = true and games_in_sample >= 8',
  );
  const chosen = `nba_predictions.${store} WHERE is_home AND games_in_sample >= 8`;
  expect(await count(source)).toBe(await count(chosen));
  expect(await count(source)).toBeGreaterThan(0);
  expect(await count(`${source} WHERE NOT is_home OR games_in_sample < 8`)).toBe(0);
});

test.each([
  [['--market', 'rebound'], '--market "rebound" is none of points, rebounds'],
  [['--where', 'teams = BOS'], '--where: ml_feature_store_v2 has no column "teams"'],
])('%s', async (flags, message) => {
  const out = join(folder, 'refused.csv');
  const run = await backcourt(['export', store, '--out', out, ...flags, '--warehouse', path]);
  expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('a table without markets has none to choose', async () => {
  const args = [
    'export',
    'ml_feature_store',
    '--out',
    join(folder, 'v1.csv'),
    '--market',
    'points',
  ];
  const run = await backcourt([...args, '--warehouse', path]);
  expect([run.exitCode, run.stderr]).toEqual([
    2,
    expect.stringContaining('--market is for ml_feature_store_v2, not for ml_feature_store'),
  ]);
});
