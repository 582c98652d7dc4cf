import { describe, expect, it } from 'vitest';
import { computedRows, type MadeUpRow } from '../../../tests/support/computed-rows.ts';
import { datesBefore, finalGames } from '../../../tests/support/made-up-team-games.ts';

const date = '2023-11-15';
const target = { date, seasonYear: 2023, seasonStart: '2023-10-24' };

/** A player of a game, with the zone rows that belong to him and to his opponent. */
interface Case {
  readonly player?: MadeUpRow;
  /** His row of player_shot_zone_analysis; `undefined` for none. */
  readonly zones?: MadeUpRow;
  /** The row of team_defense_zone_analysis of his opponent; `undefined` for none. */
  readonly defense?: MadeUpRow;
}

const rested: MadeUpRow = {
  days_rest: 2,
  back_to_back: false,
  games_in_last_7_days: 3,
  minutes_in_last_7_days: 200,
  avg_minutes_per_game_last_7: 30,
  back_to_backs_last_14_days: 0,
  player_age: 25,
  pace_differential: 0,
  projected_usage_rate: 25,
  avg_usage_rate_last_7_games: 25,
  games_played_season: 12,
};

/** A player's zones: his favourite one and the share of his shots from there. */
function shoots(zone: string | null, rate: number): MadeUpRow {
  const column = {
    paint: 'paint',
    balanced: 'paint',
    mid_range: 'mid_range',
    perimeter: 'three_pt',
  }[zone ?? 'paint'];
  return {
    primary_scoring_zone: zone,
    [`${column}_rate_last_10`]: zone === null ? null : rate,
    is_production_ready: true,
  };
}

/** A defence that allows this much more than the league in every zone. */
function allows(versus: number): MadeUpRow {
  return {
    paint_defense_vs_league_avg: versus,
    mid_range_defense_vs_league_avg: versus,
    three_pt_defense_vs_league_avg: versus,
    paint_attempts_allowed_per_game: 40,
    is_production_ready: true,
  };
}

/** All cases in one query, each against an opponent of its own; rows in the order of the cases. */
async function factorsOf(
  cases: readonly Case[],
  options: Readonly<Record<string, number>> = {},
): Promise<readonly MadeUpRow[]> {
  const rows = await computedRows(
    'player_composite_factors',
    {
      upcoming_player_game_context: cases.map(({ player }, index) => ({
        universal_player_id: String(index),
        game_date: date,
        season_year: 2023,
        team_abbr: 'LAL',
        opponent_team_abbr: `T${index}`,
        data_quality_issues: [],
        ...rested,
        ...player,
      })),
      player_shot_zone_analysis: cases.flatMap(({ zones }, index) =>
        zones ? [{ universal_player_id: String(index), analysis_date: date, ...zones }] : [],
      ),
      team_defense_zone_analysis: cases.flatMap(({ defense }, index) =>
        defense ? [{ team_abbr: `T${index}`, analysis_date: date, ...defense }] : [],
      ),
      schedule: finalGames('LAL', datesBefore(10)).schedule,
      player_game_summary: datesBefore(9).map((day) => ({ team_abbr: 'LAL', game_date: day })),
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

const columnOf = async (name: string, cases: readonly Case[]) =>
  (await factorsOf(cases)).map((row) => row[name]);

describe('fatigue_score', () => {
  const everyRule = {
    days_rest: 1,
    back_to_back: true,
    games_in_last_7_days: 4,
    minutes_in_last_7_days: 250,
    avg_minutes_per_game_last_7: 35.1,
    back_to_backs_last_14_days: 2,
    player_age: 38,
  };
  const workload = { games_in_last_7_days: 4, back_to_backs_last_14_days: 1, player_age: 30 };
  const nothing = Object.fromEntries(Object.keys(everyRule).map((name) => [name, null]));
  const vectors: readonly (readonly [string, MadeUpRow, number])[] = [
    ['rested', {}, 100],
    ['days_rest 1 is a back-to-back', { days_rest: 1, back_to_back: true }, 85],
    ['extra rest does not lift it above 100', { days_rest: 3 }, 100],
    ['4 games in 7 days', { games_in_last_7_days: 4 }, 90],
    ['240.0 minutes', { minutes_in_last_7_days: 240 }, 100],
    ['240.1 minutes', { minutes_in_last_7_days: 240.1 }, 90],
    ['35.0 minutes a game', { avg_minutes_per_game_last_7: 35 }, 100],
    ['35.1 minutes a game', { avg_minutes_per_game_last_7: 35.1 }, 92],
    ['1 back-to-back', { back_to_backs_last_14_days: 1 }, 95],
    ['2 back-to-backs', { back_to_backs_last_14_days: 2 }, 88],
    ['3 back-to-backs', { back_to_backs_last_14_days: 3 }, 88],
    ['age 29', { player_age: 29 }, 100],
    ['age 30', { player_age: 30 }, 95],
    ['age 34', { player_age: 34 }, 95],
    ['age 35', { player_age: 35 }, 90],
    ['age unknown', { player_age: null }, 100],
    [
      '250 minutes, 35.0 a game',
      { minutes_in_last_7_days: 250, avg_minutes_per_game_last_7: 35 },
      90,
    ],
    ['three rules, rest 2', workload, 80],
    ['three rules, rest 3', { ...workload, days_rest: 3 }, 85],
    ['three rules, rest 1', { ...workload, days_rest: 1, back_to_back: true }, 65],
    ['every rule', everyRule, 35],
    [
      'every rule but minutes and age',
      { ...everyRule, minutes_in_last_7_days: 200, player_age: 25 },
      55,
    ],
    ['nothing known', nothing, 100],
  ];

  it('follows the rules', async () => {
    const scores = await columnOf(
      'fatigue_score',
      vectors.map(([, player]) => ({ player })),
    );
    expect(vectors.map(([name], index) => [name, scores[index]])).toEqual(
      vectors.map(([name, , score]) => [name, score]),
    );
  });

  it('comes with its adjustment and the rules in their order', async () => {
    const [rest, age, three, all, extra] = await factorsOf([
      {},
      { player: { player_age: 30 } },
      { player: workload },
      { player: everyRule },
      { player: { ...workload, days_rest: 3 } },
    ]);
    expect(rest).toMatchObject({ fatigue_adjustment: '0.00', fatigue_factors: [] });
    expect(age).toMatchObject({ fatigue_adjustment: '-0.25', fatigue_factors: ['age:-5'] });
    expect(three).toMatchObject({ fatigue_adjustment: '-1.00' });
    expect(all).toMatchObject({
      fatigue_adjustment: '-3.25',
      fatigue_factors: [
        'back_to_back:-15',
        'games_in_7_days:-10',
        'minutes_in_7_days:-10',
        'minutes_per_game:-8',
        'back_to_backs_in_14_days:-12',
        'age:-10',
      ],
    });
    expect(extra?.['fatigue_factors']).toEqual([
      'extra_rest:+5',
      'games_in_7_days:-10',
      'back_to_backs_in_14_days:-5',
      'age:-5',
    ]);
  });
});

describe('shot_zone_mismatch_score', () => {
  it.each([
    ['paint', 65, 4.3, '4.3'],
    ['paint', 65, -3.8, '-3.8'],
    ['paint', 70, 6, '7.2'],
    ['paint', 25, 4, '2.0'],
    ['paint', 50, 5, '5.0'],
    ['paint', 50, 5.01, '6.0'],
    ['paint', 40, 6.25, '5.0'],
    ['paint', 40, 6.26, '6.0'],
    ['perimeter', 65, 3.5, '3.5'],
    ['perimeter', 80, 15, '10.0'],
    ['perimeter', 80, -15, '-10.0'],
    ['mid_range', 45, 2.1, '1.9'],
    ['balanced', 35, 4, '2.8'],
  ])('%s, %d %% of his shots, the defence at %d: %s', async (zone, rate, versus, score) => {
    const [row] = await factorsOf([{ zones: shoots(zone, rate), defense: allows(versus) }]);
    expect(row).toMatchObject({
      shot_zone_mismatch_score: score,
      mismatch_zone: zone === 'balanced' ? 'paint' : zone,
      mismatch_zone_rate: rate.toFixed(2),
      mismatch_defense_vs_league_avg: versus.toFixed(2),
      missing_data_fields: [],
    });
  });

  it('reads the defence of his own zone', async () => {
    const defense = {
      paint_defense_vs_league_avg: 1,
      mid_range_defense_vs_league_avg: 2,
      three_pt_defense_vs_league_avg: 3,
      paint_attempts_allowed_per_game: 40,
    };
    const zones = ['paint', 'mid_range', 'perimeter', 'balanced'];
    const scores = await columnOf(
      'shot_zone_mismatch_score',
      zones.map((zone) => ({ zones: shoots(zone, 50), defense })),
    );
    expect(scores).toEqual(['1.0', '2.0', '3.0', '1.0']);
  });

  it('is 0 and missing where a side is unknown', async () => {
    const unknown = { shot_zone_mismatch_score: '0.0', mismatch_type: null };
    const noShots = { paint_attempts_allowed_per_game: null, is_production_ready: true };
    const [noRow, noZone, noDefense, noValue, nothing] = await factorsOf([
      { defense: allows(4) },
      { zones: shoots(null, 0), defense: allows(4) },
      { zones: shoots('paint', 60) },
      {
        zones: shoots('mid_range', 60),
        defense: { ...allows(4), mid_range_defense_vs_league_avg: null },
      },
      { defense: noShots },
    ]);
    expect(noRow).toMatchObject({ ...unknown, missing_data_fields: ['player_shot_zone'] });
    expect(noRow?.['data_quality_issues']).toContain('player_shot_zone_missing');
    expect(noZone).toMatchObject({ ...unknown, missing_data_fields: ['player_shot_zone'] });
    expect(noZone?.['data_quality_issues']).not.toContain('player_shot_zone_missing');
    expect(noDefense).toMatchObject({
      ...unknown,
      mismatch_zone: 'paint',
      mismatch_zone_rate: '60.00',
      missing_data_fields: ['team_defense_zone'],
    });
    expect(noDefense?.['data_quality_issues']).toContain('team_defense_zone_missing');
    expect(noValue).toMatchObject({ ...unknown, missing_data_fields: ['team_defense_zone'] });
    expect(nothing).toMatchObject({
      ...unknown,
      missing_data_fields: ['player_shot_zone', 'team_defense_zone'],
    });
  });

  it('has a word from the stored score', async () => {
    const words = await columnOf(
      'mismatch_type',
      [2.04, 2.05, -2.04, -2.05, 0].map((versus) => ({
        zones: shoots('paint', 50),
        defense: allows(versus),
      })),
    );
    expect(words).toEqual(['neutral', 'favorable', 'neutral', 'unfavorable', 'neutral']);
  });
});

it.each([
  [3.5, '1.8', 'fast'],
  [-4, '-2.0', 'slow'],
  [0, '0.0', 'normal'],
  [5.9, '3.0', 'fast'],
  [6, '3.0', 'fast'],
  [10, '3.0', 'fast'],
  [-10, '-3.0', 'slow'],
  [2, '1.0', 'normal'],
  [null, '0.0', null],
])('a pace differential of %d scores %s', async (differential, score, environment) => {
  const [row] = await factorsOf([{ player: { pace_differential: differential } }]);
  expect(row).toMatchObject({ pace_score: score, pace_environment: environment });
  const missing = row?.['missing_data_fields'];
  expect(missing).toEqual(
    differential === null
      ? ['pace_differential', 'player_shot_zone', 'team_defense_zone']
      : ['player_shot_zone', 'team_defense_zone'],
  );
});

it.each([
  [26, 25, 0, '0.3', 'stable'],
  [20, 25, 0, '-1.5', 'drop'],
  [30, 25, 1, '1.7', 'spike'],
  [30, 25, 2, '2.0', 'spike'],
  [30, 25, 3, '2.0', 'spike'],
  [20, 25, 2, '-1.5', 'drop'],
  [25, 0, 0, '0.0', 'spike'],
  [50, 20, 0, '3.0', 'spike'],
  [10, 40, 0, '-3.0', 'drop'],
  [28.5, 27, 1, '0.5', 'stable'],
  [28.5, 27, null, '0.5', 'stable'],
  [null, 27, 0, '0.0', null],
  [28.5, null, 0, '0.0', null],
])(
  'usage %d after %d with %d stars out scores %s',
  async (projected, average, stars, score, trend) => {
    const [row] = await factorsOf([
      {
        player: {
          projected_usage_rate: projected,
          avg_usage_rate_last_7_games: average,
          star_teammates_out: stars,
        },
      },
    ]);
    expect(row).toMatchObject({ usage_spike_score: score, usage_trend: trend });
    const isMissing = projected === null || average === null;
    expect(row?.['missing_data_fields']).toEqual([
      ...(isMissing ? ['projected_usage_rate'] : []),
      'player_shot_zone',
      'team_defense_zone',
    ]);
  },
);

describe('whole rows', () => {
  it('rested star', async () => {
    const [row] = await factorsOf([
      {
        player: {
          minutes_in_last_7_days: 175,
          avg_minutes_per_game_last_7: 29.2,
          player_age: 28,
          pace_differential: 3.5,
          projected_usage_rate: 26,
        },
        zones: shoots('paint', 65),
        defense: allows(4.3),
      },
    ]);
    expect(row).toMatchObject({
      fatigue_score: 100,
      shot_zone_mismatch_score: '4.3',
      pace_score: '1.8',
      usage_spike_score: '0.3',
      total_composite_adjustment: '6.35',
      data_completeness_pct: '100.0',
      calculation_version: 'v1_4factors',
      has_warnings: false,
      warning_details: [],
    });
  });

  const guard = {
    days_rest: 1,
    back_to_back: true,
    minutes_in_last_7_days: 190,
    avg_minutes_per_game_last_7: 31.7,
    player_age: 32,
    pace_differential: 4,
    projected_usage_rate: 28.5,
    avg_usage_rate_last_7_games: 27,
    star_teammates_out: 1,
  };
  const guarded = { zones: shoots('perimeter', 65), defense: allows(-3.2) };

  it('guard, tired and rested', async () => {
    const [tired, fresh] = await factorsOf([
      { player: guard, ...guarded },
      { player: { ...guard, days_rest: 2, back_to_back: false }, ...guarded },
    ]);
    expect(tired).toMatchObject({
      fatigue_score: 80,
      shot_zone_mismatch_score: '-3.2',
      mismatch_type: 'unfavorable',
      pace_score: '2.0',
      usage_spike_score: '0.5',
      total_composite_adjustment: '-1.68',
    });
    expect(fresh).toMatchObject({ fatigue_score: 95, total_composite_adjustment: '-0.93' });
  });

  it('veteran', async () => {
    const [row] = await factorsOf([
      {
        player: {
          days_rest: 1,
          back_to_back: true,
          games_in_last_7_days: 4,
          minutes_in_last_7_days: 250,
          avg_minutes_per_game_last_7: 36.5,
          back_to_backs_last_14_days: 2,
          player_age: 35,
          pace_differential: -2,
          projected_usage_rate: 30,
          avg_usage_rate_last_7_games: 28,
          star_teammates_out: 2,
        },
        zones: shoots('mid_range', 45),
        defense: allows(2.1),
      },
    ]);
    expect(row).toMatchObject({
      fatigue_score: 35,
      shot_zone_mismatch_score: '1.9',
      pace_score: '-1.0',
      usage_spike_score: '0.8',
      total_composite_adjustment: '-1.58',
      has_warnings: true,
      warning_details: ['EXTREME_FATIGUE'],
    });
  });

  it('exhausted, without shot zones', async () => {
    const [row] = await factorsOf([
      {
        player: {
          days_rest: 1,
          back_to_back: true,
          games_in_last_7_days: 5,
          minutes_in_last_7_days: 300,
          avg_minutes_per_game_last_7: 40,
          back_to_backs_last_14_days: 3,
          player_age: 38,
        },
        defense: allows(4),
      },
    ]);
    expect(row).toMatchObject({
      fatigue_score: 35,
      shot_zone_mismatch_score: '0.0',
      pace_score: '0.0',
      usage_spike_score: '0.0',
      total_composite_adjustment: '-3.25',
      data_completeness_pct: '80.0',
      missing_data_fields: ['player_shot_zone'],
    });
  });

  it('usage and the defence missing', async () => {
    const [row] = await factorsOf([
      { player: { projected_usage_rate: null }, zones: shoots('paint', 60) },
    ]);
    expect(row).toMatchObject({
      fatigue_score: 100,
      shot_zone_mismatch_score: '0.0',
      usage_spike_score: '0.0',
      data_completeness_pct: '60.0',
      missing_data_fields: ['projected_usage_rate', 'team_defense_zone'],
    });
  });

  it('nothing known at all', async () => {
    const [row] = await factorsOf([
      {
        player: {
          ...Object.fromEntries(Object.keys(rested).map((name) => [name, null])),
          games_played_season: 6,
        },
      },
    ]);
    expect(row).toMatchObject({
      total_composite_adjustment: '0.00',
      data_completeness_pct: '0.0',
      missing_data_fields: [
        'days_rest',
        'projected_usage_rate',
        'pace_differential',
        'player_shot_zone',
        'team_defense_zone',
      ],
    });
  });
});

describe('warnings go by what is stored', () => {
  const tired = { days_rest: 1, back_to_back: true, games_in_last_7_days: 4 };
  const usage = (difference: number) => ({
    projected_usage_rate: 25 + difference,
    avg_usage_rate_last_7_games: 25,
  });
  it.each([
    [
      'fatigue 45, mismatch 2.0, total -2.00',
      {
        ...tired,
        avg_minutes_per_game_last_7: 36,
        back_to_backs_last_14_days: 2,
        player_age: 35,
        pace_differential: -2.5,
      },
      2,
      ['EXTREME_FATIGUE'],
    ],
    [
      'fatigue 80, mismatch 9.0, total 5.00',
      { back_to_backs_last_14_days: 1, back_to_back: true, days_rest: 1, pace_differential: -6 },
      7.5,
      ['EXTREME_MATCHUP'],
    ],
    [
      'fatigue 100, mismatch 8.0, total 13.49',
      { pace_differential: 6, ...usage(8.3) },
      6.67,
      ['EXTREME_ADJUSTMENT'],
    ],
    [
      'fatigue 50, mismatch 8.0, total 11.50',
      {
        ...tired,
        minutes_in_last_7_days: 250,
        back_to_backs_last_14_days: 1,
        player_age: 35,
        pace_differential: 6,
        ...usage(20),
      },
      6.67,
      [],
    ],
    ['fatigue 100, mismatch 7.9, total 12.00', { pace_differential: 6, ...usage(3.6) }, 6.6, []],
    ['fatigue 100, mismatch 8.1, total 8.05', {}, 6.71, ['EXTREME_MATCHUP']],
    [
      'fatigue 100, mismatch -10.0, total -13.00',
      { pace_differential: -6 },
      -15,
      ['EXTREME_MATCHUP', 'EXTREME_ADJUSTMENT'],
    ],
  ])('%s', async (summary, player, versus, warnings) => {
    const [row] = await factorsOf([
      { player, zones: shoots('paint', 50), defense: allows(versus) },
    ]);
    expect(
      `fatigue ${row?.['fatigue_score']}, mismatch ${row?.['shot_zone_mismatch_score']}, total ${row?.['total_composite_adjustment']}`,
    ).toBe(summary);
    expect(row).toMatchObject({ warning_details: warnings, has_warnings: warnings.length > 0 });
  });
});

describe('who gets a row, and from how much', () => {
  const games = (count: number) => ({ player: { games_played_season: count } });
  const exclusions = async (options: Readonly<Record<string, number>>, counts: readonly number[]) =>
    (await factorsOf(counts.map(games), options)).map((row) => row['exclusion_reason']);

  it('from five games on, or as many as asked for', async () => {
    expect(await exclusions({}, [4, 5])).toEqual(['INSUFFICIENT_DATA', null]);
    expect(await exclusions({ min_games: 10 }, [9, 10])).toEqual(['INSUFFICIENT_DATA', null]);
  });

  it('above a quality threshold', async () => {
    expect(await exclusions({ quality_threshold: 75 }, [4, 7, 8, 30])).toEqual([
      'INSUFFICIENT_DATA',
      'BELOW_QUALITY_THRESHOLD',
      null,
      null,
    ]);
  });

  it('with the size of his sample and the completeness of his team', async () => {
    const [few, many] = await factorsOf([games(7), games(30)]);
    expect(few).toMatchObject({
      games_in_sample: 7,
      quality_score: '70.00',
      data_quality_tier: 'medium',
      early_season_flag: true,
      insufficient_data_reason: 'only 7 games this season, window is 10',
      expected_games_count: 10,
      actual_games_count: 9,
      completeness_percentage: '90.0',
      missing_games_count: 1,
      is_production_ready: true,
    });
    expect(few?.['data_quality_issues']).toEqual([
      'missing_upstream_games',
      'player_shot_zone_missing',
      'team_defense_zone_missing',
      'thin_window',
    ]);
    expect(many).toMatchObject({
      games_in_sample: 10,
      quality_score: '100.00',
      data_quality_tier: 'high',
      early_season_flag: false,
      insufficient_data_reason: null,
    });
  });

  it('is not production ready over a long break', async () => {
    const [row] = await factorsOf([{ player: { data_quality_issues: ['long_break_in_window'] } }]);
    expect(row).toMatchObject({ completeness_percentage: '90.0', is_production_ready: false });
    expect(row?.['data_quality_issues']).toContain('long_break_in_window');
  });

  it('names rows of the date that are not ready', async () => {
    const [row] = await factorsOf([
      {
        zones: { ...shoots('paint', 50), is_production_ready: false },
        defense: { ...allows(1), is_production_ready: false },
      },
    ]);
    expect(row?.['data_quality_issues']).toEqual([
      'missing_upstream_games',
      'player_shot_zone_not_ready',
      'team_defense_zone_not_ready',
    ]);
  });
});
