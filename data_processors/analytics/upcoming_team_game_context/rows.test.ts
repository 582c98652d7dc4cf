import { describe, expect, it } from 'vitest';
import { otherVenues } from '../../../src/league/other-venues.ts';
import { computedRows, type MadeUpRow } from '../../../tests/support/computed-rows.ts';

const table = 'upcoming_team_game_context';

interface Game {
  readonly date: string;
  readonly away: string;
  readonly home: string;
  /** Away, home; a game without is not over, and of the first one nothing else is known. */
  readonly score?: readonly [number, number];
  readonly more?: MadeUpRow;
}

function scheduleRow({ date, away, home, more }: Game, index: number): MadeUpRow {
  const [a, b] = [away, home].toSorted();
  return {
    nba_game_id: `00224${String(index).padStart(5, '0')}`,
    game_id: `${date.replaceAll('-', '')}_${away}_${home}`,
    game_date: date,
    season_year: 2024,
    game_type: 'regular_season',
    home_team_abbr: home,
    away_team_abbr: away,
    team_a_abbr: a ?? '',
    team_b_abbr: b ?? '',
    venue: home,
    ...more,
  };
}

/** The row of a team for a date; games of that date and later are in the schedule, with their scores. */
async function rowOf(
  games: readonly Game[],
  team: string,
  date: string,
  more: Readonly<Record<string, readonly MadeUpRow[]>> = {},
  options: Readonly<Record<string, number>> = {},
) {
  const schedule = games.map(scheduleRow);
  const results = games.flatMap(({ date: day, score }, index) =>
    score
      ? [
          {
            nba_game_id: schedule[index]?.['nba_game_id'] ?? '',
            game_date: day,
            status: index === 0 ? 'score_only' : 'final',
            away_points: score[0],
            home_points: score[1],
          },
        ]
      : [],
  );
  const rows = await computedRows(
    table,
    { schedule, game_results: results, ...more },
    // All dates of the games in one query: those of other dates ask the same.
    [...new Set([...games.map((game) => game.date), date])]
      .sort()
      .map((day) => ({ date: day, seasonYear: 2024, seasonStart: '2024-10-22' })),
    options,
  );
  const own = rows.find((row) => row['team_abbr'] === team && row['game_date'] === date);
  if (!own) throw new Error(`no row of ${team}`);
  return own;
}

const week: readonly Game[] = [
  { date: '2025-01-12', away: 'MIA', home: 'LAL', score: [112, 120] },
  { date: '2025-01-14', away: 'LAL', home: 'BOS', score: [108, 115] },
  { date: '2025-01-15', away: 'GSW', home: 'LAL', score: [105, 110] },
  { date: '2025-01-16', away: 'BOS', home: 'LAL' },
];

describe('form and rest', () => {
  it.each([
    ['MIA', '2025-01-12', [null, null, false, 0, 0, 1, 0, 0, null, null]],
    ['LAL', '2025-01-14', [2, 1, false, 1, 1, 2, 1, 0, 8, 'W']],
    ['LAL', '2025-01-15', [1, 0, true, 2, 2, 3, 0, 1, -7, 'L']],
    ['LAL', '2025-01-16', [1, 0, true, 3, 3, 4, 1, 0, 5, 'W']],
    ['GSW', '2025-01-15', [null, null, false, 0, 0, 1, 0, 0, null, null]],
  ])('%s on %s', async (team, date, expected) => {
    const row = await rowOf(week, team, date);
    expect([
      row['days_since_last_game'],
      row['team_days_rest'],
      row['team_back_to_back'],
      row['games_in_last_7_days'],
      row['games_in_last_14_days'],
      row['game_number_in_season'],
      row['team_win_streak_entering'],
      row['team_loss_streak_entering'],
      row['last_game_margin'],
      row['last_game_result'],
    ]).toEqual(expected);
  });

  it('counts a game 7 days before, not one 8 days before, and never one of the date', async () => {
    const at = (date: string): Game => ({ date, away: 'BOS', home: 'LAL', score: [90, 100] });
    const games = [at('2025-01-08'), at('2025-01-09'), at('2025-01-16')];
    const row = await rowOf(games, 'LAL', '2025-01-16');
    expect([row['games_in_last_7_days'], row['games_in_last_14_days']]).toEqual([1, 2]);
  });

  it.each([
    ['2025-02-14', 30, []],
    ['2025-02-15', 31, ['idle_over_30_days']],
  ])('on %s the last game is %i days away', async (date, days_since_last_game, issues) => {
    const row = await rowOf([...week.slice(0, 3), { date, away: 'BOS', home: 'LAL' }], 'LAL', date);
    expect(row).toMatchObject({ days_since_last_game, data_quality_issues: issues });
  });

  it('does not count what is scheduled and was never finished', async () => {
    const games: readonly Game[] = [
      { date: '2025-01-12', away: 'MIA', home: 'LAL' },
      { date: '2025-01-14', away: 'LAL', home: 'BOS' },
    ];
    expect(await rowOf(games, 'LAL', '2025-01-14')).toMatchObject({
      game_number_in_season: 1,
      days_since_last_game: null,
    });
  });

  it.each([
    ['2024-12-02', 'early'],
    ['2024-12-03', 'mid'],
    ['2025-02-28', 'mid'],
    ['2025-03-01', 'late'],
  ])('%s is %s in the season', async (date, phase) => {
    const row = await rowOf([{ date, away: 'BOS', home: 'LAL' }], 'LAL', date);
    expect(row['season_phase']).toBe(phase);
  });

  it.each([
    ['playoffs', '2025-04-20'],
    ['play_in', '2025-04-15'],
  ])('%s is a phase of its own', async (type, date) => {
    const games = [{ date, away: 'BOS', home: 'LAL', more: { game_type: type } }];
    expect((await rowOf(games, 'LAL', date))['season_phase']).toBe(type);
  });
});

describe('travel', () => {
  const trip = (from: string, to: string, date = '2025-01-20'): readonly Game[] => [
    { date: '2025-01-10', away: 'WAS', home: from, score: [90, 100] },
    { date, away: 'WAS', home: to },
  ];

  it.each([
    ['ATL', 'BOS', 936],
    ['MIA', 'POR', 2704],
    ['LAL', 'LAC_2024', 8],
    ['LAL', 'LAC', 0],
  ])('from %s to %s it is %i miles', async (from, to, miles) => {
    const games = [from, to].map((venue, index): Game => {
      const home = venue.slice(0, 3);
      const date = `2025-01-${10 + index}`;
      return { date, away: 'WAS', home, score: [90, 100], more: { venue } };
    });
    expect((await rowOf(games, 'WAS', '2025-01-11'))['travel_miles']).toBe(miles);
  });

  it('is nothing at home after a game at home, and the flight home after one abroad', async () => {
    const game = (date: string, away: string, home: string): Game => ({
      date,
      away,
      home,
      score: [90, 100],
    });
    const stay = [game('2025-01-10', 'MIA', 'LAL'), game('2025-01-12', 'BOS', 'LAL')];
    expect((await rowOf(stay, 'LAL', '2025-01-12'))['travel_miles']).toBe(0);
    const back = [game('2025-01-10', 'LAL', 'BOS'), game('2025-01-12', 'MIA', 'LAL')];
    const row = await rowOf(back, 'LAL', '2025-01-12');
    // The trip to the date itself is not among the miles of the last 14 days; the way to Boston is.
    expect([row['travel_miles'], row['miles_traveled_last_14_days']]).toEqual([2592, 2592]);
  });

  it('begins at home for the first game of the season', async () => {
    const games: readonly Game[] = [{ date: '2024-10-22', away: 'LAL', home: 'DEN' }];
    const row = await rowOf(games, 'LAL', '2024-10-22');
    expect([row['travel_miles'], row['time_zone_change_hours']]).toEqual([831, 1]);
    expect(row['miles_traveled_last_14_days']).toBe(0);
  });

  it.each([
    ['LAL', 'BOS', '2025-01-20', 3],
    ['BOS', 'LAL', '2025-01-20', -3],
    ['LAL', 'PHX', '2025-01-20', 1],
    ['LAL', 'PHX', '2025-04-10', 0],
    ['DEN', 'PHX', '2025-01-20', 0],
    ['DEN', 'PHX', '2025-04-10', -1],
    // The second Sunday of March 2025 is the 9th, the first Sunday of November 2025 the 2nd.
    ['DEN', 'PHX', '2025-03-08', 0],
    ['DEN', 'PHX', '2025-03-09', -1],
    ['DEN', 'PHX', '2025-11-01', -1],
    ['DEN', 'PHX', '2025-11-02', 0],
  ])('from %s to %s on %s the clock moves by %i', async (from, to, date, hours) => {
    expect((await rowOf(trip(from, to, date), 'WAS', date))['time_zone_change_hours']).toBe(hours);
  });

  it('is unknown to, from and over a venue that is unknown', async () => {
    const neutral = { neutral_site: true, venue: null };
    const games: readonly Game[] = [
      { date: '2025-01-10', away: 'MIA', home: 'LAL', score: [90, 100], more: neutral },
      { date: '2025-01-12', away: 'BOS', home: 'LAL', score: [90, 100] },
      { date: '2025-01-14', away: 'NYK', home: 'LAL' },
    ];
    const seen = ['travel_miles', 'time_zone_change_hours', 'miles_traveled_last_14_days'] as const;
    const on = async (date: string) => {
      const row = await rowOf(games, 'LAL', date);
      return [...seen.map((name) => row[name]), row['data_quality_issues']];
    };
    expect(await on('2025-01-10')).toEqual([null, null, 0, ['venue_unknown']]);
    expect(await on('2025-01-12')).toEqual([null, null, null, []]);
    expect(await on('2025-01-14')).toEqual([0, 0, null, []]);
  });

  it('knows an unknown venue by its distances, but not its clock; to stay there is no travel', async () => {
    const hall = '55.6250,12.5797';
    const more = { neutral_site: true, venue: hall };
    const games: readonly Game[] = [
      { date: '2025-01-10', away: 'MIA', home: 'SAS', score: [90, 100] },
      { date: '2025-01-14', away: 'IND', home: 'SAS', score: [90, 100], more },
      { date: '2025-01-16', away: 'IND', home: 'SAS', more },
    ];
    const distances = { venue_distances: [{ venue_a: 'SAS', venue_b: hall, miles: 5130 }] };
    const on = async (date: string) => {
      const row = await rowOf(games, 'SAS', date, distances);
      return [row['travel_miles'], row['time_zone_change_hours'], row['data_quality_issues']];
    };
    expect(await on('2025-01-14')).toEqual([5130, null, []]);
    expect(await on('2025-01-16')).toEqual([0, 0, []]);
  });

  it('knows miles and clock of a known venue that is no arena, whatever is loaded', async () => {
    const more = { neutral_site: true, venue: otherVenues.paris.venue };
    const games: readonly Game[] = [
      { date: '2025-01-10', away: 'MIA', home: 'SAS', score: [90, 100] },
      { date: '2025-01-14', away: 'IND', home: 'SAS', more },
    ];
    const distances = {
      venue_distances: [{ venue_a: 'SAS', venue_b: otherVenues.paris.venue, miles: 1 }],
    };
    const row = await rowOf(games, 'SAS', '2025-01-14', distances);
    expect([row['travel_miles'], row['time_zone_change_hours']]).toEqual([5168, 7]);
  });

  it('counts the away games immediately before the date', async () => {
    const at = (day: number, home: string, away: string): Game => ({
      date: `2025-01-${day}`,
      away,
      home,
      score: [90, 100],
    });
    const games = [
      at(10, 'LAL', 'MIA'),
      at(12, 'BOS', 'LAL'),
      at(14, 'NYK', 'LAL'),
      at(16, 'LAL', 'DEN'),
    ];
    expect((await rowOf(games, 'LAL', '2025-01-16'))['consecutive_road_games']).toBe(2);
    expect((await rowOf(games, 'LAL', '2025-01-12'))['consecutive_road_games']).toBe(0);
  });
});

describe('lines', () => {
  const games: readonly Game[] = [{ date: '2025-01-16', away: 'TOR', home: 'DET' }];
  const line = (more: MadeUpRow): MadeUpRow => ({
    event_id: 'e1',
    game_date: '2025-01-16',
    home_team_abbr: 'DET',
    away_team_abbr: 'TOR',
    tipoff_at: '2025-01-17 00:00:00+00',
    captured_at: '2025-01-16 20:00:00+00',
    home_spread: -5,
    total: 226,
    ...more,
  });
  const both = async (
    lines: readonly MadeUpRow[],
    options: Readonly<Record<string, number>> = {},
    played = games,
  ) => {
    const rows = await Promise.all(
      ['DET', 'TOR'].map((team) =>
        rowOf(played, team, '2025-01-16', { game_lines: lines }, options),
      ),
    );
    return rows.map((row) => [row['game_spread'], row['game_total'], row['data_quality_issues']]);
  };

  it('has the sign of the team', async () => {
    expect(await both([line({})])).toEqual([
      ['-5.0', '226.0', []],
      ['5.0', '226.0', []],
    ]);
  });

  it('takes the sign from the home team of the line, not of the schedule', async () => {
    const turned = line({ home_team_abbr: 'TOR', away_team_abbr: 'DET' });
    expect((await both([turned])).map(([spread]) => spread)).toEqual(['5.0', '-5.0']);
  });

  it('has no spread when only a total is offered', async () => {
    expect((await both([line({ home_spread: null })]))[0]).toEqual([null, '226.0', []]);
  });

  it.each([
    [{ home_spread: -33.5 }, [null, '226.0', ['line_implausible']]],
    [{ total: 300 }, ['-5.0', null, ['line_implausible']]],
    [{ home_spread: 25, total: 180 }, ['25.0', '180.0', []]],
  ])('discards what is implausible: %o', async (more, expected) => {
    expect((await both([line(more)]))[0]).toEqual(expected);
  });

  it('prefers a line with a total, then the latest capture, then the smaller id', async () => {
    const first = line({ event_id: 'e1', home_spread: -1, captured_at: '2025-01-16 10:00:00+00' });
    const later = line({ event_id: 'e2', home_spread: -2, captured_at: '2025-01-16 21:00:00+00' });
    const bare = line({
      event_id: 'e0',
      home_spread: -3,
      total: null,
      captured_at: '2025-01-16 22:00:00+00',
    });
    const twin = line({ event_id: 'e9', home_spread: -4, captured_at: '2025-01-16 21:00:00+00' });
    expect((await both([first, later, bare, twin]))[0]?.[0]).toBe('-2.0');
    expect((await both([bare]))[0]?.[0]).toBe('-3.0');
  });

  it('does not know what was seen after tip-off, or at no known time unless told so', async () => {
    const late = line({ captured_at: '2025-01-17 00:00:01+00' });
    const timeless = line({ captured_at: null });
    const none = [null, null, []];
    expect((await both([late, timeless]))[0]).toEqual(none);
    expect((await both([late], { accept_closing_lines: 1 }))[0]).toEqual(none);
    expect((await both([timeless], { accept_closing_lines: 1 }))[0]).toEqual(['-5.0', '226.0', []]);
  });

  it('without a tip-off only knows what was seen before the day began', async () => {
    const before = line({ tipoff_at: null, captured_at: '2025-01-16 05:00:00+00' });
    const during = line({ tipoff_at: null, captured_at: '2025-01-16 05:00:01+00' });
    expect((await both([before]))[0]?.[0]).toBe('-5.0');
    expect((await both([during]))[0]?.[0]).toBe(null);
    const scheduled = games.map((game) => ({
      ...game,
      more: { tipoff_at: '2025-01-16 23:00:00+00' },
    }));
    expect((await both([during], {}, scheduled))[0]?.[0]).toBe('-5.0');
  });
});

describe('injuries', () => {
  const games: readonly Game[] = [
    { date: '2025-01-16', away: 'TOR', home: 'DET', more: { tipoff_at: '2025-01-17 00:00:00+00' } },
  ];
  const report = (
    player: string,
    status: string,
    at: string,
    team: string | null = 'DET',
  ): MadeUpRow => ({
    game_date: '2025-01-16',
    player_lookup: player,
    reported_at: `${at}:00+00`,
    team_abbr: team,
    status,
  });
  const counts = async (injuries: readonly MadeUpRow[], team = 'DET') => {
    const row = await rowOf(games, team, '2025-01-16', { injuries });
    return [row['players_out_count'], row['questionable_players_count']];
  };

  it('counts players by their latest report before tip-off', async () => {
    const injuries = [
      report('one', 'questionable', '2025-01-16 10:00'),
      report('one', 'out', '2025-01-16 22:00'),
      report('two', 'doubtful', '2025-01-16 10:00'),
      report('three', 'out', '2025-01-16 10:00'),
      report('three', 'available', '2025-01-16 23:59'),
      report('four', 'questionable', '2025-01-16 10:00'),
      report('four', 'out', '2025-01-17 00:01'),
    ];
    expect(await counts(injuries)).toEqual([1, 2]);
    expect(await counts(injuries, 'TOR')).toEqual([0, 0]);
  });

  it('a later report counts without a team too, and one of another team moves the player', async () => {
    const injuries = [
      report('one', 'out', '2025-01-16 10:00'),
      report('one', 'available', '2025-01-16 22:00', null),
      report('two', 'available', '2025-01-16 10:00'),
      report('two', 'out', '2025-01-16 22:00', null),
      report('three', 'out', '2025-01-16 10:00'),
      report('three', 'questionable', '2025-01-16 22:00', 'TOR'),
      report('four', 'out', '2025-01-16 10:00', null),
    ];
    expect(await counts(injuries)).toEqual([1, 0]);
    expect(await counts(injuries, 'TOR')).toEqual([0, 1]);
  });

  it('is unknown when no report of the date is loaded', async () => {
    expect(await counts([])).toEqual([null, null]);
  });
});
