import { describe, expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import { cell } from './canonical-row.ts';
import { findRow, pickColumns } from './find-row.ts';
import type { MadeUpGame } from './made-up-rows.ts';
import {
  finalResult,
  gameLine,
  injuryReport,
  pointsProp,
  rawRows,
  scheduleRow,
} from './made-up-rows.ts';
import type { PlayedFigures, PlayedGame } from './made-up-seasons.ts';
import { ANALYSIS_DATE, defenseRow, gameBefore, offenseRow, playerRow } from './made-up-seasons.ts';
import { oracleUpcomingPlayerGameContext } from './oracle-upcoming-player-game-context.ts';
import { oracleUpcomingTeamGameContext } from './oracle-upcoming-team-game-context.ts';
import type { RawRows, ScheduleRow } from './raw-rows.ts';

const TODAY: MadeUpGame = { id: '0022499999', date: ANALYSIS_DATE, away: 'MIA', home: 'BOS' };
const CAPTURED = { captured_at: '2025-01-20 20:00:00' };

interface Situation {
  readonly played: readonly PlayedGame[];
  /** Games that are over although nobody at hand played in them. */
  readonly otherGames?: readonly MadeUpGame[];
  readonly offenseRows?: readonly Row[];
  readonly defenseRows?: readonly Row[];
  readonly tables?: Partial<RawRows>;
  readonly today?: Partial<ScheduleRow>;
  readonly date?: string;
  readonly acceptClosingLines?: boolean;
}

function rowsOf(situation: Situation): readonly Row[] {
  const { played, otherGames = [], date = ANALYSIS_DATE, acceptClosingLines = false } = situation;
  const games = [
    ...new Map([...played.map(({ game }) => game), ...otherGames].map((g) => [g.id, g])).values(),
  ];
  const raw = rawRows({
    schedule: [...games.map(scheduleRow), { ...scheduleRow(TODAY), ...situation.today }],
    game_results: games.map(finalResult),
    ...situation.tables,
  });
  const options = { acceptClosingLines };
  return oracleUpcomingPlayerGameContext(
    {
      raw,
      teamContexts: oracleUpcomingTeamGameContext(raw, date, options),
      playerRows: played.map(playerRow),
      offenseRows: situation.offenseRows ?? [],
      defenseRows: situation.defenseRows ?? [],
    },
    date,
    options,
  );
}

function rowOf(situation: Situation, player = '1'): Row {
  return findRow(rowsOf(situation), { universal_player_id: player });
}

/** Games of player 1 for BOS, the given numbers of days before the date. */
function gamesOn(
  days: readonly number[],
  figures: (index: number) => Partial<PlayedFigures> = () => ({}),
): readonly PlayedGame[] {
  return days.map((day, index) => ({
    game: gameBefore(day),
    zones: null,
    figures: figures(index),
  }));
}

/** Games on the days before the date, one after the other, with these points, newest first. */
function withPoints(points: readonly number[]): readonly PlayedGame[] {
  return gamesOn(
    points.map((_, index) => index + 1),
    (index) => ({ points: points[index] ?? 0 }),
  );
}

describe('workload', () => {
  const columns = `days_rest back_to_back days_rest_before_last_game days_since_2_plus_days_rest
    games_in_last_7_days games_in_last_14_days minutes_in_last_7_days minutes_in_last_14_days
    avg_minutes_per_game_last_7 back_to_backs_last_14_days`;
  const seconds = [2130, 2292, 2088, 2166, 2100];
  const played = gamesOn([1, 3, 5, 7, 9], (index) => ({ seconds: seconds[index] ?? 0 }));

  test('a game seven days ago is inside seven days', () => {
    expect(pickColumns(rowOf({ played }), columns)).toBe('1 true 2 1 4 5 144.6 179.6 36.2 0');
  });

  test('a game of the day itself is not known', () => {
    const row = rowOf({ played, date: '2025-01-19' });
    // The vector says 4/4, but 01-11 is eight days before: by the definition of the window, by the
    // vector on a last game eight days ago and by the real vectors it is outside. See CONTEXT.md.
    expect(pickColumns(row, columns)).toBe('2 false 2 2 3 4 109.1 144.1 36.4 0');
    expect(pickColumns(row, 'games_played_season last_game_date')).toBe('4 2025-01-17');
  });

  test('adjacent games inside fourteen days', () => {
    const ofDays = (days: readonly number[]): string =>
      pickColumns(
        rowOf({ played: gamesOn(days) }),
        'back_to_backs_last_14_days days_since_2_plus_days_rest',
      );
    expect(ofDays([1, 2, 4, 5, 10])).toBe('2 2');
    expect(ofDays([1, 2, 3])).toBe('2 \\N');
    expect(ofDays([4, 13, 14, 15])).toBe('1 4');
  });

  test('nobody played in seven days', () => {
    const row = rowOf({ played: gamesOn([8, 15]) });
    expect(pickColumns(row, columns)).toBe('8 false 7 8 0 1 0.0 30.0 \\N 0');
  });

  test('one game', () => {
    const row = rowOf({ played: gamesOn([2]) });
    expect(pickColumns(row, `games_played_season ${columns}`)).toBe(
      '1 2 false \\N \\N 1 1 30.0 30.0 30.0 0',
    );
  });
});

describe('points and usage', () => {
  test.each([
    [[25, 28, 22, 27, 24, 26, 23, 29, 21, 25, 50], '25.2 25.0'],
    [[25, 28, 22], '25.0 25.0'],
    [[0, 0, 0, 0, 0], '0.0 0.0'],
  ])('of %j points', (points, expected) => {
    const row = rowOf({ played: withPoints(points) });
    expect(pickColumns(row, 'points_avg_last_5 points_avg_last_10')).toBe(expected);
  });

  test.each([
    [[300, 280, 260, 200], '28.0 26.0 false'],
    [[300, null, 280, null, 260, 200], '28.0 26.0 false'],
    [[300, 280, 260], '28.0 28.0 false'],
    [[300, 280, null], '\\N \\N true'],
    [[300, 280, 260, 200, 200, 200, 200, 900], '28.0 23.4 false'],
  ])('of %j tenths', (usages, expected) => {
    const played = gamesOn(
      usages.map((_, index) => index + 1),
      (index) => ({ usageTenths: usages[index] ?? null }),
    );
    const row = rowOf({ played });
    const few = cell(row, 'data_quality_issues').includes('few_usage_games');
    const values = pickColumns(row, 'projected_usage_rate avg_usage_rate_last_7_games');
    expect(`${values} ${few}`).toBe(expected);
  });
});

describe('team form', () => {
  const columns = 'team_pace_last_10 opponent_pace_last_10 pace_differential';
  const days = Array.from({ length: 11 }, (_, index) => index + 1);
  const miamiGame = (day: number): MadeUpGame => gameBefore(day, 'MIA');
  const played: readonly PlayedGame[] = [
    ...gamesOn(days),
    ...days.map((day) => ({ game: miamiGame(day), zones: null, playerId: '2' })),
  ];
  const pacesOf = (own: number | null, opponent: number | null): readonly Row[] =>
    days.flatMap((day) => [
      offenseRow({ game: gameBefore(day), team: 'BOS', paceTenths: day === 11 ? 5000 : own }),
      offenseRow({ game: miamiGame(day), team: 'MIA', paceTenths: day === 11 ? 5000 : opponent }),
    ]);

  test('of the last ten games, seen from both sides', () => {
    const situation = { played, offenseRows: pacesOf(980, 1015) };
    expect(pickColumns(rowOf(situation), columns)).toBe('98.0 101.5 3.5');
    expect(pickColumns(rowOf(situation, '2'), columns)).toBe('101.5 98.0 -3.5');
  });

  test('the differential is rounded once', () => {
    const rows = [
      offenseRow({ game: gameBefore(1), team: 'BOS', paceTenths: 980 }),
      offenseRow({ game: gameBefore(2), team: 'BOS', paceTenths: 981 }),
      offenseRow({ game: gameBefore(3), team: 'BOS', paceTenths: 981 }),
      offenseRow({ game: miamiGame(1), team: 'MIA', paceTenths: 1000 }),
      offenseRow({ game: miamiGame(2), team: 'MIA', paceTenths: 1001 }),
    ];
    // 100.05 − 98.0666… = 1.9833…, although 100.1 − 98.1 is 2.0 as well.
    expect(pickColumns(rowOf({ played, offenseRows: rows }), columns)).toBe('98.1 100.1 2.0');
    const closer = rows
      .slice(1)
      .map((row, index) => ({ ...row, pace: index < 2 ? '98.1' : '98.0' }));
    expect(pickColumns(rowOf({ played, offenseRows: closer }), columns)).toBe('98.1 98.0 -0.1');
    const apart = rows.map((row, index) => ({
      ...row,
      pace: ['98.0', '98.1', '98.1', '98.1', '98.2'][index] ?? '',
    }));
    // 98.15 − 98.0666… = 0.0833…: the stored columns are 98.1 and 98.2.
    expect(pickColumns(rowOf({ played, offenseRows: apart }), columns)).toBe('98.1 98.2 0.1');
  });

  test('a game without a row or a pace is skipped and no earlier one takes its place', () => {
    const rows = pacesOf(980, 1015).slice(6);
    expect(pickColumns(rowOf({ played, offenseRows: rows }), columns)).toBe('98.0 101.5 3.5');
    expect(pickColumns(rowOf({ played, offenseRows: pacesOf(null, 1015) }), columns)).toBe(
      '\\N 101.5 \\N',
    );
    expect(pickColumns(rowOf({ played }), columns)).toBe('\\N \\N \\N');
  });

  test('what the opponent allows', () => {
    const defended = { zones: null, allowed: 100, paceTenths: 1000 } as const;
    const defenseRows = [
      { game: miamiGame(1), team: 'MIA', ratingHundredths: 11_000, attempts: [90, 25] },
      { game: miamiGame(2), team: 'MIA', ratingHundredths: 11_001, attempts: [80, 20] },
      { game: miamiGame(11), team: 'MIA', ratingHundredths: 19_000, attempts: [80, 80] },
      { game: gameBefore(1), team: 'BOS', ratingHundredths: 9_000, attempts: [80, 80] },
    ] as const;
    const rows = defenseRows.map((row) => defenseRow({ ...defended, ...row }));
    const row = rowOf({ played, defenseRows: rows });
    const allowed = 'opponent_def_rating_last_10 opponent_ft_rate_allowed';
    // 45 of 170 is 26.47 %.
    expect(pickColumns(row, `${allowed} opponent_days_rest data_quality_issues`)).toBe(
      '110.01 26.5 1 []',
    );
    expect(pickColumns(rowOf({ played }), allowed)).toBe('\\N \\N');
  });

  test('an opponent without an earlier game', () => {
    const row = rowOf({ played: gamesOn([3, 6, 9]) });
    expect(pickColumns(row, 'opponent_days_rest data_quality_issues')).toBe(
      '\\N [no_opponent_history]',
    );
  });
});

describe('the points line', () => {
  const line = 'current_points_line current_points_line_source prop_over_streak prop_under_streak';

  test.each([
    [[25, 28, 22], 24.5, '2 0'],
    [[22, 20, 30], 24.5, '0 2'],
    [[25, 28, 20], 25, '1 0'],
    [[25, 20, 25, 21, 30], 25, '0 2'],
    [[25, 25], 25, '0 0'],
    [[30, 30], 25, '2 0'],
  ])('after %j points, against %d', (points, value, streaks) => {
    const tables = { player_props: [pointsProp('FanDuel', value, CAPTURED)] };
    const row = rowOf({ played: withPoints(points), tables });
    expect(pickColumns(row, line)).toBe(`${value.toFixed(1)} FanDuel ${streaks}`);
  });

  test('none', () => {
    const tables = { player_props: [pointsProp('FanDuel', 9.5, { player_lookup: 'player2' })] };
    expect(pickColumns(rowOf({ played: withPoints([25]), tables }), line)).toBe('\\N \\N \\N \\N');
  });

  test('without a capture time only where closing lines are accepted, and as the earliest', () => {
    const played = withPoints([25]);
    const closing = pointsProp('FanDuel', 9.5);
    const only = { player_props: [closing] };
    expect(cell(rowOf({ played, tables: only }), 'current_points_line')).toBe('\\N');
    const lenient = { played, acceptClosingLines: true };
    expect(cell(rowOf({ ...lenient, tables: only }), 'current_points_line')).toBe('9.5');
    const both = { player_props: [closing, pointsProp('FanDuel', 8.5, CAPTURED)] };
    expect(cell(rowOf({ ...lenient, tables: both }), 'current_points_line')).toBe('8.5');
  });

  test('an unusable line of the first book leaves the second book', () => {
    const late = pointsProp('DraftKings', 9.5, { captured_at: '2025-01-21 00:30:01' });
    const tables = { player_props: [late, pointsProp('Underdog', 8.5, CAPTURED)] };
    expect(pickColumns(rowOf({ played: withPoints([25]), tables }), line)).toBe('8.5 Underdog 1 0');
  });

  test.each([
    ['2025-01-21 00:30:00', null, '2025-01-21 00:30:00', true],
    ['2025-01-21 00:30:00', null, '2025-01-21 00:30:01', false],
    [null, '2025-01-20 22:00:00', '2025-01-20 22:00:00', true],
    [null, '2025-01-20 22:00:00', '2025-01-20 22:00:01', false],
    [null, null, '2025-01-20 05:00:00', true],
    [null, null, '2025-01-20 05:00:01', false],
  ])(
    'tip-off at %s, by the schedule %s, captured %s',
    (tipoff_at, scheduled, captured_at, known) => {
      const tables = { player_props: [pointsProp('FanDuel', 9.5, { tipoff_at, captured_at })] };
      const row = rowOf({ played: withPoints([25]), tables, today: { tipoff_at: scheduled } });
      expect(cell(row, 'current_points_line')).toBe(known ? '9.5' : '\\N');
    },
  );
});

// The game of MIA in these has no player rows: one is missing, and is told.
test('spread, total and the discarded value are those of his team', () => {
  const values = { ...CAPTURED, home_spread: -7.5, total: 400 };
  const tables = { game_lines: [gameLine(scheduleRow(TODAY), values)] };
  const row = rowOf({ played: gamesOn([1, 3, 5]), otherGames: [gameBefore(2, 'MIA')], tables });
  expect(pickColumns(row, 'game_spread game_total data_quality_issues')).toBe(
    '-7.5 \\N [line_implausible,missing_upstream_games]',
  );
});

test('an unknown home side', () => {
  const today = { home_team_abbr: null, away_team_abbr: null };
  const row = rowOf({ played: gamesOn([1, 3, 5]), otherGames: [gameBefore(2, 'MIA')], today });
  expect(pickColumns(row, 'home_game data_quality_issues')).toBe(
    '\\N [home_side_unknown,missing_upstream_games]',
  );
});

test('all issues are sorted', () => {
  const today = { home_team_abbr: null, away_team_abbr: null };
  const tables = {
    game_results: [],
    game_lines: [gameLine(scheduleRow(TODAY), { ...CAPTURED, total: 400 })],
  };
  expect(cell(rowOf({ played: gamesOn([1]), today, tables }), 'data_quality_issues')).toBe(
    '[few_usage_games,home_side_unknown,line_implausible,no_opponent_history,no_team_history]',
  );
});

describe('injuries', () => {
  const columns = 'player_status star_teammates_out';

  /** A mate who played ten games or the given number, all alike. */
  function mate(
    playerId: string,
    points: number,
    minutes: number,
    games = 10,
  ): readonly PlayedGame[] {
    return Array.from({ length: games }, (_, index) => ({
      game: gameBefore(index + 1),
      zones: null,
      playerId,
      figures: { points, seconds: 60 * minutes },
    }));
  }

  test('none loaded', () => {
    expect(pickColumns(rowOf({ played: gamesOn([1]) }), columns)).toBe('\\N \\N');
    const yesterday = { injuries: [injuryReport('out', { game_date: '2025-01-19' })] };
    expect(pickColumns(rowOf({ played: gamesOn([1]), tables: yesterday }), columns)).toBe(
      '\\N \\N',
    );
  });

  test('who is not listed is available', () => {
    const injuries = [injuryReport('out', { player_lookup: 'player9', team_abbr: 'MIA' })];
    const row = rowOf({ played: gamesOn([1]), tables: { injuries } });
    expect(pickColumns(row, columns)).toBe('available 0');
  });

  test('the latest report before tip-off counts, whatever team it names', () => {
    const injuries = [
      injuryReport('questionable', { reported_at: '2025-01-20 21:00:00', team_abbr: 'MIA' }),
      injuryReport('probable', { reported_at: '2025-01-20 20:00:00' }),
      injuryReport('out', { reported_at: '2025-01-21 00:30:01' }),
    ];
    const played = gamesOn([1]);
    const tipoff = { tipoff_at: '2025-01-21 00:30:00' };
    expect(pickColumns(rowOf({ played, tables: { injuries }, today: tipoff }), columns)).toBe(
      'questionable 0',
    );
    expect(pickColumns(rowOf({ played, tables: { injuries } }), columns)).toBe('available 0');
  });

  test.each([
    [18, 20, 10, 'out', '1'],
    [17, 28, 10, 'out', '1'],
    [12, 28, 10, 'out', '1'],
    [17, 27, 10, 'out', '0'],
    [11, 40, 10, 'out', '0'],
    [30, 40, 9, 'out', '0'],
    [30, 40, 10, 'doubtful', '0'],
  ])(
    'a mate with %i points in %i minutes of %i games who is %s',
    (points, min, games, status, out) => {
      const played = [...gamesOn([1]), ...mate('2', points, min, games)];
      const injuries = [injuryReport(status, { player_lookup: 'player2' })];
      expect(cell(rowOf({ played, tables: { injuries } }), 'star_teammates_out')).toBe(out);
    },
  );

  test('the bounds are not rounded', () => {
    const almost = mate('2', 18, 20).map((game, index) =>
      index === 0 ? { ...game, figures: { points: 17, seconds: 1200 } } : game,
    );
    const injuries = [injuryReport('out', { player_lookup: 'player2' })];
    const row = rowOf({ played: [...gamesOn([1]), ...almost], tables: { injuries } });
    expect(cell(row, 'star_teammates_out')).toBe('0');
  });

  test('neither he himself nor a star of the opponent counts', () => {
    const opponent = mate('3', 30, 40).map((game, index) => ({
      ...game,
      game: gameBefore(index + 1, 'MIA'),
    }));
    const played = [...mate('1', 30, 40), ...mate('2', 30, 40), ...opponent];
    const injuries = ['player1', 'player2', 'player3'].map((player_lookup) =>
      injuryReport('out', { player_lookup }),
    );
    const starsOf = (player: string): string =>
      pickColumns(rowOf({ played, tables: { injuries } }, player), columns);
    expect(['1', '2', '3'].map(starsOf)).toEqual(['out 1', 'out 1', 'out 0']);
  });
});

test.each([
  ['1990-01-20', '35'],
  ['1990-01-21', '34'],
  ['1990-01-19', '35'],
  [null, '\\N'],
])('who was born on %s is %s', (birth_date, age) => {
  const tables = { players: [{ player_id: 1, birth_date }] };
  expect(cell(rowOf({ played: gamesOn([1]), tables }), 'player_age')).toBe(age);
});

test('nobody knows the age of a player who is not loaded', () => {
  const tables = { players: [{ player_id: 2, birth_date: '1990-01-20' }] };
  expect(cell(rowOf({ played: gamesOn([1]), tables }), 'player_age')).toBe('\\N');
});

test.each([
  [10, 'high'],
  [9, 'medium'],
  [5, 'medium'],
  [4, 'low'],
])('%i games are of %s quality', (games, tier) => {
  const days = Array.from({ length: games }, (_, index) => index + 1);
  expect(cell(rowOf({ played: gamesOn(days) }), 'data_quality_tier')).toBe(tier);
});

describe('who gets a row', () => {
  const idsOf = (situation: Situation): readonly string[] =>
    rowsOf(situation).map((row) => cell(row, 'universal_player_id'));

  test.each([
    [10, true],
    [30, true],
    [31, false],
  ])('his latest game was %i days ago', (day, has) => {
    expect(idsOf({ played: gamesOn([day]) })).toEqual(has ? ['1'] : []);
  });

  test('nobody before the first game of a team', () => {
    expect(idsOf({ played: [] })).toEqual([]);
    expect(idsOf({ played: [], otherGames: [gameBefore(2)] })).toEqual([]);
  });

  test('a traded player belongs to the team he last played for', () => {
    const toMiami = [
      { game: gameBefore(1, 'MIA'), zones: null },
      { game: gameBefore(4), zones: null },
    ];
    const row = rowOf({ played: toMiami });
    expect(pickColumns(row, 'team_abbr opponent_team_abbr home_game games_played_season')).toBe(
      'MIA BOS false 2',
    );
    const away = [{ game: gameBefore(1, 'DEN'), zones: null }, ...gamesOn([4])];
    expect(idsOf({ played: away })).toEqual([]);
  });

  test('a game without playing time neither makes a candidate nor moves him', () => {
    const benched = { game: gameBefore(1, 'MIA'), zones: null, active: false };
    expect(idsOf({ played: [benched] })).toEqual([]);
    const row = rowOf({ played: [benched, ...gamesOn([4])] });
    expect(pickColumns(row, 'team_abbr games_played_season days_rest')).toBe('BOS 1 4');
  });

  test('rows of the date, of later dates and of other seasons change nothing', () => {
    const played = gamesOn([1, 3, 5]);
    const known = rowsOf({ played });
    const todays = { game: TODAY, zones: null };
    const rows = [...played, todays].map(playerRow);
    const lastSeason = { ...rows[0], season_year: '2023', game_date: '2024-12-30' };
    const raw = rawRows({
      schedule: [...played.map(({ game }) => game), TODAY].map(scheduleRow),
      game_results: played.map(({ game }) => finalResult(game)),
    });
    const options = { acceptClosingLines: false };
    const teamContexts = oracleUpcomingTeamGameContext(raw, ANALYSIS_DATE, options);
    expect(
      oracleUpcomingPlayerGameContext(
        { raw, teamContexts, playerRows: [...rows, lastSeason], offenseRows: [], defenseRows: [] },
        ANALYSIS_DATE,
        options,
      ),
    ).toEqual(known);
  });
});
