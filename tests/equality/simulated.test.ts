import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../src/ingest/simulated/write-simulated-league.ts';
import { loadTables, type TableRegistry } from '../../src/table/table-registry.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { compareWithOracle } from './compare-with-oracle.ts';
import { backfillEverything, ingestedWarehouse } from './filled-warehouse.ts';
import { readRawRows } from './read-raw-rows.ts';

/** Faults and extras that the league does not have by itself, decided by a hash of the row. */
const disturbances: readonly string[] = [
  // Some charts are cut short, some shots are credited to a team-mate, some games tell about assists.
  'DELETE FROM nba_raw.shots WHERE hash(nba_game_id) % 11 = 0 AND event_id % 3 = 0',
  "DELETE FROM nba_raw.shots WHERE hash(nba_game_id, 'gone') % 6 = 0",
  "UPDATE nba_raw.shots SET is_assisted = hash(event_id) % 2 = 0 WHERE hash(nba_game_id, 'told') % 3 = 0",
  "UPDATE nba_raw.shots SET is_assisted = NULL WHERE hash(nba_game_id, 'told') % 3 = 0 AND hash(event_id, 'untold') % 40 = 0",
  "UPDATE nba_raw.shots SET distance_ft = 8 + event_id % 2 WHERE starts_with(shot_type, '2PT') AND event_id % 5 = 0",
  // Unreadable times, somebody who is listed and did not play, two seconds on court, no home side.
  'UPDATE nba_raw.player_box SET seconds_played = NULL WHERE hash(nba_game_id, player_id) % 7 = 0 AND seconds_played < 240',
  'UPDATE nba_raw.player_box SET seconds_played = 0 WHERE hash(nba_game_id, player_id) % 11 = 0 AND seconds_played < 240',
  'UPDATE nba_raw.player_box SET seconds_played = 2 WHERE hash(nba_game_id, player_id) % 13 = 0 AND seconds_played < 240',
  'UPDATE nba_raw.player_box SET starter = hash(player_id) % 2 = 0 WHERE hash(nba_game_id) % 2 = 0',
  'UPDATE nba_raw.player_box SET tov = NULL, plus_minus = NULL WHERE seconds_played IS NULL',
  "UPDATE nba_raw.schedule SET home_team_abbr = NULL, away_team_abbr = NULL WHERE hash(nba_game_id, 'side') % 13 = 0",
  // Lines of several books, some captured after tip-off, some without a time.
  `INSERT INTO nba_raw.player_props
SELECT
  'e' || nba_game_id,
  books.name,
  player_lookup,
  game_date,
  CAST(game_date AS TIMESTAMP) + INTERVAL 20 HOUR,
  CASE WHEN hash(player_id, books.name, nth) % 9 = 0 THEN NULL
    ELSE CAST(game_date AS TIMESTAMP) + INTERVAL 1 HOUR * CAST(8 + hash(player_id, nth) % 14 AS INTEGER) END,
  CASE WHEN hash(player_id, nth, 'market') % 10 = 0 THEN 'rebounds' ELSE 'points' END,
  CAST(hash(player_id, books.name, nth, nba_game_id) % 60 AS INTEGER) / 2.0
FROM nba_raw.player_box
CROSS JOIN (VALUES ('DraftKings'), ('fanduel'), ('PrizePicks'), ('Underdog')) AS books(name)
CROSS JOIN (VALUES (1), (2), (3), (4)) AS tries(nth)
WHERE hash(player_id, nba_game_id, books.name, nth) % 5 = 0`,
];

let tables: TableRegistry;
let directory: string;
let warehouse: Warehouse & { run(sql: string): Promise<void> };
let dates: readonly string[];
let zoneDates: readonly string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'backcourt-equality-'));
  tables = await loadTables();
  const paths = await writeSimulatedLeague({ directory, seasons: 2, gamesPerTeam: 24, seed: 11 });
  warehouse = await ingestedWarehouse(tables, paths, 'simulated');
  for (const sql of disturbances) await warehouse.run(sql);
  const rows = await warehouse.query(
    `SELECT CAST(game_date AS STRING) AS day,
      game_date - MIN(game_date) OVER (PARTITION BY season_year) AS day_of_season
    FROM nba_raw.schedule GROUP BY game_date, season_year ORDER BY game_date`,
  );
  dates = rows.map(({ day }) => String(day));
  zoneDates = rows
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
    const comparison = { dates, zoneDates, minGames: 5, qualityThreshold: 0 };
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
    for (const [name, count] of Object.entries(counts ?? {})) {
      if (name === 'own_mismatch') continue;
      expect(Number(count), name).toBeGreaterThan(0);
    }
  });

  test('other minimums and a quality threshold', async () => {
    const options = { min_games: 8, quality_threshold: 60 };
    const names = ['team_defense_zone_analysis', 'player_shot_zone_analysis'];
    const summary = await backfillEverything(tables, warehouse, { options, tableNames: names });
    expect(summary.failed).toEqual([]);
    const raw = await readRawRows(tables, warehouse);
    const comparison = { dates, zoneDates, minGames: 8, qualityThreshold: 60 };
    expect(await compareWithOracle(tables, warehouse, raw, comparison)).toEqual([]);
  });

  test('gaps upstream lower the sample and the completeness, and nothing else', async () => {
    const gaps = dates.filter((_, index) => index % 9 === 4);
    const list = gaps.map((day) => `DATE '${day}'`).join(', ');
    for (const table of ['team_defense_game_summary', 'player_game_summary']) {
      await warehouse.run(`DELETE FROM nba_analytics.${table} WHERE game_date IN (${list})`);
      await warehouse.run(
        `DELETE FROM backcourt.partitions WHERE table_name = '${table}' AND partition_date IN (${list})`,
      );
    }
    const names = ['team_defense_zone_analysis', 'player_shot_zone_analysis'];
    const summary = await backfillEverything(tables, warehouse, { tableNames: names });
    expect(summary.failed).toEqual([]);
    const raw = await readRawRows(tables, warehouse);
    const comparison = { dates, zoneDates, minGames: 5, qualityThreshold: 0, gaps };
    expect(await compareWithOracle(tables, warehouse, raw, comparison)).toEqual([]);
  });
});
