import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { gameDate } from '../../src/calendar/game-date.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { compareWithOracle } from './compare-with-oracle.ts';
import { backfillEverything, ingestedWarehouse } from './filled-warehouse.ts';
import { readRawRows } from './read-raw-rows.ts';

const directory = tempFolder('long-break');
const tables = await loadTables();
let warehouse: Awaited<ReturnType<typeof ingestedWarehouse>>;
beforeAll(async () => {
  const paths = await writeSimulatedLeague({
    ...{ directory, seasons: 1, firstSeasonYear: 2023, gamesPerTeam: 20, postseason: false },
    unusualDates: { pause: { from: gameDate('2023-11-13'), until: gameDate('2024-01-20') } },
  });
  warehouse = await ingestedWarehouse(tables, paths, 'simulated');
});
afterAll(() => warehouse?.close());

test('every row of a season with a long break is the one of the oracle', async () => {
  expect((await backfillEverything(tables, warehouse)).failed).toEqual([]);
  const dates = (
    await warehouse.query(
      'SELECT DISTINCT CAST(game_date AS STRING) AS day FROM nba_raw.schedule ORDER BY day',
    )
  ).map(({ day }) => String(day));
  const found = await compareWithOracle(tables, warehouse, await readRawRows(tables, warehouse), {
    ...{ dates, builtDates: dates.filter((day) => day >= '2023-10-31') },
    ...{ minGames: 5, qualityThreshold: 0, acceptClosingLines: false },
  });
  expect(found).toEqual([]);
});

test.each([
  ['nba_analytics.upcoming_team_game_context', 'idle_over_30_days'],
  ['nba_analytics.upcoming_player_game_context', 'opponent_idle_over_30_days'],
  ['nba_analytics.upcoming_player_game_context', 'long_break_in_window'],
  ['nba_precompute.team_defense_zone_analysis', 'long_break_in_window'],
  ['nba_precompute.team_defense_zone_analysis', 'league_average_after_break'],
  ['nba_precompute.player_shot_zone_analysis', 'long_break_in_window'],
  ['nba_precompute.player_composite_factors', 'long_break_in_window'],
  ['nba_precompute.player_daily_cache', 'long_break_in_window'],
  ['nba_predictions.ml_feature_store', 'long_break_in_window'],
  ['nba_predictions.ml_feature_store', 'opponent_idle_over_30_days'],
])('%s has rows with %s, all of after the break', async (name, code) => {
  const date = /zone/.test(name)
    ? 'analysis_date'
    : /cache/.test(name)
      ? 'cache_date'
      : 'game_date';
  const [counts] = await warehouse.query(`
SELECT COUNT(*) AS told, count_if(${date} < DATE '2024-01-20') AS before
FROM ${name} WHERE list_contains(data_quality_issues, '${code}')`);
  expect(Number(counts?.['told'])).toBeGreaterThan(0);
  expect(Number(counts?.['before'])).toBe(0);
});
