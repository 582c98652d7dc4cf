import { describe, expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import { findRow, pickColumns } from './find-row.ts';
import type { MadeUpGame } from './made-up-rows.ts';
import { finalResult, gameLine, injuryReport, rawRows, scheduleRow } from './made-up-rows.ts';
import { oracleUpcomingTeamGameContext } from './oracle-upcoming-team-game-context.ts';
import type { RawRows, ScheduleRow } from './raw-rows.ts';

const STRICT = { acceptClosingLines: false };

let lastId = 0;

/** A game `AWAY@HOME`; with a score `away-home` it is over. */
interface Played {
  readonly game: MadeUpGame;
  readonly score: readonly [away: number, home: number] | null;
  readonly schedule: Partial<ScheduleRow>;
}

function played(
  date: string,
  teams: string,
  score: Played['score'] = [100, 110],
  schedule: Partial<ScheduleRow> = {},
): Played {
  const [away = '', home = ''] = teams.split('@');
  lastId += 1;
  const season = Number(date.slice(2, 4)) - (Number(date.slice(5, 7)) < 8 ? 1 : 0);
  const id = `002${season}${String(lastId).padStart(5, '0')}`;
  return { game: { id, date, away, home }, score, schedule };
}

function rawOf(games: readonly Played[], tables: Partial<RawRows> = {}): RawRows {
  return rawRows({
    schedule: games.map(({ game, schedule }) => ({ ...scheduleRow(game), ...schedule })),
    game_results: games.flatMap(({ game, score }) =>
      score ? [{ ...finalResult(game), away_points: score[0], home_points: score[1] }] : [],
    ),
    ...tables,
  });
}

function contextOf(
  games: readonly Played[],
  team: string,
  date: string,
  tables: Partial<RawRows> = {},
  options = STRICT,
): Row {
  const rows = oracleUpcomingTeamGameContext(rawOf(games, tables), date, options);
  return findRow(rows, { team_abbr: team });
}

const FORM = `days_since_last_game team_days_rest team_back_to_back games_in_last_7_days
  games_in_last_14_days game_number_in_season team_win_streak_entering team_loss_streak_entering
  last_game_margin last_game_result`;
const TRAVEL = 'travel_miles time_zone_change_hours';

describe('form', () => {
  const games = [
    played('2025-01-12', 'MIA@LAL', [112, 120]),
    played('2025-01-14', 'LAL@BOS', [108, 115]),
    played('2025-01-15', 'GSW@LAL', [105, 110]),
    played('2025-01-16', 'BOS@LAL', null),
  ];

  test.each([
    ['MIA', '2025-01-12', '\\N \\N false 0 0 1 0 0 \\N \\N'],
    ['LAL', '2025-01-14', '2 1 false 1 1 2 1 0 8 W'],
    ['LAL', '2025-01-15', '1 0 true 2 2 3 0 1 -7 L'],
    ['LAL', '2025-01-16', '1 0 true 3 3 4 1 0 5 W'],
    ['GSW', '2025-01-15', '\\N \\N false 0 0 1 0 0 \\N \\N'],
    ['BOS', '2025-01-16', '2 1 false 1 1 2 1 0 7 W'],
  ])('of %s on %s', (team, date, expected) => {
    expect(pickColumns(contextOf(games, team, date), FORM)).toBe(expected);
  });

  test('a streak of losses', () => {
    const losses = [
      played('2025-01-10', 'MIA@LAL', [90, 100]),
      played('2025-01-12', 'MIA@LAL', [112, 120]),
      played('2025-01-14', 'LAL@MIA', [115, 100]),
      played('2025-01-16', 'MIA@BOS', null),
    ];
    const columns = 'team_win_streak_entering team_loss_streak_entering last_game_margin';
    expect(pickColumns(contextOf(losses, 'MIA', '2025-01-16'), columns)).toBe('0 3 -15');
  });

  test('a game whose sides are not known is won by the points in the order of the tricodes', () => {
    const unknown = games.map((game, index) =>
      index === 2 ? { ...game, schedule: { home_team_abbr: null, away_team_abbr: null } } : game,
    );
    const row = contextOf(unknown, 'LAL', '2025-01-16');
    expect(pickColumns(row, FORM)).toBe('1 0 true 3 3 4 1 0 5 W');
  });
});

test('identity, sides and phase of both rows', () => {
  const raw = rawOf([played('2025-01-16', 'BOS@LAL', null)]);
  const columns = `game_id game_date season_year game_type season_phase team_abbr
    opponent_team_abbr home_game neutral_site data_quality_issues`;
  expect(
    oracleUpcomingTeamGameContext(raw, '2025-01-16', STRICT).map((row) =>
      pickColumns(row, columns),
    ),
  ).toEqual([
    '20250116_BOS_LAL 2025-01-16 2024 regular_season mid BOS LAL false \\N []',
    '20250116_BOS_LAL 2025-01-16 2024 regular_season mid LAL BOS true \\N []',
  ]);
});

test('a game whose home side is not known', () => {
  const schedule = { home_team_abbr: null, away_team_abbr: null, neutral_site: true, venue: null };
  const row = contextOf([played('2025-01-16', 'BOS@LAL', null, schedule)], 'LAL', '2025-01-16');
  expect(pickColumns(row, `home_game neutral_site ${TRAVEL} data_quality_issues`)).toBe(
    '\\N true \\N \\N [home_side_unknown,venue_unknown]',
  );
});

describe('windows', () => {
  const today = played('2025-01-20', 'LAL@BOS', [100, 90]);

  test.each([
    ['2025-01-13', '1 1'],
    ['2025-01-12', '0 1'],
    ['2025-01-06', '0 1'],
    ['2025-01-05', '0 0'],
  ])('a game on %s, seven days and fourteen', (date, expected) => {
    const row = contextOf([played(date, 'MIA@BOS'), today], 'BOS', '2025-01-20');
    expect(pickColumns(row, 'games_in_last_7_days games_in_last_14_days')).toBe(expected);
  });

  test('a game that is not over, one of the last season and later ones do not count', () => {
    const games = [
      played('2025-01-18', 'MIA@BOS', null),
      { ...played('2024-06-10', 'MIA@BOS') },
      played('2025-01-21', 'MIA@BOS'),
      today,
    ];
    const row = contextOf(games, 'BOS', '2025-01-20');
    expect(pickColumns(row, FORM)).toBe('\\N \\N false 0 0 1 0 0 \\N \\N');
  });
});

describe('travel', () => {
  const last = (teams: string): Played => played('2025-01-18', teams);

  test.each([
    ['home after home', [last('MIA@LAL')], 'BOS@LAL', 'LAL', '0 0'],
    ['home after a game at BOS', [last('LAL@BOS')], 'MIA@LAL', 'LAL', '2592 -3'],
    ['to BOS', [last('MIA@LAL')], 'LAL@BOS', 'LAL', '2592 3'],
    ['to PHX in winter', [last('MIA@LAL')], 'LAL@PHX', 'LAL', '358 1'],
    ['DEN to PHX in winter', [last('MIA@DEN')], 'DEN@PHX', 'DEN', '585 0'],
    ['from the own arena to the first game', [], 'LAL@DEN', 'LAL', '831 1'],
    ['to the first game at home', [], 'LAL@DEN', 'DEN', '0 0'],
    ['LAC after a game at LAL', [last('LAC@LAL')], 'MIA@LAC', 'LAC', '8 0'],
    ['LAC to its first game at LAL', [], 'LAC@LAL', 'LAC', '8 0'],
  ])('%s', (_name, before, teams, team, expected) => {
    const games = [...before, played('2025-01-20', teams, null)];
    expect(pickColumns(contextOf(games, team, '2025-01-20'), TRAVEL)).toBe(expected);
  });

  test('LAC and LAL shared an arena until 2023-24', () => {
    const games = [played('2024-01-18', 'LAC@LAL'), played('2024-01-20', 'MIA@LAC', null)];
    expect(pickColumns(contextOf(games, 'LAC', '2024-01-20'), TRAVEL)).toBe('0 0');
  });

  test.each([
    ['2024-11-01', '2024-11-02', 'LAL@PHX', '0'],
    ['2024-11-01', '2024-11-03', 'LAL@PHX', '1'],
    ['2025-03-07', '2025-03-08', 'LAL@PHX', '1'],
    ['2025-03-07', '2025-03-09', 'LAL@PHX', '0'],
    ['2025-04-09', '2025-04-10', 'LAL@PHX', '0'],
    ['2025-04-09', '2025-04-10', 'DEN@PHX', '-1'],
    ['2025-03-07', '2025-03-10', 'MIA@LAL', '0'],
  ])(
    'both clocks are read on the day of the game: %s, then %s %s',
    (before, date, teams, hours) => {
      const team = teams.startsWith('MIA') ? 'LAL' : teams.slice(0, 3);
      const games = [played(before, `BOS@${team}`), played(date, teams, null)];
      expect(contextOf(games, team, date)['time_zone_change_hours']).toBe(hours);
    },
  );

  test('a neutral site without coordinates is unknown on the way there and back', () => {
    const neutral = { neutral_site: true, venue: null };
    const games = [
      played('2025-01-16', 'MIA@IND'),
      played('2025-01-18', 'SAS@IND', [90, 100], neutral),
      played('2025-01-20', 'DET@IND', null),
    ];
    const columns = `${TRAVEL} miles_traveled_last_14_days data_quality_issues`;
    expect(pickColumns(contextOf(games, 'IND', '2025-01-18'), columns)).toBe(
      '\\N \\N 0 [venue_unknown]',
    );
    expect(pickColumns(contextOf(games, 'IND', '2025-01-20'), columns)).toBe('\\N \\N \\N []');
  });

  test('an unknown venue has miles where they are loaded, and no clock; to stay there is no travel', () => {
    const hall = { neutral_site: true, venue: '55.6250,12.5797' };
    const games = [
      played('2025-01-16', 'MIA@IND'),
      played('2025-01-18', 'SAS@IND', [90, 100], hall),
      played('2025-01-20', 'SAS@IND', null, hall),
    ];
    const distances = [
      { venue_a: 'IND', venue_b: hall.venue, miles: 4181 },
      { venue_a: hall.venue, venue_b: 'IND', miles: 4181 },
    ];
    const loaded = { venue_distances: distances };
    const columns = `${TRAVEL} data_quality_issues`;
    expect(pickColumns(contextOf(games, 'IND', '2025-01-18', loaded), columns)).toBe('4181 \\N []');
    expect(pickColumns(contextOf(games, 'IND', '2025-01-20', loaded), columns)).toBe('0 0 []');
    expect(pickColumns(contextOf(games, 'IND', '2025-01-18'), columns)).toBe('\\N \\N []');
  });

  test('miles of 14 days are those of the trips to the games in them', () => {
    const games = [
      played('2025-01-05', 'LAL@BOS'),
      played('2025-01-06', 'LAL@NYK'),
      played('2025-01-12', 'LAL@BOS'),
      played('2025-01-20', 'LAL@DEN', null),
    ];
    const milesOn = (date: string): string | undefined =>
      contextOf(games, 'LAL', date)['miles_traveled_last_14_days'];
    expect(milesOn('2025-01-20')).toBe(String(188 + 188));
    expect(milesOn('2025-01-06')).toBe('2592');
    expect(milesOn('2025-01-05')).toBe('0');
  });

  test('an unknown trip before the 14 days does no harm', () => {
    const games = [
      played('2025-01-02', 'LAL@BOS', [90, 100], { venue: null }),
      played('2025-01-04', 'MIA@LAL'),
      played('2025-01-06', 'LAL@BOS'),
      played('2025-01-20', 'LAL@DEN', null),
    ];
    const row = contextOf(games, 'LAL', '2025-01-20');
    expect(row['miles_traveled_last_14_days']).toBe('2592');
    expect(contextOf(games, 'LAL', '2025-01-06')['miles_traveled_last_14_days']).toBe('\\N');
  });
});

test('road games in a row, a game of unknown sides ends them', () => {
  const games = [
    played('2025-01-10', 'LAL@MIA'),
    played('2025-01-12', 'MIA@LAL'),
    played('2025-01-14', 'LAL@BOS'),
    played('2025-01-16', 'LAL@NYK'),
    played('2025-01-18', 'LAL@BKN', [1, 2], { home_team_abbr: null, away_team_abbr: null }),
    played('2025-01-20', 'LAL@PHI', null),
  ];
  const roadOn = (date: string): string | undefined =>
    contextOf(games, 'LAL', date)['consecutive_road_games'];
  expect(
    ['2025-01-10', '2025-01-12', '2025-01-14', '2025-01-16', '2025-01-18', '2025-01-20'].map(
      roadOn,
    ),
  ).toEqual(['0', '1', '0', '1', '2', '0']);
});

describe('lines', () => {
  const game = played('2025-01-20', 'TOR@DET', null);
  const scheduled = scheduleRow(game.game);
  const captured = { captured_at: '2025-01-20 20:00:00' };
  const columns = 'game_spread game_total data_quality_issues';

  function linesOf(values: Parameters<typeof gameLine>[1], sides: Partial<ScheduleRow> = {}) {
    const games = [{ ...game, schedule: sides }];
    const tables = { game_lines: [gameLine(scheduled, { ...captured, ...values })] };
    return ['DET', 'TOR'].map((team) =>
      pickColumns(contextOf(games, team, '2025-01-20', tables), columns),
    );
  }

  test('each team has its own spread and the same total', () => {
    expect(linesOf({})).toEqual(['-5.0 226.0 []', '5.0 226.0 []']);
    expect(linesOf({ home_spread: 0 })).toEqual(['0.0 226.0 []', '0.0 226.0 []']);
  });

  test('a line with only a total', () => {
    expect(linesOf({ home_spread: null })).toEqual(['\\N 226.0 []', '\\N 226.0 []']);
  });

  test('a discarded value is named on both rows', () => {
    expect(linesOf({ home_spread: -33.5 })).toEqual([
      '\\N 226.0 [line_implausible]',
      '\\N 226.0 [line_implausible]',
    ]);
  });

  test('the sign is that of the line where the schedule does not know the home side', () => {
    expect(linesOf({}, { home_team_abbr: null, away_team_abbr: null })).toEqual([
      '-5.0 226.0 [home_side_unknown]',
      '5.0 226.0 [home_side_unknown]',
    ]);
  });

  test('no line, or one without a capture time', () => {
    const closing = { game_lines: [gameLine(scheduled)] };
    const [none, unknown, accepted] = [
      contextOf([game], 'DET', '2025-01-20'),
      contextOf([game], 'DET', '2025-01-20', closing),
      contextOf([game], 'DET', '2025-01-20', closing, { acceptClosingLines: true }),
    ].map((row) => pickColumns(row, columns));
    expect([none, unknown, accepted]).toEqual(['\\N \\N []', '\\N \\N []', '-5.0 226.0 []']);
  });
});

describe('injuries', () => {
  const game = played('2025-01-20', 'MIA@BOS', null);
  const columns = 'players_out_count questionable_players_count';

  function counts(injuries: RawRows['injuries'], schedule: Partial<ScheduleRow> = {}): string {
    return pickColumns(
      contextOf([{ ...game, schedule }], 'BOS', '2025-01-20', { injuries }),
      columns,
    );
  }

  test('none loaded for the date', () => {
    expect(counts([])).toBe('\\N \\N');
    expect(counts([injuryReport('out', { game_date: '2025-01-19' })])).toBe('\\N \\N');
  });

  test('the latest report of each player of the team counts', () => {
    expect(
      counts([
        injuryReport('out', { reported_at: '2025-01-19 20:00:00' }),
        injuryReport('questionable'),
        injuryReport('out', { player_lookup: 'player2' }),
        injuryReport('doubtful', { player_lookup: 'player3' }),
        injuryReport('probable', { player_lookup: 'player4' }),
        injuryReport('Out', { player_lookup: 'player5' }),
        injuryReport('available', { player_lookup: 'player6' }),
        injuryReport('out', { player_lookup: 'player7', team_abbr: 'MIA' }),
        injuryReport('out', { player_lookup: 'player8', team_abbr: null }),
        // Without a team the team of an earlier report holds, and another team takes the player away.
        injuryReport('out', { player_lookup: 'player9', reported_at: '2025-01-19 20:00:00' }),
        injuryReport('available', { player_lookup: 'player9', team_abbr: null }),
        injuryReport('out', { player_lookup: 'player10', reported_at: '2025-01-19 20:00:00' }),
        injuryReport('out', { player_lookup: 'player10', team_abbr: 'MIA' }),
      ]),
    ).toBe('2 2');
  });

  test.each([
    ['2025-01-20 05:00:00', null, '1 0'],
    ['2025-01-20 05:00:01', null, '0 0'],
    ['2025-01-21 00:30:00', '2025-01-21 00:30:00', '1 0'],
    ['2025-01-21 00:30:01', '2025-01-21 00:30:00', '0 0'],
    [null, '2025-01-21 00:30:00', '0 0'],
  ])('a report of %s before tip-off at %s', (reported_at, tipoff_at, expected) => {
    expect(counts([injuryReport('out', { reported_at })], { tipoff_at })).toBe(expected);
  });
});
