import { describe, expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import type { RowsOfDate } from './common-columns.ts';
import { findRow, pickColumns } from './find-row.ts';
import type { PlayedGame } from './made-up-seasons.ts';
import { ANALYSIS_DATE, gameBefore, gamesOf, playerRow } from './made-up-seasons.ts';
import {
  oraclePlayerShotZoneAnalysis,
  primaryScoringZone,
  sampleQuality,
} from './oracle-player-shot-zone-analysis.ts';

const OPTIONS = { minGames: 5, qualityThreshold: 0 };

const RATES = 'paint_rate_last_10 mid_range_rate_last_10 three_pt_rate_last_10';
const PERCENTAGES = 'paint_pct_last_10 mid_range_pct_last_10 three_pt_pct_last_10';
const PER_GAME = 'paint_attempts_per_game mid_range_attempts_per_game three_pt_attempts_per_game';
const ASSISTED = 'assisted_rate_last_10 unassisted_rate_last_10';
const LONG = 'paint_rate_last_20 paint_pct_last_20';

function season(
  count: number,
  change: (index: number) => Partial<PlayedGame> = () => ({}),
): readonly PlayedGame[] {
  return Array.from({ length: count }, (_, index) => ({
    game: gameBefore(index + 1),
    zones: ['5/8', '2/4', '2/6'],
    assists: [6, 3],
    ...change(index),
  }));
}

function analyse(games: readonly PlayedGame[], options = OPTIONS): RowsOfDate {
  const schedule = gamesOf(games.map(({ game }) => game));
  return oraclePlayerShotZoneAnalysis(games.map(playerRow), schedule, ANALYSIS_DATE, options);
}

function rowOf(games: readonly PlayedGame[]): Row {
  return findRow(analyse(games).rows, { universal_player_id: '1' });
}

describe('ten games', () => {
  test('alike', () => {
    const row = rowOf(season(10));
    expect(pickColumns(row, RATES)).toBe('44.44 22.22 33.33');
    expect(pickColumns(row, 'total_shots_last_10')).toBe('180');
    expect(pickColumns(row, PERCENTAGES)).toBe('0.625 0.500 0.333');
    expect(pickColumns(row, PER_GAME)).toBe('8.0 4.0 6.0');
    expect(pickColumns(row, ASSISTED)).toBe('66.67 33.33');
    expect(pickColumns(row, 'primary_scoring_zone quality_score data_quality_issues')).toBe(
      'paint 100.00 []',
    );
  });

  test('without an attempt from mid-range', () => {
    const row = rowOf(season(10, () => ({ zones: ['5/8', '0/0', '2/6'] })));
    expect(pickColumns(row, RATES)).toBe('57.14 0.00 42.86');
    expect(pickColumns(row, PERCENTAGES)).toBe('0.625 \\N 0.333');
    expect(pickColumns(row, PER_GAME)).toBe('8.0 0.0 6.0');
    expect(pickColumns(row, 'total_shots_last_10 primary_scoring_zone data_quality_issues')).toBe(
      '140 paint [zero_attempts_mid_range]',
    );
  });

  test('of two kinds are pooled', () => {
    const row = rowOf(
      season(10, (index) =>
        index < 5
          ? { zones: ['1/2', '0/1', '1/3'], assists: [2, 0] }
          : { zones: ['6/10', '0/1', '1/3'], assists: [6, 2] },
      ),
    );
    expect(pickColumns(row, RATES)).toBe('60.00 10.00 30.00');
    expect(pickColumns(row, PERCENTAGES)).toBe('0.583 0.000 0.333');
    expect(pickColumns(row, PER_GAME)).toBe('6.0 1.0 3.0');
    expect(pickColumns(row, ASSISTED)).toBe('80.00 20.00');
    expect(pickColumns(row, 'total_shots_last_10 primary_scoring_zone')).toBe('100 paint');
  });

  test('half of them without shot data keep the zones', () => {
    const row = rowOf(season(10, (index) => (index < 5 ? { zones: null } : {})));
    expect(pickColumns(row, RATES)).toBe('44.44 22.22 33.33');
    expect(pickColumns(row, PERCENTAGES)).toBe('0.625 0.500 0.333');
    expect(pickColumns(row, PER_GAME)).toBe('8.0 4.0 6.0');
    expect(pickColumns(row, 'total_shots_last_10 games_with_shot_zones data_quality_issues')).toBe(
      '90 5 [partial_shot_zones]',
    );
  });

  test('six of them without shot data do not', () => {
    const row = rowOf(season(10, (index) => (index < 6 ? { zones: null } : {})));
    for (const columns of [RATES, PERCENTAGES, PER_GAME]) {
      expect(pickColumns(row, columns)).toBe('\\N \\N \\N');
    }
    expect(pickColumns(row, 'total_shots_last_10 primary_scoring_zone data_quality_issues')).toBe(
      '\\N \\N [no_shot_zones]',
    );
  });

  test('with shot data and no shots at all', () => {
    const row = rowOf(season(10, () => ({ zones: ['0/0', '0/0', '0/0'], assists: [0, 0] })));
    expect(pickColumns(row, `${RATES} ${PERCENTAGES}`)).toBe('\\N \\N \\N \\N \\N \\N');
    expect(pickColumns(row, PER_GAME)).toBe('0.0 0.0 0.0');
    expect(pickColumns(row, `total_shots_last_10 ${ASSISTED} primary_scoring_zone`)).toBe(
      '0 \\N \\N \\N',
    );
    expect(row['data_quality_issues']).toBe(
      '[zero_attempts_mid_range,zero_attempts_paint,zero_attempts_three_pt]',
    );
  });

  test('with shots and no makes', () => {
    const row = rowOf(season(10, () => ({ zones: ['0/8', '0/4', '0/6'], assists: [0, 0] })));
    expect(pickColumns(row, RATES)).toBe('44.44 22.22 33.33');
    expect(pickColumns(row, PERCENTAGES)).toBe('0.000 0.000 0.000');
    expect(pickColumns(row, ASSISTED)).toBe('\\N \\N');
  });

  test.each([
    [5, '66.67 33.33'],
    [4, '\\N \\N'],
  ])('of which %i tell assists', (told, expected) => {
    const games = season(10).map(
      ({ game, zones }, index): PlayedGame =>
        index < told ? { game, zones, assists: [6, 3] } : { game, zones },
    );
    expect(pickColumns(rowOf(games), ASSISTED)).toBe(expected);
  });
});

test.each([
  [4, 6, '40.00 60.00'],
  [10, 0, '100.00 0.00'],
  [0, 12, '0.00 100.00'],
  [0, 0, '\\N \\N'],
  [null, null, '\\N \\N'],
])('%s assisted and %s unassisted makes in ten games', (assisted, unassisted, expected) => {
  const games = season(10).map(({ game, zones }, index): PlayedGame => {
    if (assisted === null || unassisted === null) return { game, zones };
    return { game, zones, assists: index === 0 ? [assisted, unassisted] : [0, 0] };
  });
  expect(pickColumns(rowOf(games), ASSISTED)).toBe(expected);
});

test.each([
  [[4500n, 2000n, 3500n], 'paint'],
  [[4000n, 2500n, 3500n], 'paint'],
  [[4500n, 1000n, 4500n], 'paint'],
  [[2500n, 1500n, 6000n], 'perimeter'],
  [[3500n, 2500n, 4000n], 'perimeter'],
  [[3000n, 4000n, 3000n], 'mid_range'],
  [[3000n, 3500n, 3500n], 'mid_range'],
  [[3500n, 3000n, 3500n], 'balanced'],
  [[3500n, 2500n, 3800n], 'balanced'],
  [[3330n, 3330n, 3340n], 'balanced'],
] as const)('the rates %s make %s', ([paint, midRange, three], zone) => {
  expect(primaryScoringZone(paint, midRange, three)).toBe(zone);
});

test.each([
  [10, 'excellent'],
  [9, 'good'],
  [7, 'good'],
  [6, 'limited'],
  [5, 'limited'],
  [4, 'insufficient'],
])('%i of ten games are %s', (games, word) => {
  expect(sampleQuality(games, [10, 7, 5])).toBe(word);
});

test.each([
  [20, 'excellent'],
  [19, 'good'],
  [14, 'good'],
  [13, 'limited'],
  [10, 'limited'],
  [9, 'insufficient'],
])('%i of twenty games are %s', (games, word) => {
  expect(sampleQuality(games, [20, 14, 10])).toBe(word);
});

describe('twenty games', () => {
  test.each([
    [14, '14 14 \\N \\N'],
    [15, '15 15 44.44 0.625'],
    [25, '20 20 44.44 0.625'],
  ])('of %i', (games, expected) => {
    const columns = `games_in_sample_20 games_with_shot_zones_20 ${LONG}`;
    expect(pickColumns(rowOf(season(games)), columns)).toBe(expected);
  });

  test.each([
    [10, '44.44 0.625'],
    [11, '\\N \\N'],
  ])('with %i of them without shot data', (without, expected) => {
    const row = rowOf(season(20, (index) => (index < without ? { zones: null } : {})));
    expect(pickColumns(row, LONG)).toBe(expected);
  });
});

describe('who gets a row', () => {
  test('four games do not, five do, five of ten asked for do not', () => {
    expect(analyse(season(4)).excluded).toEqual([{ key: '1', reason: 'INSUFFICIENT_DATA' }]);
    expect(rowOf(season(5))['data_quality_issues']).toBe('[thin_window]');
    expect(analyse(season(5), { ...OPTIONS, minGames: 10 }).rows).toEqual([]);
  });

  test('games without playing time do not count', () => {
    const games = season(5, (index) => ({ active: index > 0 }));
    expect(analyse(games).excluded).toEqual([{ key: '1', reason: 'INSUFFICIENT_DATA' }]);
    expect(analyse(season(3, () => ({ active: false })))).toEqual({ rows: [], excluded: [] });
  });

  test('a row below the quality threshold is left out', () => {
    expect(analyse(season(6), { ...OPTIONS, qualityThreshold: 65 }).excluded).toEqual([
      { key: '1', reason: 'BELOW_QUALITY_THRESHOLD' },
    ]);
  });

  test('an absent player misses no games, a team without rows does', () => {
    const own = season(6, (index) => ({ game: gameBefore(5 + index) }));
    const others = [1, 2, 3, 4].map((day) => gameBefore(day));
    const schedule = gamesOf([...own.map(({ game }) => game), ...others]);
    const mates = others.map((game) => playerRow({ game, zones: null, playerId: '2' }));
    const columns = `expected_games_count actual_games_count completeness_percentage
      is_production_ready data_quality_issues`;
    const rowWith = (matesOfThose: readonly Row[]): string => {
      const rows = [...own.map(playerRow), ...matesOfThose];
      const analysis = oraclePlayerShotZoneAnalysis(rows, schedule, ANALYSIS_DATE, OPTIONS);
      return pickColumns(findRow(analysis.rows, { universal_player_id: '1' }), columns);
    };
    expect(rowWith(mates)).toBe('10 10 100.0 true [thin_window]');
    expect(rowWith(mates.slice(2))).toBe('10 8 80.0 false [missing_upstream_games,thin_window]');
  });

  test('the team is that of his latest game', () => {
    const games = season(6, (index) => (index === 0 ? { game: gameBefore(1, 'MIA') } : {}));
    expect(pickColumns(rowOf(games), 'team_abbr expected_games_count')).toBe('MIA 1');
  });
});

test.each([
  [10, '10 high false'],
  [9, '9 medium true'],
  [7, '7 medium true'],
  [6, '6 low true'],
  [5, '5 low true'],
])('a player with %i games', (games, expected) => {
  const columns = 'games_in_sample_10 data_quality_tier early_season_flag';
  expect(pickColumns(rowOf(season(games)), columns)).toBe(expected);
});

test('rows on the date or of another season change nothing', () => {
  const games = season(10);
  const schedule = gamesOf(games.map(({ game }) => game));
  const rows = games.map(playerRow);
  const [first] = rows;
  const today = { ...first, game_date: ANALYSIS_DATE, nba_game_id: '0022499999' };
  const lastSeason = { ...first, season_year: '2023', game_date: '2024-01-20' };
  const analyseRows = (input: readonly Row[]): RowsOfDate =>
    oraclePlayerShotZoneAnalysis(input, schedule, ANALYSIS_DATE, OPTIONS);
  expect(analyseRows([...rows, today, lastSeason])).toEqual(analyseRows(rows));
});
