import { describe, expect, test } from 'vitest';
import { qualifiedName } from '../../src/table/table-definition.ts';
import { compareWithOracle } from './compare-with-oracle.ts';
import { disturbedLeague } from './disturbed-league.ts';
import { backfillEverything } from './filled-warehouse.ts';
import { readRawRows } from './read-raw-rows.ts';

// Windows of ten games are full, and cut in the playoffs; `simulated-windows` has games beyond every window.
const league = disturbedLeague(10);
const defaults = { minGames: 5, qualityThreshold: 0, acceptClosingLines: false };

describe('SQL against the oracle, disturbed simulated league', () => {
  test('every row of every table and every exclusion', async () => {
    const { tables, warehouse, dates, builtDates } = league();
    expect((await backfillEverything(tables, warehouse)).failed).toEqual([]);
    const raw = await readRawRows(tables, warehouse);
    const comparison = { dates, builtDates, ...defaults };
    expect(await compareWithOracle(tables, warehouse, raw, comparison)).toEqual([]);
  });

  test('the disturbances are really there', async () => {
    const { tables, warehouse } = league();
    const [counts] = await warehouse.query(`
SELECT
  count_if(list_contains(data_quality_issues, 'shot_chart_mismatch') AND has_shot_zones) AS own_mismatch,
  count_if(list_contains(data_quality_issues, 'shot_chart_mismatch') AND NOT has_shot_zones) AS game_mismatch,
  count_if(list_contains(data_quality_issues, 'usage_over_100')) AS over_100,
  count_if(list_contains(data_quality_issues, 'zero_seconds')) AS zero_seconds,
  count_if(list_contains(data_quality_issues, 'home_side_unknown')) AS no_side,
  count_if(assisted_fg_makes > 0) AS assisted,
  count_if(over_under_result = 'PUSH') AS pushes,
  count_if(points_line IS NOT NULL) AS lines
FROM nba_analytics.player_game_summary`);
    const [contexts] = await warehouse.query(`
SELECT
  count_if(list_contains(data_quality_issues, 'venue_unknown')) AS no_venue,
  count_if(list_contains(data_quality_issues, 'line_implausible')) AS implausible,
  count_if(game_spread IS NOT NULL) AS spreads,
  count_if(players_out_count > 0) AS missing_players,
  count_if(travel_miles IS NULL) AS unknown_trips,
  count_if(travel_miles > 2999) AS trips_abroad
FROM nba_analytics.upcoming_team_game_context`);
    const [players] = await warehouse.query(`
SELECT
  count_if(current_points_line IS NOT NULL) AS known_lines,
  count_if(prop_over_streak > 1) AS over_streaks,
  count_if(prop_under_streak > 1) AS under_streaks,
  count_if(player_status = 'out') AS reported_out,
  count_if(star_teammates_out > 1) AS stars_out,
  count_if(player_age IS NOT NULL) AS ages,
  count_if(list_contains(data_quality_issues, 'few_usage_games')) AS few_usage_games
FROM nba_analytics.upcoming_player_game_context`);
    const [lines] = await warehouse.query(`
SELECT
  count_if(pra_line IS NOT NULL) AS pra_lines,
  count_if(threes_line_books > 2) AS several_books,
  count_if(assists_line_spread > 0) AS spreads_of_lines,
  count_if(rebounds_line_over_probability IS NOT NULL) AS probabilities,
  count_if(steals_line IS NOT NULL AND steals_line_over_probability IS NULL) AS without_prices,
  count_if(points_line_move < 0) AS moves_down,
  count_if(turnovers_line_move IS NULL AND turnovers_line IS NOT NULL) AS seen_once,
  count_if(blocks_over_streak > 1) AS over_streaks_of_blocks,
  count_if(pra_under_streak > 1) AS under_streaks_of_pra
FROM nba_predictions.ml_feature_store_v2`);
    for (const table of tables.computed.filter(({ phase }) => phase === 'precompute')) {
      const [{ holes } = {}] = await warehouse.query(`SELECT COUNT(*) AS holes
FROM ${qualifiedName(table)}
WHERE list_contains(data_quality_issues, 'missing_upstream_games')
  AND completeness_percentage < 100 AND missing_games_count > 0`);
      expect(Number(holes), table.name).toBeGreaterThan(0);
    }
    for (const [name, count] of Object.entries({ ...counts, ...contexts, ...players, ...lines })) {
      if (name === 'own_mismatch') continue;
      expect(Number(count), name).toBeGreaterThan(0);
    }
  });
});
