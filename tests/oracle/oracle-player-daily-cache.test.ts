import { describe, expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import { cell } from './canonical-row.ts';
import type { RowsOfDate } from './common-columns.ts';
import { pickColumns } from './find-row.ts';
import type { Values } from './made-up-contexts.ts';
import { playerContext, playerZonesRow } from './made-up-contexts.ts';
import type { PlayedFigures, PlayedGame } from './made-up-seasons.ts';
import { gameBefore, gamesOf, offenseRow, playerRow } from './made-up-seasons.ts';
import { oraclePlayerDailyCache } from './oracle-player-daily-cache.ts';

const OPTIONS = { minGames: 5, qualityThreshold: 0 };

interface Situation {
  readonly played: readonly PlayedGame[];
  readonly context?: Values;
  /** Null for no row. */
  readonly zones?: Values | null;
  readonly offenseRows?: readonly Row[];
}

function tableOf(situation: Situation, options = OPTIONS): RowsOfDate {
  const { played, zones = {} } = situation;
  const context = { games_played_season: String(played.length), ...situation.context };
  return oraclePlayerDailyCache(
    {
      games: gamesOf(played.map(({ game }) => game)),
      playerContexts: [playerContext(context)],
      playerZones: zones ? [playerZonesRow(zones)] : [],
      playerRows: played.map(playerRow),
      offenseRows: situation.offenseRows ?? [],
    },
    options,
  );
}

function rowOf(situation: Situation, options = OPTIONS): Row {
  const [row] = tableOf(situation, options).rows;
  if (!row) throw new Error('the player has no row');
  return row;
}

/** One game a day, the newest first, with these figures. */
function games(figures: readonly Partial<PlayedFigures>[]): readonly PlayedGame[] {
  return figures.map((values, index) => ({
    game: gameBefore(index + 1),
    zones: null,
    figures: values,
  }));
}

function withPoints(points: readonly number[]): readonly PlayedGame[] {
  return games(points.map((value) => ({ points: value })));
}

describe('points', () => {
  const columns = `points_avg_last_5 points_avg_last_10 points_avg_season points_std_last_10
    games_played_season`;

  test.each([
    [[26, 27, 28, 29, 30, 31, 32, 33, 34, 35], '28.0 30.5 30.5 3.03 10'],
    [[18, 18, 18, 18, 18, 18], '18.0 18.0 18.0 0.00 6'],
    [[10, 12, 14, 16, 18, 20, 22], '14.0 16.0 16.0 4.32 7'],
    [[26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 80, 80], '28.0 30.5 38.8 3.03 12'],
    [[0, 0, 0, 0, 0], '0.0 0.0 0.0 0.00 5'],
  ])('%j', (points, expected) => {
    expect(pickColumns(rowOf({ played: withPoints(points) }), columns)).toBe(expected);
  });

  test('one game has no deviation', () => {
    const row = rowOf({ played: withPoints([20]) }, { ...OPTIONS, minGames: 1 });
    expect(pickColumns(row, columns)).toBe('20.0 20.0 20.0 \\N 1');
  });
});

test('minutes of the last ten games and of the season', () => {
  const seconds = [...Array.from({ length: 10 }, () => 2169), 0, 1200];
  const row = rowOf({ played: games(seconds.map((value) => ({ seconds: value }))) });
  // 2,169 seconds are 36.15 minutes; the season has 22,890 in twelve games, 31.79 minutes a game.
  expect(pickColumns(row, 'minutes_avg_last_10 minutes_avg_season')).toBe('36.2 31.8');
});

test.each([
  [[305, 305, 305, 305, 305], '30.50 30.50'],
  [[300, null, 200, null, null], '25.00 25.00'],
  [[null, null, null, null, null], '\\N \\N'],
  [[...Array.from({ length: 10 }, () => 200), 530], '20.00 23.00'],
  [[...Array.from({ length: 10 }, () => null), 530], '\\N 53.00'],
])('usages of %j tenths', (usages, expected) => {
  const row = rowOf({ played: games(usages.map((usageTenths) => ({ usageTenths }))) });
  expect(pickColumns(row, 'usage_rate_last_10 player_usage_rate_season')).toBe(expected);
});

describe('true shooting', () => {
  const none = { points: 0, fieldGoalAttempts: 0, freeThrowAttempts: 0 };

  test.each([
    [
      [
        { ...none, points: 10, fieldGoalAttempts: 5 },
        { ...none, fieldGoalAttempts: 5 },
      ],
      '0.500',
    ],
    [[{ ...none, points: 2, freeThrowAttempts: 2 }], '1.136'],
    [[], '\\N'],
    [[{ ...none, points: 10, fieldGoalAttempts: null, freeThrowAttempts: 10 }], '1.136'],
  ])('is pooled over %j', (figures, expected) => {
    const rest = Array.from({ length: 10 - figures.length }, () => none);
    const older = { points: 40, fieldGoalAttempts: 1 };
    const row = rowOf({ played: games([...figures, ...rest, older]) });
    expect(cell(row, 'ts_pct_last_10')).toBe(expected);
  });
});

describe('the team', () => {
  const columns = 'team_pace_last_10 team_off_rating_last_10';
  const played = withPoints(Array.from({ length: 11 }, () => 20));
  const offenseRows = played.map(({ game }, index) =>
    offenseRow({
      game,
      team: 'BOS',
      paceTenths: index < 10 ? 1000 + 10 * index : 5000,
      ratingHundredths: 11_500,
    }),
  );

  test('means of its last ten games', () => {
    expect(pickColumns(rowOf({ played, offenseRows }), columns)).toBe('104.5 115.00');
  });

  test('a game without a row lowers the sample, and no earlier one takes its place', () => {
    const row = rowOf({ played, offenseRows: offenseRows.slice(1) });
    expect(pickColumns(row, columns)).toBe('105.0 115.00');
    expect(pickColumns(rowOf({ played }), `${columns} data_quality_issues`)).toBe('\\N \\N []');
  });

  test('the team is the one he is expected to play for', () => {
    const row = rowOf({ played, offenseRows, context: { team_abbr: 'DEN' } });
    expect(pickColumns(row, `team_abbr ${columns} data_quality_issues`)).toBe(
      'DEN \\N \\N [no_team_games]',
    );
  });
});

describe('what is copied', () => {
  const played = withPoints(Array.from({ length: 10 }, () => 20));

  test('from the context', () => {
    const columns = `universal_player_id player_lookup player_full_name cache_date season_year
      game_id team_abbr opponent_team_abbr games_in_last_7_days games_in_last_14_days
      minutes_in_last_7_days minutes_in_last_14_days avg_minutes_per_game_last_7
      back_to_backs_last_14_days player_age cache_version`;
    const context = { avg_minutes_per_game_last_7: '\\N', minutes_in_last_7_days: '99.9' };
    expect(pickColumns(rowOf({ played, context }), columns)).toBe(
      '1 player1 Player 1 2025-01-20 2024 20250120_MIA_BOS BOS MIA 3 6 99.9 300.0 \\N 0 25 v1',
    );
  });

  const zoneColumns = `primary_scoring_zone paint_rate_last_10 mid_range_rate_last_10
    three_pt_rate_last_10 assisted_rate_last_10 data_quality_issues`;
  const cases: readonly (readonly [string, Values | null, string])[] = [
    ['the zones', {}, 'paint 65.00 15.00 20.00 \\N []'],
    ['assists', { assisted_rate_last_10: '40.00' }, 'paint 65.00 15.00 20.00 40.00 []'],
    [
      'zones that are not ready',
      { is_production_ready: 'false' },
      'paint 65.00 15.00 20.00 \\N [player_shot_zone_not_ready]',
    ],
    [
      'zones of a player who took no shot',
      {
        total_shots_last_10: '0',
        primary_scoring_zone: '\\N',
        paint_rate_last_10: '\\N',
        mid_range_rate_last_10: '\\N',
        three_pt_rate_last_10: '\\N',
      },
      '\\N \\N \\N \\N \\N [zero_attempts]',
    ],
    [
      'zones without shot data',
      {
        total_shots_last_10: '\\N',
        primary_scoring_zone: '\\N',
        paint_rate_last_10: '\\N',
        mid_range_rate_last_10: '\\N',
        three_pt_rate_last_10: '\\N',
      },
      '\\N \\N \\N \\N \\N [no_shot_zones]',
    ],
    ['no row of zones', null, '\\N \\N \\N \\N \\N [player_shot_zone_missing]'],
  ];
  test.each(cases)('%s', (_name, zones, expected) => {
    expect(pickColumns(rowOf({ played, zones }), zoneColumns)).toBe(expected);
  });
});

describe('the sample', () => {
  const columns = `games_in_sample quality_score data_quality_tier early_season_flag
    insufficient_data_reason data_quality_issues`;

  test.each([
    [7, '7 70.00 medium true only 7 games this season, window is 10 [thin_window]'],
    [10, '10 100.00 high false \\N []'],
    [12, '10 100.00 high false \\N []'],
  ])('of %i games', (count, expected) => {
    const played = withPoints(Array.from({ length: count }, () => 20));
    expect(pickColumns(rowOf({ played }), columns)).toBe(expected);
  });

  test('of four games is too small', () => {
    expect(tableOf({ played: withPoints([1, 2, 3, 4]) })).toEqual({
      rows: [],
      excluded: [{ key: '1', reason: 'INSUFFICIENT_DATA' }],
    });
  });

  test('below the quality threshold', () => {
    const situation = { played: withPoints([1, 2, 3, 4, 5]) };
    expect(tableOf(situation, { ...OPTIONS, qualityThreshold: 50.01 }).excluded).toEqual([
      { key: '1', reason: 'BELOW_QUALITY_THRESHOLD' },
    ]);
    expect(tableOf(situation, { ...OPTIONS, qualityThreshold: 50 }).rows).toHaveLength(1);
  });

  test('games without playing time, of the date and of other seasons change nothing', () => {
    const played = withPoints([20, 22, 24, 26, 28, 30, 32, 34, 36, 38]);
    const known = tableOf({ played });
    const rows = played.map(playerRow);
    const strange = [
      { ...rows[0], game_date: '2025-01-20', nba_game_id: 'today', points: '90' },
      { ...rows[0], game_date: '2025-01-21', nba_game_id: 'tomorrow', points: '90' },
      { ...rows[0], season_year: '2023', nba_game_id: 'last season', points: '90' },
      { ...rows[0], is_active: 'false', nba_game_id: 'benched', points: '90' },
    ];
    const table = oraclePlayerDailyCache(
      {
        games: gamesOf(played.map(({ game }) => game)),
        playerContexts: [playerContext()],
        playerZones: [playerZonesRow()],
        playerRows: [...rows, ...strange],
        offenseRows: [],
      },
      OPTIONS,
    );
    expect(table).toEqual(known);
  });
});
