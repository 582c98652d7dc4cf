import { beforeAll, expect, test } from 'vitest';
import { markets } from '../../src/league/markets.ts';
import type { MarketRow } from '../../studies/markets/market-row.ts';
import { type MarketStudy, studyMarkets } from '../../studies/markets/market-study.ts';
import { studyExports } from '../../studies/markets/study-exports.ts';
import { studyText } from '../../studies/markets/study-text.ts';
import { prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('market-study');
let path: string;
let rows: readonly MarketRow[];
let study: MarketStudy;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, {
    seasons: 2,
    gamesPerTeam: 16,
    postseason: false,
  }));
  await prepare(['run', '--backfill', '--warehouse', path]);
  await addLines();
  rows = await studyExports((...args) => prepare([...args, '--warehouse', path]), path, folder);
  study = studyMarkets(rows, rows[0]?.seasonYear ?? 0);
});

/** A line on the points and rebounds of some players of the last dates, as a load would have left them. */
async function addLines(): Promise<void> {
  await changeFile(
    path,
    `INSERT INTO nba_raw.player_props (event_id, bookmaker, player_lookup, game_date, market, line)
SELECT nba_game_id, book, player_lookup, game_date, market, FLOOR(average) + 0.5
FROM (
  SELECT *, 'points' AS market, points_avg_last_10 AS average FROM nba_predictions.ml_feature_store_v2
  UNION ALL
  SELECT *, 'rebounds' AS market, rebounds_avg_last_10 AS average FROM nba_predictions.ml_feature_store_v2
)
CROSS JOIN (VALUES ('one'), ('another')) AS books(book)
WHERE points_avg_last_10 > 5
  AND game_date > (SELECT MAX(game_date) FROM nba_predictions.ml_feature_store_v2) - 9`,
  );
}

test('every market of the season after the one that penalties are chosen on is predicted once', () => {
  const [season] = study.parts;
  const later = rows.filter(({ seasonYear }) => seasonYear !== rows[0]?.seasonYear);
  expect(later.length).toBeGreaterThan(300);
  expect(season?.errors.map(({ market, rows: predicted }) => [market, predicted])).toEqual(
    markets.map(({ name }) => [name, later.length]),
  );
  for (const { ridge, gain } of season?.errors ?? []) {
    for (const { plain, rooted } of [ridge.v1, ridge.v2]) {
      expect(plain).toBeGreaterThan(0);
      expect(rooted).toBeGreaterThan(0);
    }
    expect(gain.low).toBeLessThanOrEqual(gain.high);
  }
});

test('the average of the last ten games is as far off as the tables say', async () => {
  const first = rows[0]?.seasonYear;
  const [[expected] = []] = await queryFile(
    path,
    `SELECT AVG(ABS(game.rebounds - features.rebounds_avg_last_10))
FROM nba_predictions.ml_feature_store_v2 AS features
INNER JOIN nba_analytics.player_game_summary AS game
  ON game.nba_game_id = features.nba_game_id
  AND game.universal_player_id = features.universal_player_id
WHERE game.is_active AND features.season_year > ${first}`,
  );
  const rebounds = study.parts[0]?.errors.find(({ market }) => market === 'rebounds');
  expect(rebounds?.last10).toBeCloseTo(Number(expected), 6);
});

test('a market is held against its own line, on the rows that have one', () => {
  const part = study.parts.find(({ name }) => name === 'with a line');
  const first = rows[0]?.seasonYear;
  const withLines = (place: number) =>
    rows.filter((row) => row.seasonYear !== first && row.lines[place] !== null);
  const expected = markets.flatMap(({ name }, place) => {
    const own = withLines(place);
    const off = own.map(({ lines, actual }) =>
      Math.abs(Number(lines[place]) - Number(actual[place])),
    );
    const mean = off.reduce((sum, error) => sum + error, 0) / own.length;
    return own.length === 0 ? [] : [[name, own.length, mean.toFixed(9)]];
  });
  expect(expected.length).toBeGreaterThan(0);
  const told = part?.errors.map(({ market, rows: count, line }) => [
    market,
    count,
    line?.toFixed(9),
  ]);
  expect(told).toEqual(expected);
});

test('is told as a table for each part', () => {
  const text = studyText(study);
  for (const { name } of study.parts) expect(text).toContain(`${name}\n\n| market |`);
  expect(text).not.toMatch(/NaN|undefined/);
});
