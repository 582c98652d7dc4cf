import { describe, expect, it } from 'vitest';
import { computedRows, type MadeUpRow } from '../../../tests/support/computed-rows.ts';
import { datesBefore, finalGames } from '../../../tests/support/made-up-team-games.ts';

const date = '2023-11-15';
const target = { date, seasonYear: 2023, seasonStart: '2023-10-24' };

interface Cached {
  /** His games, newest first; other columns than points are those of a plain game. */
  readonly games: readonly MadeUpRow[];
  readonly player?: MadeUpRow;
  readonly zones?: MadeUpRow;
  /** Games of his team, newest first; ten plain ones unless given. */
  readonly team?: readonly MadeUpRow[];
  readonly options?: Readonly<Record<string, number>>;
}

const plainGame = {
  season_year: 2023,
  team_abbr: 'LAL',
  is_active: true,
  points: 20,
  seconds_played: 1800,
  fg_attempts: 15,
  ft_attempts: 4,
  usage_rate: 25,
};
const plainTeamGame = { season_year: 2023, team_abbr: 'LAL', pace: 100, offensive_rating: 115 };

/** Rows as of days before the date, newest first. */
const onDays = (rows: readonly MadeUpRow[], plain: MadeUpRow): readonly MadeUpRow[] =>
  datesBefore(rows.length).map((game_date, index) => ({ ...plain, game_date, ...rows[index] }));

async function cacheOf({ games, player, zones, team, options }: Cached): Promise<MadeUpRow> {
  const teamGames = onDays(team ?? Array.from({ length: 10 }, () => ({})), plainTeamGame);
  const rows = await computedRows(
    'player_daily_cache',
    {
      upcoming_player_game_context: [
        {
          universal_player_id: '7',
          game_date: date,
          season_year: 2023,
          team_abbr: 'LAL',
          data_quality_issues: [],
          games_played_season: games.filter((game) => game['is_active'] !== false).length,
          ...player,
        },
      ],
      player_game_summary: onDays(games, { ...plainGame, universal_player_id: '7' }),
      team_offense_game_summary: teamGames,
      player_shot_zone_analysis: zones
        ? [{ universal_player_id: '7', analysis_date: date, is_production_ready: true, ...zones }]
        : [],
      ...finalGames(
        'LAL',
        teamGames.map((game) => String(game['game_date'])),
      ),
    },
    [target],
    options,
  );
  expect(rows).toHaveLength(1);
  return rows[0] as MadeUpRow;
}

const scoring = (points: readonly number[]) => points.map((scored) => ({ points: scored }));

describe('points', () => {
  it('of ten games', async () => {
    const row = await cacheOf({ games: scoring([26, 27, 28, 29, 30, 31, 32, 33, 34, 35]) });
    expect(row).toMatchObject({
      points_avg_last_5: '28.0',
      points_avg_last_10: '30.5',
      points_avg_season: '30.5',
      points_std_last_10: '3.03',
      games_played_season: 10,
      early_season_flag: false,
      insufficient_data_reason: null,
      data_quality_tier: 'high',
      cache_version: 'v1',
    });
  });

  it('of six games that are all alike', async () => {
    expect(await cacheOf({ games: scoring([18, 18, 18, 18, 18, 18]) })).toMatchObject({
      points_avg_last_5: '18.0',
      points_avg_last_10: '18.0',
      points_std_last_10: '0.00',
      games_played_season: 6,
    });
  });

  it('of seven games, early in the season', async () => {
    const games = scoring([10, 12, 14, 16, 18, 20, 22]);
    expect(await cacheOf({ games, team: games.map(() => ({})) })).toMatchObject({
      points_avg_last_10: '16.0',
      points_std_last_10: '4.32',
      early_season_flag: true,
      insufficient_data_reason: 'only 7 games this season, window is 10',
      games_in_sample: 7,
      quality_score: '70.00',
      data_quality_tier: 'medium',
      data_quality_issues: ['player_shot_zone_missing', 'thin_window'],
    });
  });

  it('of eleven games: the oldest counts for the season alone', async () => {
    const row = await cacheOf({ games: scoring([...Array.from({ length: 10 }, () => 20), 31]) });
    expect(row).toMatchObject({ points_avg_last_10: '20.0', points_avg_season: '21.0' });
  });

  it('of one game have no deviation', async () => {
    const row = await cacheOf({ games: scoring([12]), options: { min_games: 1 } });
    expect(row).toMatchObject({ points_avg_last_5: '12.0', points_std_last_10: null });
  });

  it('leave out a game that he only watched', async () => {
    const watched = { points: 0, is_active: false, seconds_played: 0 };
    const row = await cacheOf({ games: [watched, ...scoring([20, 20, 20, 20, 20])] });
    expect(row).toMatchObject({ points_avg_last_5: '20.0', points_avg_season: '20.0' });
  });

  it('leave out another season, and the date itself', async () => {
    const games = [
      { points: 90, game_date: date },
      ...scoring([20, 20, 20, 20, 20]),
      { points: 90, season_year: 2022, game_date: '2023-04-09' },
    ];
    const row = await cacheOf({ games, player: { games_played_season: 5 } });
    expect(row).toMatchObject({ points_avg_last_5: '20.0', points_avg_season: '20.0' });
  });
});

describe('minutes, usage and shooting', () => {
  const five = (rows: readonly MadeUpRow[]) => [
    ...rows,
    ...Array.from({ length: Math.max(0, 5 - rows.length) }, () => rows[0] ?? {}),
  ];

  it('minutes are rounded once, from seconds', async () => {
    const row = await cacheOf({
      games: [1801, 1801, 1801, 1801, 1811].map((seconds_played) => ({ seconds_played })),
    });
    expect(row).toMatchObject({ minutes_avg_last_10: '30.1', minutes_avg_season: '30.1' });
  });

  it.each([
    ['all alike', [30.5, 30.5, 30.5, 30.5, 30.5], '30.50'],
    ['one unknown', [30, null, 20, 30, 20], '25.00'],
    ['none known', [null, null, null, null, null], null],
  ])('usage, %s', async (_, usages, mean) => {
    const row = await cacheOf({ games: usages.map((usage_rate) => ({ usage_rate })) });
    expect(row).toMatchObject({ usage_rate_last_10: mean, player_usage_rate_season: mean });
  });

  it('true shooting is pooled, not a mean of games', async () => {
    const none = { points: 0, fg_attempts: 0, ft_attempts: 0 };
    const games = five([
      { points: 10, fg_attempts: 5, ft_attempts: 0 },
      { points: 0, fg_attempts: 5, ft_attempts: 0 },
      none,
      none,
      none,
    ]);
    expect(await cacheOf({ games })).toMatchObject({ ts_pct_last_10: '0.500' });
    expect(await cacheOf({ games: five([none]) })).toMatchObject({ ts_pct_last_10: null });
  });
});

describe('team', () => {
  const fivePlain = scoring([20, 20, 20, 20, 20]);

  it('pace and rating are means of its last ten games', async () => {
    const team = [
      ...Array.from({ length: 10 }, (_, game) => ({ pace: 100 + game })),
      { pace: 150 },
    ];
    expect(await cacheOf({ games: fivePlain, team })).toMatchObject({
      team_pace_last_10: '104.5',
      team_off_rating_last_10: '115.00',
    });
  });

  it('are NULL without any game, which is named', async () => {
    const row = await cacheOf({ games: fivePlain, team: [] });
    expect(row).toMatchObject({ team_pace_last_10: null, team_off_rating_last_10: null });
    expect(row['data_quality_issues']).toContain('no_team_games');
  });

  it('games that nobody summed up are missing, not replaced by older ones', async () => {
    const row = await cacheOf({ games: fivePlain });
    expect(row).toMatchObject({
      expected_games_count: 10,
      actual_games_count: 5,
      completeness_percentage: '50.0',
      missing_games_count: 5,
      is_production_ready: false,
    });
    expect(row['data_quality_issues']).toContain('missing_upstream_games');
  });
});

describe('copies', () => {
  const games = scoring([20, 20, 20, 20, 20]);

  it('the workload as it is', async () => {
    const player = {
      games_in_last_7_days: 3,
      games_in_last_14_days: 6,
      minutes_in_last_7_days: '101.3',
      minutes_in_last_14_days: '200.4',
      avg_minutes_per_game_last_7: '33.8',
      back_to_backs_last_14_days: 1,
      player_age: 39,
    };
    expect(await cacheOf({ games, player })).toMatchObject(player);
  });

  it('his shot zones as they are', async () => {
    const zones = {
      primary_scoring_zone: 'paint',
      paint_rate_last_10: '44.44',
      mid_range_rate_last_10: '22.22',
      three_pt_rate_last_10: '33.33',
      assisted_rate_last_10: '66.67',
    };
    const row = await cacheOf({ games, zones: { ...zones, total_shots_last_10: 90 } });
    expect(row).toMatchObject(zones);
    expect(row['data_quality_issues']).toEqual(['missing_upstream_games', 'thin_window']);
  });

  it.each(['40.00', '100.00', '0.00', null])('an assisted rate of %s too', async (rate) => {
    const row = await cacheOf({ games, zones: { assisted_rate_last_10: rate } });
    expect(row['assisted_rate_last_10']).toBe(rate);
  });

  it.each([
    ['no row of zones', undefined, 'player_shot_zone_missing'],
    ['a row without zones', { games_with_shot_zones: 2 }, 'no_shot_zones'],
    ['a row with zones and no shot', { total_shots_last_10: 0 }, 'zero_attempts'],
    [
      'a row that is not ready',
      { is_production_ready: false, total_shots_last_10: 90 },
      'player_shot_zone_not_ready',
    ],
  ])('keeps the row with %s', async (_, zones, issue) => {
    const row = await cacheOf({ games, ...(zones && { zones }) });
    expect(row).toMatchObject({ primary_scoring_zone: null, paint_rate_last_10: null });
    const aboutZones = row['data_quality_issues'];
    expect(aboutZones).toEqual(['missing_upstream_games', 'thin_window', issue].toSorted());
    expect(row['exclusion_reason']).toBeNull();
  });
});

it.each([
  [4, {}, 'INSUFFICIENT_DATA'],
  [5, {}, null],
  [6, { quality_threshold: 70 }, 'BELOW_QUALITY_THRESHOLD'],
  [7, { quality_threshold: 70 }, null],
])('%d games with %j: %s', async (count, options, reason) => {
  const games = Array.from({ length: count }, () => ({}));
  expect(await cacheOf({ games, options })).toMatchObject({ exclusion_reason: reason });
});
