import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import { cell, listItems, NULL_TEXT } from './canonical-row.ts';
import type { RowsOfDate } from './common-columns.ts';
import type { BuiltDate, Contexts, History } from './compute-date.ts';
import { computeBuiltDate, computeContexts } from './compute-date.ts';
import type { Ratio } from './exact.ts';
import { quotientText, rounded } from './exact.ts';
import type { RowVectors } from './expect-vectors.ts';
import { expectLine, linesOf } from './expect-vectors.ts';
import { findRow, pickColumns } from './find-row.ts';
import { groupBy } from './group-by.ts';
import { leagueAverages } from './league-averages.ts';
import { oraclePlayerGameSummary } from './oracle-player-game-summary.ts';
import { oracleTeamDefenseGameSummary } from './oracle-team-defense-game-summary.ts';
import { oracleTeamOffenseGameSummary } from './oracle-team-offense-game-summary.ts';
import type { RawRows } from './raw-rows.ts';
import { readNbaFiles } from './read-nba-files.ts';
import {
  CORRECTED_GAMES,
  DEFENSE,
  OFFENSE,
  PLAYER_GAMES,
  PLAYER_ZONES,
  POINTS_LINES,
  ROW_COUNTS,
  SEASON_STARTS,
  SWAPPED_GAME,
  TEAM_ZONES,
  TWO_SECONDS,
  UNUSABLE_GAMES,
  ZERO_ROW_DATES,
} from './real-vectors.ts';
import {
  CANDIDATE_COUNTS,
  COMPOSITE_FACTORS,
  DAILY_CACHE,
  DEFAULTS,
  FATIGUE_SCORES,
  FEATURE_STORE,
  FIRST_CANDIDATES,
  PLAYER_CONTEXTS,
  TEAM_CONTEXTS,
} from './real-vectors-upcoming.ts';
import { countByColumn, sumColumn } from './sum-column.ts';

const OPTIONS = { minGames: 5, qualityThreshold: 0, acceptClosingLines: false };
const LINE_OPTIONS = { acceptClosingLines: false };
const BOOTSTRAP_DAYS = 7;
const MS_PER_DAY = 86_400_000;
const REPOSITORY_ROOT = resolve(import.meta.dirname, '../..');

const folder = process.env['BACKCOURT_REAL_DATA'];
if (!folder) {
  process.stderr.write('oracle on real data: not run, BACKCOURT_REAL_DATA is not set\n');
}

describe.runIf(folder)('the oracle on real data', () => {
  let raw: RawRows;
  let dates: readonly string[];
  let offense: readonly Row[];
  let defense: readonly Row[];
  let players: readonly Row[];
  let history: History;
  const knownContexts = new Map<string, Contexts>();
  const knownDates = new Map<string, BuiltDate>();

  beforeAll(async () => {
    raw = await readNbaFiles(resolve(REPOSITORY_ROOT, folder ?? ''));
    dates = [...new Set(raw.schedule.map((game) => game.game_date))].sort();
    offense = dates.flatMap((date) => oracleTeamOffenseGameSummary(raw, date));
    defense = oracleTeamDefenseGameSummary(offense);
    players = dates.flatMap((date) => oraclePlayerGameSummary(raw, offense, date));
    history = { raw, offenseRows: offense, defenseRows: defense, playerRows: players };
  });

  const seasonOf = (date: string): number =>
    raw.schedule.find((game) => game.game_date === date)?.season_year ?? 0;
  const builtDates = (): readonly string[] =>
    dates.filter((date) => {
      const start = SEASON_STARTS.get(seasonOf(date));
      if (start === undefined) throw new Error(`no season start for "${date}"`);
      return (Date.parse(date) - Date.parse(start)) / MS_PER_DAY >= BOOTSTRAP_DAYS;
    });
  const contexts = (date: string): Contexts => {
    const known = knownContexts.get(date) ?? computeContexts(history, date, LINE_OPTIONS);
    knownContexts.set(date, known);
    return known;
  };
  const built = (date: string): BuiltDate => {
    const known = knownDates.get(date) ?? computeBuiltDate(history, contexts(date), date, OPTIONS);
    knownDates.set(date, known);
    return known;
  };
  const teamZones = (date: string): readonly Row[] => built(date).teamZones.rows;
  const playerZones = (date: string): readonly Row[] => built(date).playerZones.rows;

  describe('player_game_summary', () => {
    test.each(linesOf(PLAYER_GAMES))('%s', (key, expected) => {
      expectLine(players, PLAYER_GAMES, key, expected);
    });
    test.each(linesOf(POINTS_LINES))('%s', (key, expected) => {
      expectLine(players, POINTS_LINES, key, expected);
    });
    test.each(linesOf(TWO_SECONDS))('%s', (key, expected) => {
      const row = expectLine(players, TWO_SECONDS, key, expected);
      expect(row['data_quality_issues']).toBe('[usage_over_100]');
    });

    test('whole input', () => {
      expect(players).toHaveLength(111_748);
      expect(countByColumn(players, 'season_year')).toEqual({
        2021: 27_930,
        2022: 27_622,
        2023: 28_086,
        2024: 28_110,
      });
      expect(sumColumn(players, 'points', 0)).toBe('1187714');
      expect(sumColumn(players, 'seconds_played', 0)).toBe('152303050');
      expect(players.filter((row) => cell(row, 'usage_rate') !== NULL_TEXT)).toHaveLength(111_699);
      expect(sumColumn(players, 'usage_rate', 1)).toBe('2101981.2');
      expect(players.filter((row) => cell(row, 'is_active') === 'false')).toHaveLength(20);
      expect(countByColumn(players, 'over_under_result')).toMatchObject({
        OVER: 2939,
        UNDER: 3095,
        PUSH: 111,
      });
    });
  });

  describe('team_offense_game_summary and team_defense_game_summary', () => {
    test.each(linesOf(OFFENSE))('offense %s', (key, expected) => {
      expectLine(offense, OFFENSE, key, expected);
    });
    test.each(linesOf(DEFENSE))('defense %s', (key, expected) => {
      expectLine(defense, DEFENSE, key, expected);
    });

    test('whole input', () => {
      expect(offense).toHaveLength(10_514);
      expect(defense).toHaveLength(10_514);
      expect(sumColumn(offense, 'possessions', 2)).toBe('1059441.00');
      expect(sumColumn(offense, 'pace', 1)).toBe('1053233.9');
      expect(sumColumn(offense, 'offensive_rating', 2)).toBe('1179603.81');
    });

    test('usable games per season', () => {
      const usable = offense.filter((row) => cell(row, 'has_shot_zones') === 'true');
      expect(countByColumn(usable, 'season_year')).toEqual({
        2021: 2 * 580,
        2022: 2 * 1230,
        2023: 2 * 1229,
        2024: 2 * 1230,
      });
      expect(countByColumn(usable, 'game_type')).toEqual({ regular_season: usable.length });
    });

    test.each(CORRECTED_GAMES)('%s has one id and one home row', (gameId) => {
      const [, away, home] = gameId.split('_');
      const nbaId = cell(
        findRow(offense, { game_id: gameId, team_abbr: away ?? '' }),
        'nba_game_id',
      );
      const sides = offense
        .filter((row) => cell(row, 'nba_game_id') === nbaId)
        .map((row) => pickColumns(row, 'game_id team_abbr home_game'));
      expect(sides.sort()).toEqual([`${gameId} ${away} false`, `${gameId} ${home} true`].sort());
    });
  });

  describe('shots against the box', () => {
    test.each(UNUSABLE_GAMES)('%s has no zones and is named on every row', (id) => {
      const rows = [...offense, ...defense, ...players].filter(
        (row) => cell(row, 'nba_game_id') === id,
      );
      expect(rows.length).toBeGreaterThan(4);
      for (const row of rows) {
        expect(cell(row, 'has_shot_zones')).toBe('false');
        expect(cell(row, 'data_quality_issues')).toContain('shot_chart_mismatch');
      }
    });

    test('a swap between team-mates keeps the zones and names the two', () => {
      const rows = players.filter((row) => cell(row, 'nba_game_id') === SWAPPED_GAME.id);
      const named = rows.filter((row) =>
        cell(row, 'data_quality_issues').includes('shot_chart_mismatch'),
      );
      expect(countByColumn(rows, 'has_shot_zones')).toEqual({ true: rows.length });
      expect(named.map((row) => cell(row, 'player_full_name')).sort()).toEqual(
        SWAPPED_GAME.players,
      );
    });
  });

  const tables: readonly (readonly [string, RowVectors, (date: string) => readonly Row[]])[] = [
    ['team_defense_zone_analysis', TEAM_ZONES, teamZones],
    ['player_shot_zone_analysis', PLAYER_ZONES, playerZones],
    ['upcoming_team_game_context', TEAM_CONTEXTS, (date) => contexts(date).teamContexts],
    ['upcoming_player_game_context', PLAYER_CONTEXTS, (date) => contexts(date).playerContexts],
    ['player_composite_factors', COMPOSITE_FACTORS, (date) => built(date).compositeFactors.rows],
    ['player_daily_cache', DAILY_CACHE, (date) => built(date).dailyCache.rows],
    ['ml_feature_store', FEATURE_STORE, (date) => built(date).featureStore.rows],
  ];
  describe.each(tables)('%s', (_name, vectors, rowsOf) => {
    test.each(linesOf(vectors))('%s', (key, expected) => {
      expectLine(rowsOf(key.slice(0, 10)), vectors, key, expected);
    });
  });

  test('a row of the feature store names where each value is from', () => {
    const where = { universal_player_id: '2544' };
    const row = findRow(built('2023-11-15').featureStore.rows, where);
    const runs: readonly (readonly [string, number])[] = [
      ['phase4', 9],
      ['calculated', 1],
      // No injury report is loaded.
      ['default', 1],
      ['calculated', 2],
      ['phase4', 2],
      ['phase3', 3],
      ['phase4', 3],
      ['calculated', 1],
      ['phase4', 2],
      ['calculated', 1],
    ];
    expect(listItems(cell(row, 'feature_sources'))).toEqual(
      runs.flatMap(([source, count]) => Array.from({ length: count }, () => source)),
    );
  });

  // A minute of work, which the SQL repeats with the same sums: for the long suites.
  describe.runIf(process.env['BACKCOURT_LONG_TESTS'])('whole history', () => {
    const all: Record<keyof Contexts | keyof BuiltDate, Row[]> = {
      teamContexts: [],
      playerContexts: [],
      teamZones: [],
      playerZones: [],
      compositeFactors: [],
      dailyCache: [],
      featureStore: [],
      namedFeatures: [],
    };

    // Only the columns that are added up are kept: whole rows would not fit into memory well.
    beforeAll(() => {
      const keep = (table: keyof typeof all, rows: readonly Row[], columns: string): void => {
        const names = `season_year ${columns}`.split(' ');
        for (const row of rows) {
          all[table].push(Object.fromEntries(names.map((name) => [name, cell(row, name)])));
        }
      };
      const isBuilt = new Set(builtDates());
      for (const date of dates) {
        const known = computeContexts(history, date, LINE_OPTIONS);
        keep('teamContexts', known.teamContexts, 'team_abbr');
        keep('playerContexts', known.playerContexts, 'game_date');
        if (!isBuilt.has(date)) continue;
        const day = computeBuiltDate(history, known, date, OPTIONS);
        keep(
          'teamZones',
          day.teamZones.rows,
          'defensive_rating_last_15 opponent_pace league_avg_source paint_defense_vs_league_avg ' +
            'mid_range_defense_vs_league_avg three_pt_defense_vs_league_avg',
        );
        keep(
          'playerZones',
          day.playerZones.rows,
          'games_in_sample_10 paint_rate_last_10 mid_range_rate_last_10 three_pt_rate_last_10',
        );
        keep('compositeFactors', day.compositeFactors.rows, 'fatigue_score');
        keep(
          'dailyCache',
          day.dailyCache.rows,
          'points_avg_last_5 points_avg_last_10 points_avg_season points_std_last_10 minutes_avg_last_10',
        );
        keep('featureStore', day.featureStore.rows, 'default_feature_indices');
      }
    }, 900_000);

    const perSeason = (counts: readonly number[]): Readonly<Record<string, number>> =>
      Object.fromEntries(counts.map((count, index) => [2021 + index, count]));
    const candidates = perSeason([35_520, 34_869, 35_611, 36_074]);

    test('team_defense_zone_analysis', () => {
      const rows = all.teamZones;
      expect(countByColumn(rows, 'season_year')).toEqual(perSeason([5997, 5968, 5818, 6002]));
      expect(sumColumn(rows, 'defensive_rating_last_15', 2)).toBe('2672647.65');
      expect(sumColumn(rows, 'opponent_pace', 1)).toBe('2383508.9');
      expect(sumColumn(rows, 'paint_defense_vs_league_avg', 2)).toBe('1588.12');
      expect(sumColumn(rows, 'mid_range_defense_vs_league_avg', 2)).toBe('-83.84');
      expect(sumColumn(rows, 'three_pt_defense_vs_league_avg', 2)).toBe('795.74');
      expect(countByColumn(rows, 'league_avg_source')).not.toHaveProperty('default');
    });

    test('player_shot_zone_analysis', () => {
      const rows = all.playerZones;
      expect(rows).toHaveLength(376_569);
      expect(countByColumn(rows, 'season_year')).toEqual(
        perSeason([96_070, 91_214, 92_786, 96_499]),
      );
      expect(sumColumn(rows, 'games_in_sample_10', 0)).toBe('3619965');
      expect(sumColumn(rows, 'paint_rate_last_10', 2)).toBe('14116724.58');
      expect(sumColumn(rows, 'mid_range_rate_last_10', 2)).toBe('4510028.61');
      expect(sumColumn(rows, 'three_pt_rate_last_10', 2)).toBe('12844440.63');
      const shareWithRates = [2021, 2022, 2023, 2024].map((season) => {
        const ofSeason = rows.filter((row) => cell(row, 'season_year') === String(season));
        const rated = ofSeason.filter((row) => cell(row, 'paint_rate_last_10') !== NULL_TEXT);
        return quotientText(100 * rated.length, ofSeason.length, 1);
      });
      expect(shareWithRates).toEqual(['45.8', '96.4', '96.5', '96.5']);
    });

    test('upcoming_team_game_context', () => {
      expect(countByColumn(all.teamContexts, 'season_year')).toEqual(
        perSeason([2634, 2628, 2624, 2628]),
      );
    });

    test('upcoming_player_game_context', () => {
      const rows = all.playerContexts;
      expect(rows).toHaveLength(160_664);
      expect(countByColumn(rows, 'season_year')).toEqual(
        perSeason([40_513, 39_030, 40_514, 40_607]),
      );
      const onDate = countByColumn(rows, 'game_date');
      for (const start of SEASON_STARTS.values()) {
        const [first = '', second = '', third = ''] = dates.filter((date) => date >= start);
        expect([onDate[first], onDate[second]]).toEqual([undefined, undefined]);
        expect([third, onDate[third]]).toEqual([third, FIRST_CANDIDATES.get(third)]);
      }
    });

    test('player_composite_factors', () => {
      const rows = all.compositeFactors;
      expect(countByColumn(rows, 'season_year')).toEqual(candidates);
      expect(sumColumn(rows, 'fatigue_score', 0)).toBe('13320839');
      expect(Object.keys(countByColumn(rows, 'fatigue_score'))).toEqual(FATIGUE_SCORES.split(' '));
    });

    test('player_daily_cache', () => {
      const rows = all.dailyCache;
      expect(countByColumn(rows, 'season_year')).toEqual(candidates);
      expect(sumColumn(rows, 'points_avg_last_5', 1)).toBe('1376074.6');
      expect(sumColumn(rows, 'points_avg_last_10', 1)).toBe('1378432.8');
      expect(sumColumn(rows, 'points_avg_season', 1)).toBe('1354823.7');
      expect(sumColumn(rows, 'points_std_last_10', 2)).toBe('712229.08');
      expect(sumColumn(rows, 'minutes_avg_last_10', 1)).toBe('2976925.9');
    });

    test('ml_feature_store', () => {
      const rows = all.featureStore;
      expect(countByColumn(rows, 'season_year')).toEqual(candidates);
      const byDefaults = groupBy(rows, (row) =>
        String(listItems(cell(row, 'default_feature_indices')).length),
      );
      const counts = [...byDefaults].map(([defaults, group]) => [defaults, group.length] as const);
      expect(Object.fromEntries(counts)).toEqual(DEFAULTS);
    });
  });

  describe('row counts', () => {
    test.each(ROW_COUNTS)('%s', (date, games, teamRows, playerRows, source, ratios) => {
      expect(raw.schedule.filter((game) => game.game_date === date)).toHaveLength(games);
      expect(teamZones(date)).toHaveLength(teamRows);
      expect(playerZones(date)).toHaveLength(playerRows);
      const before = defense.filter(
        (row) =>
          cell(row, 'season_year') === String(seasonOf(date)) && cell(row, 'game_date') < date,
      );
      const league = leagueAverages(before, date);
      const tenThousandths = ({ num, den }: Ratio): number => Number(rounded(num, den, 4));
      expect(league.source).toBe(source);
      expect([league.paint, league.mid_range, league.three_pt].map(tenThousandths)).toEqual(ratios);
    });

    test.each(CANDIDATE_COUNTS)(
      'candidates of %s',
      (date, candidates, rows, leftOut, otherwiseFull) => {
        const { compositeFactors, dailyCache, featureStore } = built(date);
        expect(contexts(date).playerContexts).toHaveLength(candidates);
        for (const table of [compositeFactors, dailyCache, featureStore]) {
          expect(table.rows).toHaveLength(rows);
          expect(countReasons(table)).toEqual({ INSUFFICIENT_DATA: leftOut });
        }
        const full = featureStore.rows.filter(
          (row) => cell(row, 'default_feature_indices') === '[10]',
        );
        expect(full).toHaveLength(otherwiseFull);
      },
    );

    test('805 dates are built, and the first two of each season have no row', () => {
      expect(builtDates()).toHaveLength(805);
      for (const date of ZERO_ROW_DATES) {
        expect(Object.values(built(date)).flatMap((table) => table.rows)).toEqual([]);
      }
      const { compositeFactors, dailyCache, featureStore } = built('2021-10-28');
      expect([...compositeFactors.rows, ...dailyCache.rows, ...featureStore.rows]).toEqual([]);
    });

    test.each([
      ['2021-10-28', 11],
      ['2022-10-27', 13],
      ['2023-11-02', 15],
      ['2024-10-31', 14],
      ['2021-10-31', 30],
      ['2022-10-30', 30],
      ['2023-11-05', 30],
      ['2024-11-03', 30],
    ])('on %s %i teams have a row', (date, teams) => {
      expect(teamZones(date)).toHaveLength(teams);
    });
  });

  test('rows on the date or later change nothing', () => {
    const date = '2023-11-15';
    const before = (row: Row): boolean => cell(row, 'game_date') < date;
    const past: History = {
      raw: {
        ...raw,
        player_box: [],
        shots: [],
        game_results: raw.game_results.filter((result) => result.game_date < date),
      },
      offenseRows: offense.filter(before),
      defenseRows: defense.filter(before),
      playerRows: players.filter(before),
    };
    const known = computeContexts(past, date, LINE_OPTIONS);
    expect(known).toEqual(contexts(date));
    expect(computeBuiltDate(past, known, date, OPTIONS)).toEqual(built(date));
  });
});

function countReasons({ excluded }: RowsOfDate): Readonly<Record<string, number>> {
  const counts = { INSUFFICIENT_DATA: 0 };
  const groups = groupBy(excluded, ({ reason }) => reason);
  return { ...counts, ...Object.fromEntries([...groups].map(([why, all]) => [why, all.length])) };
}
