import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { between } from '../support/equal-hashes.ts';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { backcourt, type CommandResult } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { partitionHashes, queryFile, tornPartitions } from '../support/warehouse-file.ts';

announceRealData('the full history');

const zoneTables = ['player_shot_zone_analysis', 'team_defense_zone_analysis'] as const;

/** Dates by state: 833 game dates, of which the precompute tables leave out the first seven days of a season. */
const statesOf: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  team_offense_game_summary: { done: 833 },
  team_defense_game_summary: { done: 833 },
  player_game_summary: { done: 833 },
  upcoming_team_game_context: { done: 833 },
  upcoming_player_game_context: { empty: 8, done: 825 },
  team_defense_zone_analysis: { bootstrap: 28, empty: 8, done: 797 },
  player_shot_zone_analysis: { bootstrap: 28, empty: 8, done: 797 },
  player_composite_factors: { bootstrap: 28, empty: 9, done: 796 },
  player_daily_cache: { bootstrap: 28, empty: 9, done: 796 },
  ml_feature_store: { bootstrap: 28, empty: 9, done: 796 },
};

const teamGames = [2634, 2628, 2624, 2628];
const scheduledPlayers = [35520, 34869, 35611, 36074];
const rowsOf: Readonly<Record<string, readonly number[]>> = {
  'nba_analytics.team_offense_game_summary': teamGames,
  'nba_analytics.team_defense_game_summary': teamGames,
  'nba_analytics.player_game_summary': [27930, 27622, 28086, 28110],
  'nba_analytics.upcoming_team_game_context': teamGames,
  'nba_analytics.upcoming_player_game_context': [40513, 39030, 40514, 40607],
  'nba_precompute.team_defense_zone_analysis': [5997, 5968, 5818, 6002],
  'nba_precompute.player_shot_zone_analysis': [96070, 91214, 92786, 96499],
  'nba_precompute.player_composite_factors': scheduledPlayers,
  'nba_precompute.player_daily_cache': scheduledPlayers,
  'nba_predictions.ml_feature_store': scheduledPlayers,
};

describe.runIf(realDataFolder)('the full history, 2021-10-19 to 2025-06-22', () => {
  const path = join(tempFolder('history'), 'history.duckdb');
  const everything = ['run', '--backfill', ...between('2021-10-19', '2025-06-22')];
  let ingested: CommandResult;
  let ran: CommandResult;

  beforeAll(async () => {
    ingested = await backcourt(['ingest', 'nba-stats', ...realFiles(), '--warehouse', path]);
    ran = await backcourt([...everything, '--json', '--warehouse', path]);
  });

  interface Unit {
    readonly type: string;
    readonly table: string;
    readonly date: string;
    readonly outcome: string;
    readonly state: string;
    readonly rows: number;
  }
  const units = (): readonly Unit[] =>
    ran.lines.map((line): Unit => JSON.parse(line)).filter(({ type }) => type === 'unit');

  test('eight files are loaded', () => {
    expect([ingested.exitCode, ingested.stderr]).toEqual([0, '']);
    expect(ingested.stdout).toMatch(/player_box +111,748 rows +833 dates +833 dates written/);
    expect(ingested.stdout).toMatch(/shots +757,848 rows +574 dates +574 dates written/);
    expect(ingested.stdout).toMatch(/schedule +5,257 rows +833 dates/);
    expect(ingested.stdout).not.toContain('dropped');
  });

  test('every one of 833 game dates has an outcome in each table', async () => {
    expect(ran.exitCode).toBe(0);
    expect(ran.stderr).not.toContain('error');
    const played = (
      await queryFile(path, 'SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_raw.schedule')
    ).flat();
    const byTable = Map.groupBy(
      units().filter(({ date }) => played.includes(date)),
      ({ table }) => table,
    );
    expect(played).toHaveLength(833);
    const states = [...byTable].map(([table, own]) => {
      expect([table, new Set(own.map(({ date }) => date)).size]).toEqual([table, 833]);
      const byState = [...Map.groupBy(own, ({ state }) => state)];
      return [table, Object.fromEntries(byState.map(([state, some]) => [state, some.length]))];
    });
    expect(Object.fromEntries(states)).toMatchObject(statesOf);
    expect(await tornPartitions(path)).toEqual([]);
  });

  test('bootstrap is seven days of each season, whether or not games were played', () => {
    const skipped = units().filter(
      ({ table, state }) => table === zoneTables[0] && state === 'bootstrap',
    );
    const days = (start: number, month: string) =>
      Array.from({ length: 7 }, (_, day) => `${month}-${start + day}`);
    expect(skipped.map(({ date }) => date)).toEqual([
      ...days(19, '2021-10'),
      ...days(18, '2022-10'),
      ...days(24, '2023-10'),
      ...days(22, '2024-10'),
    ]);
  });

  test('the dates without rows are the first two of a season, then days 7 and 8, and 2021-10-28', async () => {
    const zero = ['2021-10-26', '2021-10-27', '2022-10-25', '2022-10-26'];
    zero.push('2023-10-31', '2023-11-01', '2024-10-29', '2024-10-30');
    const emptyDates = (table: string) =>
      units()
        .filter((unit) => unit.table === table && unit.state === 'empty')
        .map(({ date }) => date);
    for (const table of zoneTables) expect(emptyDates(table)).toEqual(zero);
    for (const table of [
      ...['player_composite_factors', 'player_daily_cache'],
      ...['ml_feature_store', 'ml_feature_store_v2'],
    ]) {
      expect(emptyDates(table)).toEqual([...zero, '2021-10-28'].toSorted());
    }
    expect(emptyDates('upcoming_player_game_context')).toEqual([
      '2021-10-19',
      '2021-10-20',
      '2022-10-18',
      '2022-10-19',
      '2023-10-24',
      '2023-10-25',
      '2024-10-22',
      '2024-10-23',
    ]);
    const reasons = await queryFile(
      path,
      "SELECT DISTINCT table_name, split_part(reason, ':', 1) FROM backcourt.partitions WHERE state = 'empty' ORDER BY 1",
    );
    expect(reasons).toEqual([
      ['ml_feature_store', 'INSUFFICIENT_DATA'],
      ['ml_feature_store_v2', 'INSUFFICIENT_DATA'],
      ['player_composite_factors', 'INSUFFICIENT_DATA'],
      ['player_daily_cache', 'INSUFFICIENT_DATA'],
      ['player_shot_zone_analysis', 'INSUFFICIENT_DATA'],
      ['team_defense_zone_analysis', 'INSUFFICIENT_DATA'],
      ['upcoming_player_game_context', 'no candidates'],
    ]);
  });

  test('rows per season and sums over everything', async () => {
    for (const [table, expected] of Object.entries(rowsOf)) {
      const rows = await queryFile(
        path,
        `SELECT CAST(COUNT(*) AS INT) FROM ${table} GROUP BY season_year ORDER BY season_year`,
      );
      expect([table, rows.flat()]).toEqual([table, expected]);
    }
    const sums = await queryFile(
      path,
      `SELECT CAST(SUM(defensive_rating_last_15) AS VARCHAR), CAST(SUM(opponent_pace) AS VARCHAR),
  CAST(SUM(paint_defense_vs_league_avg) AS VARCHAR), CAST(SUM(mid_range_defense_vs_league_avg) AS VARCHAR),
  CAST(SUM(three_pt_defense_vs_league_avg) AS VARCHAR), CAST(COUNT(*) FILTER (league_avg_source = 'default') AS INT)
FROM nba_precompute.team_defense_zone_analysis`,
    );
    expect(sums).toEqual([['2672647.65', '2383508.9', '1588.12', '-83.84', '795.74', 0]]);
    const players = await queryFile(
      path,
      `SELECT CAST(SUM(games_in_sample_10) AS VARCHAR), CAST(SUM(paint_rate_last_10) AS VARCHAR),
  CAST(SUM(mid_range_rate_last_10) AS VARCHAR), CAST(SUM(three_pt_rate_last_10) AS VARCHAR)
FROM nba_precompute.player_shot_zone_analysis`,
    );
    expect(players).toEqual([['3619965', '14116724.58', '4510028.61', '12844440.63']]);
  });

  test.each([
    ['2021-12-15', 30, 440],
    ['2022-01-20', 30, 501],
    ['2022-11-02', 30, 300],
    ['2023-11-02', 15, 114],
    ['2023-11-15', 30, 348],
    ['2024-02-22', 30, 499],
    ['2024-05-10', 30, 541],
    ['2024-12-27', 30, 456],
    ['2025-06-08', 30, 541],
  ])('rows on %s', (date, teams, players) => {
    const rows = zoneTables.map(
      (table) => units().find((unit) => unit.date === date && unit.table === table)?.rows,
    );
    expect(rows).toEqual([players, teams]);
  });

  test('the slate of November 2021', async () => {
    const slate = await queryFile(
      path,
      `SELECT CAST(game_date AS VARCHAR)[6:10], CAST(COUNT(*) AS INT) FROM nba_raw.schedule
WHERE game_date BETWEEN '2021-11-15' AND '2021-11-30' GROUP BY game_date ORDER BY game_date`,
    );
    expect(slate.map(([day, games]) => `${day} ${games}`).join(', ')).toBe(
      '11-15 11, 11-16 3, 11-17 11, 11-18 6, 11-19 9, 11-20 9, 11-21 5, 11-22 10, 11-23 4, 11-24 13, 11-26 12, 11-27 8, 11-28 5, 11-29 9, 11-30 5',
    );
    const thanksgiving = units().filter(({ date }) => date === '2021-11-25');
    expect(thanksgiving.map(({ state }) => state)).toEqual(Array(11).fill('no_games'));
  });

  test.each([
    ['2023-11-07', 'no_games'],
    ['2023-11-23', 'no_games'],
    ['2023-12-24', 'no_games'],
    ['2024-02-18', 'no_games'],
    ['2024-11-05', 'no_games'],
    ['2024-11-28', 'no_games'],
    ['2022-08-01', 'no_games'],
    ['2023-10-23', 'no_games'],
    ['2024-10-21', 'no_games'],
  ])('%s has %s', (date, state) => {
    const own = units().filter((unit) => unit.date === date);
    expect(own.map((unit) => unit.state)).toEqual(Array(11).fill(state));
  });

  test('a second run does nothing and says so; status agrees', async () => {
    const before = await partitionHashes(path);
    const again = await backcourt([...everything, '--warehouse', path]);
    expect(again.exitCode).toBe(0);
    expect(again.lines.at(-2)).toMatch(
      /^14,773 units: 0 written \(0 rows\), 0 unchanged, 14,773 skipped \(8,935 done, 5,610 no_games, 60 empty, 168 bootstrap\), 0 blocked, 0 failed; /,
    );
    expect(again.lines.at(-1)).toBe('nothing to do');
    expect(await partitionHashes(path)).toEqual(before);

    const status = await backcourt(['status', '--missing', '--failed', '--warehouse', path]);
    expect(status.lines).toContain('units: 8,935 done, 60 empty, 168 bootstrap');
    expect(status.stdout).toMatch(
      /team_defense_zone_analysis +203\/203 +202\/202 +197\/197 +203\/203 +23,785/,
    );
  });

  test('the same files again change nothing', async () => {
    const before = await partitionHashes(path);
    const again = await backcourt(['ingest', 'nba-stats', ...realFiles(), '--warehouse', path]);

    expect(again.exitCode).toBe(0);
    expect(again.lines.filter((line) => line.includes('nothing changed'))).toHaveLength(2);
    expect(await partitionHashes(path)).toEqual(before);
  });
});
