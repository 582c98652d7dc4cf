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
  // Some tip-offs are known, some sites are neutral, some games are played where nobody is at home.
  `UPDATE nba_raw.schedule SET tipoff_at = CAST(game_date AS TIMESTAMP) + INTERVAL 24 HOUR
WHERE hash(nba_game_id, 'tip') % 4 <> 0`,
  "UPDATE nba_raw.schedule SET neutral_site = TRUE, venue = NULL WHERE hash(nba_game_id, 'site') % 17 = 0",
  "UPDATE nba_raw.schedule SET neutral_site = TRUE, venue = '48.8386,2.3785' WHERE hash(nba_game_id, 'site') % 17 = 1",
  "UPDATE nba_raw.schedule SET venue = '19.4967,-99.1745' WHERE hash(nba_game_id, 'site') % 17 = 2",
  `INSERT INTO nba_raw.venue_distances
SELECT a, b, CAST(3000 + hash(a, b) % 3000 AS BIGINT), DATE '1900-01-01'
FROM (SELECT DISTINCT venue FROM nba_raw.schedule WHERE venue IS NOT NULL) AS one(a)
CROSS JOIN (SELECT DISTINCT venue FROM nba_raw.schedule WHERE venue IS NOT NULL) AS other(b)
WHERE a <> b AND (a LIKE '%,%' OR b LIKE '%,%') AND hash(a) % 13 <> 0`,
  // Lines of games: several of one game, seen before, after and at no known time, some implausible.
  `INSERT INTO nba_raw.game_lines
SELECT
  'line' || nth || nba_game_id,
  game_date,
  CASE WHEN hash(nba_game_id, 'turned') % 9 = 0 THEN team_a_abbr ELSE coalesce(home_team_abbr, team_a_abbr) END,
  CASE WHEN hash(nba_game_id, 'turned') % 9 = 0 THEN team_b_abbr ELSE coalesce(away_team_abbr, team_b_abbr) END,
  CASE WHEN hash(nba_game_id, nth, 'tip') % 3 = 0 THEN NULL
    ELSE CAST(game_date AS TIMESTAMP) + INTERVAL 23 HOUR END,
  CASE WHEN hash(nba_game_id, nth, 'seen') % 8 = 0 THEN NULL
    ELSE CAST(game_date AS TIMESTAMP) + INTERVAL 1 HOUR * CAST(hash(nba_game_id, nth) % 26 AS INTEGER) END,
  CASE WHEN hash(nba_game_id, nth, 'none') % 7 = 0 THEN NULL
    ELSE CAST(hash(nba_game_id, nth, 'spread') % 110 AS INTEGER) / 2.0 - 27 END,
  CASE WHEN hash(nba_game_id, nth, 'none') % 5 = 0 THEN NULL
    ELSE 175 + CAST(hash(nba_game_id, nth, 'total') % 200 AS INTEGER) / 2.0 END
FROM nba_raw.schedule
CROSS JOIN (VALUES (1), (2), (3)) AS tries(nth)
WHERE home_team_abbr IS DISTINCT FROM away_team_abbr OR home_team_abbr IS NULL
  AND hash(nba_game_id, nth) % 3 <> 0`,
  // Reports of most players of most dates, often revised, sometimes too late; some name no team.
  `INSERT INTO nba_raw.injuries
SELECT
  game_date,
  player_lookup,
  CAST(game_date AS TIMESTAMP) + INTERVAL 1 HOUR * CAST(nth * 8 + hash(player_id, nth, game_date) % 8 AS INTEGER),
  CASE WHEN hash(player_id, 'team') % 12 = 0 THEN NULL ELSE team_abbr END,
  ['available', 'probable', 'questionable', 'doubtful', 'out'][CAST(1 + hash(player_id, game_date, nth) % 5 AS INTEGER)]
FROM nba_raw.player_box
CROSS JOIN (VALUES (0), (1), (2), (3)) AS tries(nth)
WHERE hash(game_date, 'reported') % 4 <> 0 AND hash(player_id, game_date, nth, 'listed') % 3 = 0`,
  // Who does not play on a date is reported too: his team-mates have him among the missing.
  `INSERT INTO nba_raw.injuries
SELECT slate.game_date, roster.player_lookup, CAST(slate.game_date AS TIMESTAMP), roster.team_abbr, 'out'
FROM (
  SELECT DISTINCT team_abbr, player_lookup, max(game_date) OVER (PARTITION BY player_lookup) AS last_date
  FROM nba_raw.player_box
) AS roster
INNER JOIN (SELECT DISTINCT team_abbr, game_date FROM nba_raw.player_box) AS slate
  ON slate.team_abbr = roster.team_abbr
WHERE hash(slate.game_date, 'reported') % 4 <> 0
  AND hash(slate.game_date, roster.player_lookup, 'out') % 6 = 0
  AND NOT EXISTS (
    FROM nba_raw.injuries AS known
    WHERE known.game_date = slate.game_date AND known.player_lookup = roster.player_lookup
  )`,
  `INSERT INTO nba_raw.players
SELECT DISTINCT player_id, DATE '1984-02-29' + CAST(hash(player_id) % 7000 AS INTEGER), DATE '1900-01-01'
FROM nba_raw.player_box WHERE hash(player_id) % 5 <> 0`,
];

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
