import { describe, expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import type { RowsOfDate } from './common-columns.ts';
import { findRow, pickColumns } from './find-row.ts';
import type { DefendedGame } from './made-up-seasons.ts';
import { ANALYSIS_DATE, defenseRow, gameBefore, gamesOf } from './made-up-seasons.ts';
import {
  oracleTeamDefenseZoneAnalysis,
  zoneExtremes,
} from './oracle-team-defense-zone-analysis.ts';

const OPTIONS = { minGames: 5, qualityThreshold: 0 };

const PERCENTAGES =
  'paint_pct_allowed_last_15 mid_range_pct_allowed_last_15 three_pt_pct_allowed_last_15';
const ATTEMPTS = `paint_attempts_allowed_per_game mid_range_attempts_allowed_per_game
  three_pt_attempts_allowed_per_game`;
const POINTS = `paint_points_allowed_per_game mid_range_points_allowed_per_game
  three_pt_points_allowed_per_game`;
const VERSUS =
  'paint_defense_vs_league_avg mid_range_defense_vs_league_avg three_pt_defense_vs_league_avg';
const TEAM = 'defensive_rating_last_15 opponent_points_per_game opponent_pace';
const EXTREMES = 'strongest_zone weakest_zone';

/** Game `index` of the made-up team A: the same figures every time. */
function gameOfA(index: number): DefendedGame {
  return {
    game: gameBefore(index + 1),
    team: 'BOS',
    zones: ['20/35', '8/20', '12/35'],
    allowed: 110,
    ratingHundredths: 11_250,
    paceTenths: 992,
  };
}

function analyse(games: readonly DefendedGame[], options = OPTIONS): RowsOfDate {
  const schedule = gamesOf(games.map(({ game }) => game));
  return oracleTeamDefenseZoneAnalysis(games.map(defenseRow), schedule, ANALYSIS_DATE, options);
}

function season(count: number, change: (index: number) => Partial<DefendedGame> = () => ({})) {
  return Array.from({ length: count }, (_, index) => ({ ...gameOfA(index), ...change(index) }));
}

function rowOf(games: readonly DefendedGame[]): Row {
  return findRow(analyse(games).rows, { team_abbr: 'BOS' });
}

describe('fifteen games against the constants', () => {
  const expectA = (row: Row): void => {
    expect(pickColumns(row, PERCENTAGES)).toBe('0.571 0.400 0.343');
    expect(pickColumns(row, ATTEMPTS)).toBe('35.0 20.0 35.0');
    expect(pickColumns(row, POINTS)).toBe('40.0 16.0 36.0');
    expect(pickColumns(row, VERSUS)).toBe('-0.86 -1.00 -1.21');
    expect(pickColumns(row, TEAM)).toBe('112.50 110.0 99.2');
    expect(pickColumns(row, EXTREMES)).toBe('perimeter paint');
  };

  test('A: all with shot data', () => {
    const row = rowOf(season(15));
    expectA(row);
    expect(pickColumns(row, 'league_paint_pct league_mid_range_pct league_three_pt_pct')).toBe(
      '0.580 0.410 0.355',
    );
    expect(pickColumns(row, 'league_avg_source league_teams_in_sample data_quality_issues')).toBe(
      'default 0 [league_average_default]',
    );
  });

  test('B: figures that change from game to game', () => {
    const row = rowOf(
      season(15, (g) => ({
        zones: [
          `${18 + (g % 5)}/${32 + (g % 8)}`,
          `${7 + (g % 3)}/${18 + (g % 5)}`,
          `${11 + (g % 4)}/${33 + (g % 6)}`,
        ],
        allowed: 108 + (g % 15),
        ratingHundredths: 100 * (110 + (g % 10)),
        paceTenths: 10 * (98 + (g % 5)),
      })),
    );
    expect(pickColumns(row, PERCENTAGES)).toBe('0.567 0.400 0.352');
    expect(pickColumns(row, ATTEMPTS)).toBe('35.3 20.0 35.2');
    expect(pickColumns(row, POINTS)).toBe('40.0 16.0 37.2');
    expect(pickColumns(row, VERSUS)).toBe('-1.29 -1.00 -0.27');
    expect(pickColumns(row, TEAM)).toBe('113.67 115.0 100.0');
    expect(pickColumns(row, EXTREMES)).toBe('paint perimeter');
  });

  test('C: eight with shot data', () => {
    const row = rowOf(season(15, (g) => (g < 7 ? { zones: null } : {})));
    expectA(row);
    expect(pickColumns(row, 'games_in_sample games_with_shot_zones data_quality_issues')).toBe(
      '15 8 [league_average_default,partial_shot_zones]',
    );
  });

  test('D: seven with shot data', () => {
    const row = rowOf(season(15, (g) => (g < 8 ? { zones: null } : {})));
    for (const columns of [PERCENTAGES, ATTEMPTS, POINTS, VERSUS]) {
      expect(pickColumns(row, columns)).toBe('\\N \\N \\N');
    }
    expect(pickColumns(row, TEAM)).toBe('112.50 110.0 99.2');
    expect(pickColumns(row, `${EXTREMES} data_quality_issues`)).toBe(
      '\\N \\N [league_average_default,no_shot_zones]',
    );
  });

  test('E: no attempt from mid-range', () => {
    const row = rowOf(season(15, () => ({ zones: ['20/35', '0/0', '12/35'] })));
    expect(pickColumns(row, PERCENTAGES)).toBe('0.571 \\N 0.343');
    expect(pickColumns(row, ATTEMPTS)).toBe('35.0 0.0 35.0');
    expect(pickColumns(row, POINTS)).toBe('40.0 0.0 36.0');
    expect(pickColumns(row, VERSUS)).toBe('-0.86 \\N -1.21');
    expect(pickColumns(row, `${EXTREMES} data_quality_issues`)).toBe(
      'perimeter paint [league_average_default,zero_attempts_mid_range]',
    );
  });
});

test.each([
  [[300n, -250n, 50n], 'mid_range', 'paint'],
  [[100n, 50n, -400n], 'perimeter', 'paint'],
  [[200n, null, -100n], 'perimeter', 'paint'],
  [[10n, 20n, -10n], 'perimeter', 'mid_range'],
  [[100n, 100n, 100n], 'paint', 'paint'],
  [[null, null, null], null, null],
] as const)(
  'of %s the strongest is %s, the weakest %s',
  ([paint, midRange, three], strongest, weakest) => {
    expect(zoneExtremes(paint, midRange, three)).toEqual({ strongest, weakest });
  },
);

describe('who gets a row', () => {
  test('four games do not, ten do, ten of fifteen asked for do not', () => {
    expect(analyse(season(4)).rows).toHaveLength(0);
    expect(analyse(season(4)).excluded).toContainEqual({ key: 'BOS', reason: 'INSUFFICIENT_DATA' });
    expect(analyse(season(5)).rows).toHaveLength(1);
    expect(analyse(season(10)).rows).toHaveLength(1);
    expect(analyse(season(10), { ...OPTIONS, minGames: 15 }).rows).toHaveLength(0);
  });

  test('every team is written or left out', () => {
    const { rows, excluded } = analyse(season(10));
    expect(rows.length + excluded.length).toBe(30);
  });

  test('a quality threshold of 60 keeps nine games and not eight', () => {
    const options = { ...OPTIONS, qualityThreshold: 60 };
    expect(analyse(season(9), options).rows[0]?.['quality_score']).toBe('60.00');
    expect(analyse(season(8), options).excluded).toContainEqual({
      key: 'BOS',
      reason: 'BELOW_QUALITY_THRESHOLD',
    });
  });

  test('games missing upstream lower the sample, the window does not reach back', () => {
    const games = season(20);
    const rows = games.filter((_, index) => index >= 5).map(defenseRow);
    const schedule = gamesOf(games.map(({ game }) => game));
    const analysis = oracleTeamDefenseZoneAnalysis(rows, schedule, ANALYSIS_DATE, OPTIONS);
    expect(
      pickColumns(
        findRow(analysis.rows, { team_abbr: 'BOS' }),
        `games_in_sample expected_games_count actual_games_count completeness_percentage
          missing_games_count is_production_ready data_quality_tier early_season_flag
          data_quality_issues`,
      ),
    ).toBe(
      '10 15 10 66.7 5 false medium false [league_average_default,missing_upstream_games,thin_window]',
    );
  });

  test('a team whose whole window is missing is left out', () => {
    const games = season(20);
    const rows = games.filter((_, index) => index >= 15).map(defenseRow);
    const schedule = gamesOf(games.map(({ game }) => game));
    const analysis = oracleTeamDefenseZoneAnalysis(rows, schedule, ANALYSIS_DATE, OPTIONS);
    expect(analysis.rows).toEqual([]);
  });
});

test.each([
  [15, '15 100.00 high false'],
  [14, '14 93.33 medium true'],
  [10, '10 66.67 medium true'],
  [9, '9 60.00 low true'],
  [5, '5 33.33 low true'],
])('a team with %i games', (games, expected) => {
  const columns = 'games_in_sample quality_score data_quality_tier early_season_flag';
  expect(pickColumns(rowOf(season(games)), columns)).toBe(expected);
});

test('rows on the date or of another season change nothing', () => {
  const games = season(10);
  const schedule = gamesOf(games.map(({ game }) => game));
  const rows = games.map(defenseRow);
  const today = { ...defenseRow(gameOfA(0)), game_date: ANALYSIS_DATE, nba_game_id: '0022499999' };
  const lastSeason = { ...defenseRow(gameOfA(50)), season_year: '2023' };
  const analyseRows = (input: readonly Row[]): RowsOfDate =>
    oracleTeamDefenseZoneAnalysis(input, schedule, ANALYSIS_DATE, OPTIONS);
  expect(analyseRows([...rows, today, lastSeason])).toEqual(analyseRows(rows));
});

test('a date without games is refused', () => {
  expect(() => oracleTeamDefenseZoneAnalysis([], gamesOf([]), '2025-01-19', OPTIONS)).toThrow(
    '2025-01-19',
  );
});
