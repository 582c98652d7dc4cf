import { describe, expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import { cell, listItems } from './canonical-row.ts';
import type { RowsOfDate } from './common-columns.ts';
import { decimalText } from './exact.ts';
import { pickColumns } from './find-row.ts';
import type { Values } from './made-up-contexts.ts';
import {
  cacheRow,
  factorsRow,
  playerContext,
  playerZonesRow,
  teamZonesRow,
} from './made-up-contexts.ts';
import type { PlayedFigures, PlayedGame } from './made-up-seasons.ts';
import { gameBefore, gamesOf, offenseRow, playerRow } from './made-up-seasons.ts';
import type { FeatureSource } from './model-features.ts';
import { oracleMlFeatureStore, qualityHundredths } from './oracle-ml-feature-store.ts';

const OPTIONS = { minGames: 5, qualityThreshold: 0 };
const NONE = '\\N';

/** The full row of the vectors; null for a row that is missing. */
interface Situation {
  readonly context?: Values;
  readonly cache?: Values | null;
  readonly factors?: Values | null;
  readonly opponent?: Values | null;
  readonly zones?: Values | null;
  /** His games, newest first. */
  readonly figures?: readonly Partial<PlayedFigures>[];
  /** Whether the team won, newest first. */
  readonly results?: readonly boolean[];
}

const POINTS = [22, 19, 24, 18, 21, 20, 23, 17, 25, 19];
const FREE_THROWS = [6, 4, 7, 5, 6, 5, 8, 4, 9, 5];
const FIGURES = POINTS.map((points, index) => ({
  points,
  freeThrowMakes: FREE_THROWS[index] ?? 0,
}));
const SEVEN_OF_TEN = Array.from({ length: 10 }, (_, index) => index % 3 !== 1);
const FULL_CONTEXT: Values = { games_played_season: '10', player_status: 'available' };
const FULL_ZONES: Values = {
  paint_rate_last_10: '32.00',
  mid_range_rate_last_10: '18.00',
  three_pt_rate_last_10: '35.00',
};

function played(figures: Partial<PlayedFigures>, index: number): PlayedGame {
  return { game: gameBefore(index + 1), zones: null, figures };
}

function tableOf(situation: Situation, options = OPTIONS): RowsOfDate {
  const { cache = {}, factors = {}, opponent = {}, zones = {} } = situation;
  const { figures = FIGURES, results = SEVEN_OF_TEN } = situation;
  const games = Array.from({ length: Math.max(figures.length, results.length) }, (_, index) =>
    gameBefore(index + 1),
  );
  return oracleMlFeatureStore(
    {
      games: gamesOf(games),
      playerContexts: [playerContext({ ...FULL_CONTEXT, ...situation.context })],
      playerZones: zones ? [playerZonesRow({ ...FULL_ZONES, ...zones })] : [],
      teamZones: opponent ? [teamZonesRow(opponent)] : [],
      compositeFactors: factors ? [factorsRow(factors)] : [],
      dailyCache: cache ? [cacheRow(cache)] : [],
      playerRows: figures.map((values, index) => playerRow(played(values, index))),
      offenseRows: results.map((won, index) =>
        offenseRow({ game: gameBefore(index + 1), team: 'BOS', paceTenths: 1000, won }),
      ),
    },
    options,
  );
}

function rowOf(situation: Situation, options = OPTIONS): Row {
  const [row] = tableOf(situation, options).rows;
  if (!row) throw new Error('the player has no row');
  return row;
}

/** The value and source of one feature: `0.7000 calculated`. */
function feature(situation: Situation, index: number): string {
  const row = rowOf(situation);
  return `${listItems(cell(row, 'features'))[index]} ${listItems(cell(row, 'feature_sources'))[index]}`;
}

function featuresText(values: readonly number[]): string {
  return `[${values.map((value) => value.toFixed(4)).join(',')}]`;
}

function withPoints(points: readonly number[]): readonly Partial<PlayedFigures>[] {
  return points.map((value) => ({ points: value }));
}

describe('whole rows', () => {
  const columns = `default_feature_indices feature_quality_score data_quality_tier
    data_quality_issues`;

  test('a full row', () => {
    const row = rowOf({});
    expect(cell(row, 'features')).toBe(
      featuresText([
        ...[20.5, 20.2, 19.8, 4.5, 3, 65, 2.5, 1.2, 0.8, 1, 0, 0, 0, 112.5, 99.8, 1, 0, 0],
        ...[0.32, 0.18, 0.35, 0.2837, 101.2, 114.5, 0.7],
      ]),
    );
    expect(pickColumns(row, columns)).toBe('[] 98.44 high []');
    expect(
      pickColumns(row, 'feature_count feature_version is_home days_rest games_in_sample'),
    ).toBe('25 v1_baseline_25 true 2 10');
    expect(cell(row, 'feature_sources')).toBe(
      `[${[
        ...Array.from({ length: 9 }, () => 'phase4'),
        ...Array.from({ length: 4 }, () => 'calculated'),
        ...['phase4', 'phase4', 'phase3', 'phase3', 'phase3', 'phase4', 'phase4', 'phase4'],
        ...['calculated', 'phase4', 'phase4', 'calculated'],
      ].join(',')}]`,
    );
    expect(listItems(cell(row, 'feature_names'))).toEqual(
      `points_avg_last_5 points_avg_last_10 points_avg_season points_std_last_10
      games_in_last_7_days fatigue_score shot_zone_mismatch_score pace_score usage_spike_score
      rest_advantage injury_risk recent_trend minutes_change opponent_def_rating opponent_pace
      home_away back_to_back playoff_game pct_paint pct_mid_range pct_three pct_free_throw
      team_pace team_off_rating team_win_pct`.split(/\s+/),
    );
  });

  test('nothing known', () => {
    const row = rowOf(
      {
        context: {
          games_played_season: '0',
          season_phase: NONE,
          home_game: NONE,
          days_rest: NONE,
          back_to_back: NONE,
          opponent_days_rest: NONE,
          games_in_last_7_days: NONE,
          player_status: NONE,
        },
        cache: null,
        factors: null,
        opponent: null,
        zones: null,
        figures: [],
        results: [],
      },
      { ...OPTIONS, minGames: 0 },
    );
    expect(cell(row, 'features')).toBe(
      featuresText([
        ...[10, 10, 10, 5, 3, 50, 0, 0, 0, 0, 0, 0, 0, 112, 100, 0, 0, 0, 0.3, 0.2, 0.35, 0.15],
        ...[100, 112, 0.5],
      ]),
    );
    const all = Array.from({ length: 25 }, (_, index) => index);
    expect(pickColumns(row, columns)).toBe(
      `[${all.join(',')}] 40.00 low [player_composite_factors_missing,player_daily_cache_missing,player_shot_zone_missing,team_defense_zone_missing,thin_window]`,
    );
  });

  const noZones = {
    paint_rate_last_10: NONE,
    mid_range_rate_last_10: NONE,
    three_pt_rate_last_10: NONE,
  };
  const cases: readonly (readonly [string, Situation, string])[] = [
    [
      'no points in ten games',
      { figures: withPoints([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) },
      '[21] 69.00 low []',
    ],
    [
      'no row of the opponent',
      { opponent: null, factors: { missing_data_fields: '[team_defense_zone]' } },
      '[6,13,14] 69.00 low [team_defense_zone_missing]',
    ],
    ['no factors', { factors: null }, '[5,6,7,8] 69.00 low [player_composite_factors_missing]'],
    [
      'no zones',
      { zones: noZones, factors: { missing_data_fields: '[player_shot_zone]' } },
      '[6,18,19,20] 69.00 low []',
    ],
    [
      'no precompute row',
      { cache: null, factors: null, opponent: null, zones: null },
      '[3,5,6,7,8,12,13,14,18,19,20,22,23] 49.00 low [player_composite_factors_missing,player_daily_cache_missing,player_shot_zone_missing,team_defense_zone_missing]',
    ],
    [
      'rows that are not ready',
      { zones: { is_production_ready: 'false' }, opponent: { is_production_ready: 'false' } },
      '[] 98.44 high [player_shot_zone_not_ready,team_defense_zone_not_ready]',
    ],
    ['no injury reports', { context: { player_status: NONE } }, '[10] 96.04 high []'],
    ['an unknown home side', { context: { home_game: NONE } }, '[15] 69.00 low []'],
  ];
  test.each(cases)('%s', (_name, situation, expected) => {
    expect(pickColumns(rowOf(situation), columns)).toBe(expected);
  });
});

describe('quality', () => {
  test.each([
    [25, 0, 0, 0, '100.00'],
    [0, 25, 0, 0, '87.00'],
    [0, 0, 0, 25, '40.00'],
    [10, 10, 5, 0, '94.80'],
    [10, 10, 0, 5, '49.00'],
    [16, 3, 6, 0, '98.44'],
    [16, 3, 5, 1, '69.00'],
    [13, 3, 6, 3, '69.00'],
    [12, 3, 6, 4, '69.00'],
    [0, 7, 5, 13, '49.00'],
  ])('of %i, %i, %i and %i values', (phase4, phase3, calculated, byDefault, score) => {
    const repeated = (source: FeatureSource, count: number): readonly FeatureSource[] =>
      Array.from({ length: count }, () => source);
    const sources = [
      ...repeated('phase4', phase4),
      ...repeated('phase3', phase3),
      ...repeated('calculated', calculated),
      ...repeated('default', byDefault),
    ];
    expect(decimalText(qualityHundredths(sources), 2)).toBe(score);
  });

  test('what only the cache knows is a default without it', () => {
    const row = rowOf({ cache: null });
    expect(pickColumns(row, 'default_feature_indices feature_quality_score')).toBe(
      '[3,12,22,23] 69.00',
    );
  });
});

test.each([
  ['2', '1', '1.0000 calculated'],
  ['5', '1', '2.0000 calculated'],
  ['1', '3', '-2.0000 calculated'],
  ['1', '9', '-2.0000 calculated'],
  ['1', '1', '0.0000 calculated'],
  ['9', '8', '1.0000 calculated'],
  ['1', '30', '-2.0000 calculated'],
  ['1', '31', '0.0000 default'],
  ['2', NONE, '0.0000 default'],
])('%s days of rest against %s', (days_rest, opponent_days_rest, expected) => {
  expect(feature({ context: { days_rest, opponent_days_rest } }, 9)).toBe(expected);
});

test.each([
  ['available', 0],
  ['', 0],
  ['Game Time Decision', 0],
  ['PROBABLE', 1],
  ['Questionable', 2],
  ['doubtful', 3],
  ['out', 3],
])('the status "%s" is a risk of %i', (player_status, risk) => {
  expect(feature({ context: { player_status } }, 10)).toBe(`${risk}.0000 calculated`);
});

test('without any report for the date the risk is a default', () => {
  expect(feature({ context: { player_status: NONE } }, 10)).toBe('0.0000 default');
});

describe('recent trend', () => {
  test.each([
    [[25, 24, 26, 18, 17], '1'],
    [[17, 18, 16, 25, 26], '-1'],
    [[22, 21, 23, 22, 21], '0'],
    [[22, 19, 24, 18, 21], '0'],
    [[10, 0, 0, 0, 0], '2'],
    [[10, 1, 2, 0, 0], '1'],
    [[4, 0, 0, 0, 0], '1'],
    [[5, 0, 2, 0, 0], '0'],
    [[1, 0, 7, 0, 0], '0'],
    [[0, 0, 6, 0, 0], '-1'],
    [[1, 0, 16, 0, 0], '-1'],
    [[0, 0, 15, 0, 0], '-2'],
    [[25, 24, 26, 18, 17, 90], '1'],
  ])('of %j points', (points, trend) => {
    expect(feature({ figures: withPoints(points) }, 11)).toBe(`${trend}.0000 calculated`);
  });

  test('of four games is not known', () => {
    expect(feature({ figures: withPoints([25, 24, 26, 18]) }, 11)).toBe('0.0000 default');
  });
});

describe('change of minutes', () => {
  test.each([
    ['36.0', '28.0', '2.0000 calculated'],
    ['32.0', '28.0', '1.0000 calculated'],
    ['30.0', '30.0', '0.0000 calculated'],
    ['24.0', '32.0', '-2.0000 calculated'],
    ['35.3', '30.0', '1.0000 calculated'],
    ['36.0', '30.0', '2.0000 calculated'],
    ['35.9', '30.0', '1.0000 calculated'],
    ['33.0', '30.0', '1.0000 calculated'],
    ['32.9', '30.0', '0.0000 calculated'],
    ['27.1', '30.0', '0.0000 calculated'],
    ['27.0', '30.0', '-1.0000 calculated'],
    ['24.1', '30.0', '-1.0000 calculated'],
    ['24.0', '30.0', '-2.0000 calculated'],
    ['0.0', '30.0', '0.0000 default'],
    ['30.0', '0.0', '0.0000 default'],
  ])('%s after %s in the season', (recent, season, expected) => {
    const cache = { minutes_avg_last_10: recent, minutes_avg_season: season };
    expect(feature({ cache }, 12)).toBe(expected);
  });

  test('is not known without a row of the cache', () => {
    expect(feature({ cache: null }, 12)).toBe('0.0000 default');
  });
});

describe('share of free throws', () => {
  /** Ten games in which these free throws and points were made. */
  const shares = (made: number, points: number, games = 10): readonly Partial<PlayedFigures>[] =>
    Array.from({ length: games }, (_, index) =>
      index === 0 ? { freeThrowMakes: made, points } : { freeThrowMakes: 0, points: 0 },
    );

  test.each([
    [70, 263, '0.2662 calculated'],
    [58, 148, '0.3919 calculated'],
    [59, 208, '0.2837 calculated'],
    [45, 50, '0.5000 calculated'],
    [25, 50, '0.5000 calculated'],
    [0, 50, '0.0000 calculated'],
    [0, 0, '0.1500 default'],
  ])('%i of %i points', (made, points, expected) => {
    expect(feature({ figures: shares(made, points) }, 21)).toBe(expected);
  });

  test('of four games is not known, and an eleventh does not count', () => {
    expect(feature({ figures: shares(70, 263, 4) }, 21)).toBe('0.1500 default');
    const older = { freeThrowMakes: 50, points: 50 };
    expect(feature({ figures: [...shares(70, 263), older] }, 21)).toBe('0.2662 calculated');
  });
});

test.each([
  [6, 8, '0.7500 calculated'],
  [5, 11, '0.4545 calculated'],
  [5, 5, '1.0000 calculated'],
  [0, 5, '0.0000 calculated'],
  [4, 4, '0.5000 default'],
])('%i wins of %i games', (wins, games, expected) => {
  const results = Array.from({ length: games }, (_, index) => index < wins);
  expect(feature({ results }, 24)).toBe(expected);
});

test.each([
  ['32.00', '0.3200 phase4'],
  ['44.44', '0.4444 phase4'],
  ['0.00', '0.0000 phase4'],
  [NONE, '0.3000 default'],
])('a paint rate of %s percent', (paint_rate_last_10, expected) => {
  expect(feature({ zones: { paint_rate_last_10 } }, 18)).toBe(expected);
});

describe('game facts', () => {
  test.each([
    [15, { home_game: 'false' }, '0.0000 phase3'],
    [16, { back_to_back: 'true' }, '1.0000 phase3'],
    [17, { season_phase: 'playoffs' }, '1.0000 phase3'],
    [17, { season_phase: 'play_in' }, '0.0000 phase3'],
    [17, { season_phase: 'late' }, '0.0000 phase3'],
  ])('feature %i with %j', (index, context, expected) => {
    expect(feature({ context }, index)).toBe(expected);
  });
});

test.each([
  [6, 'player_shot_zone', '0.0000 default'],
  [6, 'team_defense_zone', '0.0000 default'],
  [6, 'pace_differential', '2.5000 phase4'],
  [7, 'pace_differential', '0.0000 default'],
  [8, 'projected_usage_rate', '0.0000 default'],
  [8, 'player_shot_zone', '0.8000 phase4'],
  [5, 'days_rest', '65.0000 phase4'],
])('factor %i where %s is missing', (index, field, expected) => {
  expect(feature({ factors: { missing_data_fields: `[${field}]` } }, index)).toBe(expected);
});

describe('without a row of the cache', () => {
  test('the game summaries give what they can', () => {
    const figures = withPoints([20, 22, 24, 18, 21, 23, 19, 25, 20, 22]);
    const first = [0, 1, 2, 3, 4].map((index) => feature({ cache: null, figures }, index));
    // The newest five make 105 points, all ten 214.
    expect(first).toEqual([
      '21.0000 phase3',
      '21.4000 phase3',
      '21.4000 phase3',
      '5.0000 default',
      '3.0000 phase3',
    ]);
  });

  test('three games are not enough for a mean of five', () => {
    const figures = withPoints([15, 18, 12]);
    const first = [0, 1, 2].map((index) => feature({ cache: null, figures }, index));
    expect(first).toEqual(['10.0000 default', '15.0000 phase3', '15.0000 phase3']);
  });
});

test.each([
  [3, { points_std_last_10: NONE }, '5.0000 default'],
  [22, { team_pace_last_10: NONE }, '100.0000 default'],
  [23, { team_off_rating_last_10: NONE }, '112.0000 default'],
])('feature %i, not known to the cache, is a default', (index, cache, expected) => {
  expect(feature({ cache }, index)).toBe(expected);
});

test('a pace the opponent row does not know is a default', () => {
  expect(feature({ opponent: { opponent_pace: NONE } }, 14)).toBe('100.0000 default');
});

describe('who gets a row', () => {
  test('not who has too few games or too low a score', () => {
    expect(tableOf({ context: { games_played_season: '4' } })).toEqual({
      rows: [],
      excluded: [{ key: '1', reason: 'INSUFFICIENT_DATA' }],
    });
    const strict = { ...OPTIONS, qualityThreshold: 69.01 };
    expect(tableOf({ factors: null }, strict)).toEqual({
      rows: [],
      excluded: [{ key: '1', reason: 'BELOW_QUALITY_THRESHOLD' }],
    });
    expect(tableOf({}, strict).rows).toHaveLength(1);
    expect(tableOf({ factors: null }, { ...OPTIONS, qualityThreshold: 69 }).rows).toHaveLength(1);
  });

  test('a thin window is said, and does not lower the score', () => {
    const row = rowOf({ context: { games_played_season: '7' } });
    const columns = `games_in_sample feature_quality_score data_quality_tier early_season_flag
      insufficient_data_reason data_quality_issues`;
    expect(pickColumns(row, columns)).toBe(
      '7 98.44 high true only 7 games this season, window is 10 [thin_window]',
    );
    expect(row).not.toHaveProperty('quality_score');
  });
});
