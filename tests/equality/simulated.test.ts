import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../src/ingest/simulated/write-simulated-league.ts';
import { loadTables, type TableRegistry } from '../../src/table/table-registry.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { compareWithOracle } from './compare-with-oracle.ts';
import { disturbances } from './disturbances.ts';
import { backfillEverything, ingestedWarehouse } from './filled-warehouse.ts';
import { readRawRows } from './read-raw-rows.ts';

const summaries = ['team_offense_game_summary', 'team_defense_game_summary', 'player_game_summary'];
const defaults = { minGames: 5, qualityThreshold: 0, acceptClosingLines: false };

let tables: TableRegistry;
let directory: string;
let warehouse: Warehouse & { run(sql: string): Promise<void> };
let dates: readonly string[];
let builtDates: readonly string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'backcourt-equality-'));
  tables = await loadTables();
  const paths = await writeSimulatedLeague({ directory, seasons: 2, gamesPerTeam: 16, seed: 11 });
  warehouse = await ingestedWarehouse(tables, paths, 'simulated');
  for (const sql of disturbances) await warehouse.run(sql);
  const rows = await warehouse.query(
    `SELECT CAST(game_date AS STRING) AS day,
      game_date - MIN(game_date) OVER (PARTITION BY season_year) AS day_of_season
    FROM nba_raw.schedule GROUP BY game_date, season_year ORDER BY game_date`,
  );
  dates = rows.map(({ day }) => String(day));
  builtDates = rows
    .filter(({ day_of_season }) => Number(day_of_season) >= 7)
    .map(({ day }) => String(day));
});

afterAll(async () => {
  await warehouse?.close();
  await rm(directory, { recursive: true, force: true });
});

describe('SQL against the oracle, disturbed simulated league', () => {
  test('every row of every table and every exclusion', async () => {
    expect((await backfillEverything(tables, warehouse)).failed).toEqual([]);
    const raw = await readRawRows(tables, warehouse);
    const comparison = { dates, builtDates, ...defaults };
    expect(await compareWithOracle(tables, warehouse, raw, comparison)).toEqual([]);
  });

  test('the disturbances are really there', async () => {
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
    for (const [name, count] of Object.entries({ ...counts, ...contexts, ...players })) {
      if (name === 'own_mismatch') continue;
      expect(Number(count), name).toBeGreaterThan(0);
    }
  });

  test('other minimums and a quality threshold', async () => {
    const options = { min_games: 8, quality_threshold: 60 };
    const summary = await backfillEverything(tables, warehouse, { options });
    expect(summary.failed).toEqual([]);
    const raw = await readRawRows(tables, warehouse);
    const comparison = { dates, builtDates, ...defaults, minGames: 8, qualityThreshold: 60 };
    expect(await compareWithOracle(tables, warehouse, raw, comparison)).toEqual([]);
  });

  test('lines without a capture time, when they are let in', async () => {
    const options = { accept_closing_lines: 1 };
    expect((await backfillEverything(tables, warehouse, { options })).failed).toEqual([]);
    const raw = await readRawRows(tables, warehouse);
    const comparison = { dates, builtDates, ...defaults, acceptClosingLines: true };
    expect(await compareWithOracle(tables, warehouse, raw, comparison)).toEqual([]);
  });

  test('gaps upstream lower the sample and the completeness, and nothing else', async () => {
    const gaps = dates.filter((_, index) => index % 9 === 4);
    const list = gaps.map((day) => `DATE '${day}'`).join(', ');
    for (const table of summaries) {
      await warehouse.run(`DELETE FROM nba_analytics.${table} WHERE game_date IN (${list})`);
      await warehouse.run(
        `DELETE FROM backcourt.partitions WHERE table_name = '${table}' AND partition_date IN (${list})`,
      );
    }
    const tableNames = tables.computed.map(({ name }) => name);
    const summary = await backfillEverything(tables, warehouse, {
      tableNames: tableNames.filter((name) => !summaries.includes(name)),
    });
    expect(summary.failed).toEqual([]);
    const raw = await readRawRows(tables, warehouse);
    const comparison = { dates, builtDates, ...defaults, gaps };
    expect(await compareWithOracle(tables, warehouse, raw, comparison)).toEqual([]);
  });
});
