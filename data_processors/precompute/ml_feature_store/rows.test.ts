import { describe, expect, it } from 'vitest';
import { computedRows, type MadeUpRow } from '../../../tests/support/computed-rows.ts';
import { datesBefore, finalGames } from '../../../tests/support/made-up-team-games.ts';
import { type FeatureName, features } from './features.ts';

const date = '2023-11-15';
const target = { date, seasonYear: 2023, seasonStart: '2023-10-24' };

/** A player of a game and the rows his features come from; what is left out is not there. */
interface Case {
  readonly player?: MadeUpRow;
  /** His games, newest first. */
  readonly games?: readonly MadeUpRow[];
  readonly cache?: MadeUpRow;
  readonly factors?: MadeUpRow;
  readonly zones?: MadeUpRow;
  /** Row of the opponent. */
  readonly defense?: MadeUpRow;
  /** Wins and losses of his team, newest first. */
  readonly record?: readonly boolean[];
}

/** Each case is a player of a team of his own, all in one query; rows in the order of the cases. */
async function storedRows(
  cases: readonly Case[],
  options: Readonly<Record<string, number>> = {},
): Promise<readonly MadeUpRow[]> {
  const rowOf =
    (given: (one: Case) => MadeUpRow | undefined, plain: (index: number) => MadeUpRow) =>
    (one: Case, index: number) => {
      const row = given(one);
      return row ? [{ ...plain(index), ...row }] : [];
    };
  const player = (index: number) => ({ universal_player_id: String(index) });
  const rows = await computedRows(
    'ml_feature_store',
    {
      upcoming_player_game_context: cases.map((one, index) => ({
        ...player(index),
        game_date: date,
        season_year: 2023,
        team_abbr: `T${index}`,
        opponent_team_abbr: `O${index}`,
        data_quality_issues: [],
        games_played_season: 12,
        ...one.player,
      })),
      player_daily_cache: cases.flatMap(
        rowOf(
          ({ cache }) => cache,
          (index) => ({ ...player(index), cache_date: date }),
        ),
      ),
      player_composite_factors: cases.flatMap(
        rowOf(
          ({ factors }) => factors,
          (index) => ({ ...player(index), game_date: date, missing_data_fields: [] }),
        ),
      ),
      player_shot_zone_analysis: cases.flatMap(
        rowOf(
          ({ zones }) => zones,
          (index) => ({ ...player(index), analysis_date: date, is_production_ready: true }),
        ),
      ),
      team_defense_zone_analysis: cases.flatMap(
        rowOf(
          ({ defense }) => defense,
          (index) => ({ team_abbr: `O${index}`, analysis_date: date, is_production_ready: true }),
        ),
      ),
      player_game_summary: cases.flatMap(({ games = [] }, index) =>
        datesBefore(games.length).map((game_date, game) => ({
          ...player(index),
          team_abbr: `T${index}`,
          season_year: 2023,
          game_date,
          is_active: true,
          ...games[game],
        })),
      ),
      team_offense_game_summary: cases.flatMap(({ record = [] }, index) =>
        datesBefore(record.length).map((game_date, game) => ({
          team_abbr: `T${index}`,
          season_year: 2023,
          game_date,
          win_flag: record[game] ?? false,
        })),
      ),
      schedule: finalGames('T0', datesBefore(10)).schedule,
    },
    [target],
    options,
  );
  const byId = new Map(rows.map((row) => [row['universal_player_id'], row]));
  return cases.map((_, index) => {
    const row = byId.get(String(index));
    if (!row) throw new Error(`no row for case ${index}`);
    return row as MadeUpRow;
  });
}

const positionOf = (name: FeatureName) => features.findIndex((feature) => feature.name === name);
const elementOf = (row: MadeUpRow, array: string, name: FeatureName) =>
  (row[array] as readonly (number | string)[])[positionOf(name)];

/** Value and source of a feature, `20.5 phase4`, for each case. */
async function featureOf(name: FeatureName, cases: readonly Case[]) {
  return (await storedRows(cases)).map(
    (row) => `${elementOf(row, 'features', name)} ${elementOf(row, 'feature_sources', name)}`,
  );
}

const scoring = (points: readonly number[], ftm: readonly number[] = []): readonly MadeUpRow[] =>
  points.map((scored, game) => ({ points: scored, ft_makes: ftm[game] ?? 0 }));

const fullPlayer = {
  days_rest: 2,
  opponent_days_rest: 1,
  back_to_back: false,
  home_game: true,
  season_phase: 'early',
  games_in_last_7_days: 3,
  player_status: 'available',
};
const fullCache = {
  points_avg_last_5: 20.5,
  points_avg_last_10: 20.2,
  points_avg_season: 19.8,
  points_std_last_10: 4.5,
  games_in_last_7_days: 3,
  minutes_avg_last_10: 32.5,
  minutes_avg_season: 31.5,
  team_pace_last_10: 101.2,
  team_off_rating_last_10: 114.5,
};
const full: Case = {
  player: fullPlayer,
  games: scoring([22, 19, 24, 18, 21, 20, 23, 17, 25, 19], [6, 4, 7, 5, 6, 5, 8, 4, 9, 5]),
  cache: fullCache,
  factors: {
    fatigue_score: 65,
    shot_zone_mismatch_score: 2.5,
    pace_score: 1.2,
    usage_spike_score: 0.8,
  },
  zones: { paint_rate_last_10: 32, mid_range_rate_last_10: 18, three_pt_rate_last_10: 35 },
  defense: { defensive_rating_last_15: 112.5, opponent_pace: 99.8 },
  record: [true, true, true, true, true, true, true, false, false, false],
};

describe('whole rows', () => {
  it('with everything there', async () => {
    const [row] = await storedRows([full]);
    expect(row).toMatchObject({
      features: [
        20.5, 20.2, 19.8, 4.5, 3, 65, 2.5, 1.2, 0.8, 1, 0, 0, 0, 112.5, 99.8, 1, 0, 0, 0.32, 0.18,
        0.35, 0.2837, 101.2, 114.5, 0.7,
      ],
      default_feature_indices: [],
      feature_quality_score: '98.44',
      data_quality_tier: 'high',
      feature_count: 25,
      feature_version: 'v1_baseline_25',
      is_home: true,
      days_rest: 2,
    });
    expect(row?.['feature_names']).toEqual(features.map(({ name }) => name));
    expect(row?.['feature_sources']).toEqual([
      ...Array.from({ length: 9 }, () => 'phase4'),
      ...['calculated', 'calculated', 'calculated', 'calculated', 'phase4', 'phase4'],
      ...['phase3', 'phase3', 'phase3', 'phase4', 'phase4', 'phase4'],
      ...['calculated', 'phase4', 'phase4', 'calculated'],
    ]);
  });

  it('with nothing known', async () => {
    const [row] = await storedRows([{}]);
    expect(row).toMatchObject({
      features: [
        10, 10, 10, 5, 3, 50, 0, 0, 0, 0, 0, 0, 0, 112, 100, 0, 0, 0, 0.3, 0.2, 0.35, 0.15, 100,
        112, 0.5,
      ],
      default_feature_indices: [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
      ],
      feature_quality_score: '40.00',
      data_quality_tier: 'low',
      is_home: null,
    });
    const stored = row?.['features'] as readonly number[] | undefined;
    expect(stored?.filter((value) => Object.is(value, -0))).toEqual([]);
  });

  const { cache: _cache, factors: _factors, zones: _zones, defense: _defense, ...analytics } = full;
  const factorsWithout = (...missing_data_fields: readonly string[]) => ({
    ...full.factors,
    missing_data_fields,
  });
  it.each<readonly [string, Case, readonly number[], string, string]>([
    [
      'no points in ten games',
      { ...full, games: scoring(Array.from({ length: 10 }, () => 0)) },
      [21],
      '69.00',
      'low',
    ],
    [
      "no row of the opponent's defence",
      {
        ...analytics,
        cache: fullCache,
        zones: { ...full.zones },
        factors: factorsWithout('team_defense_zone'),
      },
      [6, 13, 14],
      '69.00',
      'low',
    ],
    [
      'no composite factors',
      { ...analytics, cache: fullCache, zones: { ...full.zones }, defense: { ...full.defense } },
      [5, 6, 7, 8],
      '69.00',
      'low',
    ],
    [
      'no shot zones',
      { ...full, zones: { paint_rate_last_10: null }, factors: factorsWithout('player_shot_zone') },
      [6, 18, 19, 20],
      '69.00',
      'low',
    ],
    [
      'no precompute row at all',
      analytics,
      [3, 5, 6, 7, 8, 12, 13, 14, 18, 19, 20, 22, 23],
      '49.00',
      'low',
    ],
    [
      'usage unknown',
      { ...full, factors: factorsWithout('projected_usage_rate') },
      [8],
      '69.00',
      'low',
    ],
    [
      'pace unknown',
      { ...full, factors: factorsWithout('pace_differential') },
      [7],
      '69.00',
      'low',
    ],
    [
      'no injury reports',
      { ...full, player: { ...fullPlayer, player_status: null } },
      [10],
      '96.04',
      'high',
    ],
    [
      'home side unknown',
      { ...full, player: { ...fullPlayer, home_game: null } },
      [15],
      '69.00',
      'low',
    ],
  ])('with %s', async (_, given, defaults, score, tier) => {
    const [row] = await storedRows([given]);
    expect(row).toMatchObject({
      default_feature_indices: defaults,
      feature_quality_score: score,
      data_quality_tier: tier,
    });
  });

  it('names what is not there, or not ready', async () => {
    const [nothing, unready] = await storedRows([
      { player: { games_played_season: 6 } },
      {
        ...full,
        zones: { ...full.zones, is_production_ready: false },
        defense: { ...full.defense, is_production_ready: false },
      },
    ]);
    expect(nothing?.['data_quality_issues']).toEqual([
      'missing_upstream_games',
      'player_composite_factors_missing',
      'player_daily_cache_missing',
      'player_shot_zone_missing',
      'team_defense_zone_missing',
      'thin_window',
    ]);
    expect(unready?.['data_quality_issues']).toEqual([
      'player_shot_zone_not_ready',
      'team_defense_zone_not_ready',
    ]);
  });

  it('never reads an older row that happens to be the latest', async () => {
    const [row] = await storedRows([
      {
        ...full,
        cache: { ...fullCache, cache_date: '2023-11-14' },
        factors: { ...full.factors, game_date: '2023-11-14' },
        zones: { ...full.zones, analysis_date: '2023-11-14' },
        defense: { ...full.defense, analysis_date: '2023-11-14' },
      },
    ]);
    expect(row?.['default_feature_indices']).toEqual([
      3, 5, 6, 7, 8, 12, 13, 14, 18, 19, 20, 22, 23,
    ]);
  });
});

it('rest_advantage is clamped, and a default where a side is unknown or the opponent is idle', async () => {
  const days: readonly (readonly [number | null, number | null])[] = [
    [2, 1],
    [5, 1],
    [1, 3],
    [1, 1],
    [9, 8],
    [1, 9],
    [1, 30],
    [1, 31],
    [null, 1],
    [1, null],
  ];
  const found = await featureOf(
    'rest_advantage',
    days.map(([days_rest, opponent_days_rest]) => ({ player: { days_rest, opponent_days_rest } })),
  );
  expect(found).toEqual([
    '1 calculated',
    '2 calculated',
    '-2 calculated',
    '0 calculated',
    '1 calculated',
    '-2 calculated',
    '-2 calculated',
    '0 default',
    '0 default',
    '0 default',
  ]);
  const [idle] = await storedRows([
    { ...full, player: { ...fullPlayer, opponent_days_rest: 143 } },
  ]);
  expect(idle).toMatchObject({
    default_feature_indices: [9],
    data_quality_issues: ['opponent_idle_over_30_days'],
  });
});

it('injury_risk is by the status, and a default where no report is loaded for the date', async () => {
  const statuses: readonly (readonly [string, number])[] = [
    ['available', 0],
    ['', 0],
    ['Game Time Decision', 0],
    ['PROBABLE', 1],
    ['Questionable', 2],
    ['doubtful', 3],
    ['out', 3],
  ];
  const found = await featureOf(
    'injury_risk',
    [...statuses, [null]].map(([player_status]) => ({ player: { player_status } })),
  );
  expect(found).toEqual([...statuses.map(([, risk]) => `${risk} calculated`), '0 default']);
});

it('recent_trend compares the two newest games with the three before them', async () => {
  const vectors: readonly (readonly [readonly number[], string])[] = [
    [[25, 24, 26, 18, 17], '1 calculated'],
    [[17, 18, 16, 25, 26], '-1 calculated'],
    [[22, 21, 23, 22, 21], '0 calculated'],
    [[22, 19, 24, 18, 21], '0 calculated'],
    // t = 30, 29, 12, 11, -11, -12, -29, -30
    [[10, 0, 0, 0, 0], '2 calculated'],
    [[11, 0, 2, 0, 0], '1 calculated'],
    [[4, 0, 0, 0, 0], '1 calculated'],
    [[5, 0, 2, 0, 0], '0 calculated'],
    [[1, 0, 7, 0, 0], '0 calculated'],
    [[0, 0, 6, 0, 0], '-1 calculated'],
    [[1, 0, 16, 0, 0], '-1 calculated'],
    [[0, 0, 15, 0, 0], '-2 calculated'],
    // A sixth game is too old, four are too few.
    [[10, 0, 0, 0, 0, 90], '2 calculated'],
    [[30, 30, 0, 0], '0 default'],
    [[], '0 default'],
  ];
  const found = await featureOf(
    'recent_trend',
    vectors.map(([points]) => ({ games: scoring(points) })),
  );
  expect(found).toEqual(vectors.map(([, trend]) => trend));
});

it('minutes_change compares the last ten games with the season', async () => {
  const vectors: readonly (readonly [number, number, string])[] = [
    [36, 28, '2 calculated'],
    [32, 28, '1 calculated'],
    [30, 30, '0 calculated'],
    [24, 32, '-2 calculated'],
    [35.3, 30, '1 calculated'],
    [36, 30, '2 calculated'],
    [35.9, 30, '1 calculated'],
    [33, 30, '1 calculated'],
    [32.9, 30, '0 calculated'],
    [27.1, 30, '0 calculated'],
    [27, 30, '-1 calculated'],
    [24.1, 30, '-1 calculated'],
    [24, 30, '-2 calculated'],
    [0, 30, '0 default'],
    [30, 0, '0 default'],
  ];
  const found = await featureOf(
    'minutes_change',
    vectors.map(([minutes_avg_last_10, minutes_avg_season]) => ({
      cache: { minutes_avg_last_10, minutes_avg_season },
    })),
  );
  expect(found).toEqual(vectors.map(([, , change]) => change));
  expect(await featureOf('minutes_change', [{}])).toEqual(['0 default']);
});

it('pct_free_throw is a share of the points of the last ten games', async () => {
  const ten = (points: number, makes: number) =>
    scoring([points, ...Array.from({ length: 9 }, () => 0)], [makes]);
  const found = await featureOf('pct_free_throw', [
    { games: ten(263, 70) },
    { games: ten(148, 58) },
    { games: ten(208, 59) },
    { games: ten(50, 45) },
    { games: ten(50, 25) },
    { games: ten(0, 0) },
    { games: scoring([20, 20, 20, 20], [5, 5, 5, 5]) },
    { games: scoring([20, 20, 20, 20, 20], [5, 5, 5, 5, 5]) },
    { games: [...ten(100, 0), { points: 100, ft_makes: 50 }] },
  ]);
  expect(found).toEqual([
    '0.2662 calculated',
    '0.3919 calculated',
    '0.2837 calculated',
    '0.5 calculated',
    '0.5 calculated',
    '0.15 default',
    '0.15 default',
    '0.25 calculated',
    '0 calculated',
  ]);
});

it('team_win_pct needs five games', async () => {
  const record = (wins: number, games: number) =>
    Array.from({ length: games }, (_, game) => game < wins);
  const found = await featureOf('team_win_pct', [
    { record: record(6, 8) },
    { record: record(5, 11) },
    { record: record(5, 5) },
    { record: record(4, 4) },
    {},
  ]);
  expect(found).toEqual([
    '0.75 calculated',
    '0.4545 calculated',
    '1 calculated',
    '0.5 default',
    '0.5 default',
  ]);
});

it('shot shares are a percentage divided by 100 once', async () => {
  expect(
    await featureOf('pct_paint', [
      { zones: { paint_rate_last_10: 32 } },
      { zones: { paint_rate_last_10: 44.44 } },
      { zones: { paint_rate_last_10: null } },
      {},
    ]),
  ).toEqual(['0.32 phase4', '0.4444 phase4', '0.3 default', '0.3 default']);
});

describe('home, rest and phase of the season', () => {
  it.each<readonly [FeatureName, MadeUpRow, string]>([
    ['home_away', { home_game: true }, '1 phase3'],
    ['home_away', { home_game: false }, '0 phase3'],
    ['home_away', { home_game: null }, '0 default'],
    ['back_to_back', { back_to_back: true }, '1 phase3'],
    ['back_to_back', { back_to_back: false }, '0 phase3'],
    ['playoff_game', { season_phase: 'playoffs' }, '1 phase3'],
    ['playoff_game', { season_phase: 'play_in' }, '0 phase3'],
    ['playoff_game', { season_phase: 'late' }, '0 phase3'],
  ])('%s of %j is %s', async (name, player, value) => {
    expect(await featureOf(name, [{ player }])).toEqual([value]);
  });
});

describe('without a row of player_daily_cache', () => {
  const ten = scoring([20, 22, 24, 18, 21, 23, 19, 25, 20, 22]);
  const three = scoring([15, 18, 12]);

  it.each<readonly [FeatureName, readonly string[]]>([
    ['points_avg_last_5', ['21 phase3', '10 default', '10 default']],
    ['points_avg_last_10', ['21.4 phase3', '15 phase3', '10 default']],
    ['points_avg_season', ['21.4 phase3', '15 phase3', '10 default']],
    ['points_std_last_10', ['5 default', '5 default', '5 default']],
    ['games_in_last_7_days', ['2 phase3', '3 default', '3 default']],
    ['team_pace', ['100 default', '100 default', '100 default']],
  ])('%s falls back', async (name, expected) => {
    const found = await featureOf(name, [
      { games: ten, player: { games_in_last_7_days: 2 } },
      { games: three },
      {},
    ]);
    expect(found).toEqual(expected);
  });
});

describe('who gets a row', () => {
  const reasons = async (cases: readonly Case[], options: Readonly<Record<string, number>>) =>
    (await storedRows(cases, options)).map((row) => row['exclusion_reason']);
  const played = (games_played_season: number) => ({
    ...full,
    player: { ...fullPlayer, games_played_season },
  });

  it('from five games on, or as many as asked for', async () => {
    expect(await reasons([played(4), played(5)], {})).toEqual(['INSUFFICIENT_DATA', null]);
    expect(await reasons([played(9), played(10)], { min_games: 10 })).toEqual([
      'INSUFFICIENT_DATA',
      null,
    ]);
  });

  it('above a threshold of its own score', async () => {
    const lacking = { ...full, factors: { missing_data_fields: [] } };
    expect(await reasons([full, lacking, played(4)], { quality_threshold: 70 })).toEqual([
      null,
      'BELOW_QUALITY_THRESHOLD',
      'INSUFFICIENT_DATA',
    ]);
    expect(await reasons([lacking], { quality_threshold: 69 })).toEqual([null]);
  });
});
