import { describe, expect, it } from 'vitest';
import { computedRows, type MadeUpRow } from '../../../tests/support/computed-rows.ts';

const table = 'upcoming_player_game_context';
const season = { seasonYear: 2024, seasonStart: '2024-10-22' };

interface Played {
  readonly date: string;
  readonly minutes?: number;
  readonly points?: number;
  readonly usage?: number | null;
  readonly team?: string;
  readonly player?: string;
  readonly lookup?: string;
  readonly active?: boolean;
}

function summary({
  date,
  minutes,
  points,
  usage,
  team,
  player,
  lookup,
  active,
}: Played): MadeUpRow {
  return {
    universal_player_id: player ?? '7',
    player_lookup: lookup ?? `player${player ?? 7}`,
    player_full_name: `Player ${player ?? 7}`,
    season_year: 2024,
    team_abbr: team ?? 'LAL',
    game_date: date,
    is_active: active ?? true,
    seconds_played: Math.round((minutes ?? 30) * 60),
    points: points ?? 20,
    usage_rate: usage === undefined ? 25 : usage,
  };
}

type Inputs = Readonly<Record<string, readonly MadeUpRow[]>>;

interface Slate {
  readonly date: string;
  readonly tipoff?: string;
  readonly own?: MadeUpRow;
  readonly opponent?: MadeUpRow;
  readonly more?: Inputs;
  readonly options?: Readonly<Record<string, number>>;
  readonly unbrokenSince?: string;
}

/** Rows of LAL against BOS at home on a date. */
async function rowsOn(games: readonly Played[], slate: Slate) {
  const { date, tipoff, own, opponent, more, options, unbrokenSince } = slate;
  const game = {
    nba_game_id: '0022400900',
    game_id: `${date.replaceAll('-', '')}_BOS_LAL`,
    game_date: date,
    season_year: 2024,
    game_type: 'regular_season',
  };
  const side = (team: string, against: string, rest: MadeUpRow | undefined): MadeUpRow => ({
    ...game,
    season_phase: 'mid',
    team_abbr: team,
    opponent_team_abbr: against,
    home_game: team === 'LAL',
    data_quality_issues: [],
    ...rest,
  });
  return computedRows(
    table,
    {
      schedule: [{ ...game, team_a_abbr: 'BOS', team_b_abbr: 'LAL', tipoff_at: tipoff ?? null }],
      upcoming_team_game_context: [side('LAL', 'BOS', own), side('BOS', 'LAL', opponent)],
      player_game_summary: games.map(summary),
      ...more,
    },
    [{ date, ...season, ...(unbrokenSince === undefined ? {} : { unbrokenSince }) }],
    options,
  );
}

async function rowOn(games: readonly Played[], slate: Slate, player = '7') {
  const rows = await rowsOn(games, slate);
  const row = rows.find(({ universal_player_id }) => universal_player_id === player);
  if (!row) throw new Error('no row');
  return row;
}

const fortnight: readonly Played[] = [
  { date: '2025-01-19', minutes: 35.5 },
  { date: '2025-01-17', minutes: 38.2 },
  { date: '2025-01-15', minutes: 34.8 },
  { date: '2025-01-13', minutes: 36.1 },
  { date: '2025-01-11', minutes: 35 },
];

describe('after a long break', () => {
  it.each([
    ['2025-01-11', 'few games since', false],
    ['2025-01-12', 'a game of before', true],
  ])('since %s: %s', async (unbrokenSince, _, told) => {
    const row = await rowOn(fortnight, { date: '2025-01-20', unbrokenSince });
    const issues = row['data_quality_issues'] as readonly string[];
    expect(issues.includes('long_break_in_window')).toBe(told);
  });

  it.each([
    ['2024-12-21', false],
    ['2024-12-20', true],
  ])('against a team that played last on %s', async (last, told) => {
    const game = { nba_game_id: '0022400500', game_date: last, season_year: 2024 };
    const [played] = await rowsOn(fortnight, {
      date: '2025-01-20',
      more: {
        schedule: [
          { ...game, team_a_abbr: 'BOS', team_b_abbr: 'NYK' },
          {
            nba_game_id: '0022400900',
            game_date: '2025-01-20',
            season_year: 2024,
            team_a_abbr: 'BOS',
            team_b_abbr: 'LAL',
          },
        ],
        game_results: [{ nba_game_id: '0022400500', game_date: last, status: 'final' }],
      },
    });
    const issues = played?.['data_quality_issues'] as readonly string[];
    expect(issues.includes('opponent_idle_over_30_days')).toBe(told);
  });
});

describe('rest and workload', () => {
  it('of five games in a fortnight', async () => {
    expect(await rowOn(fortnight, { date: '2025-01-20' })).toMatchObject({
      games_played_season: 5,
      last_game_date: '2025-01-19',
      days_rest: 1,
      back_to_back: true,
      days_rest_before_last_game: 2,
      days_since_2_plus_days_rest: 1,
      games_in_last_7_days: 4,
      games_in_last_14_days: 5,
      minutes_in_last_7_days: '144.6',
      minutes_in_last_14_days: '179.6',
      avg_minutes_per_game_last_7: '36.2',
      back_to_backs_last_14_days: 0,
      data_quality_tier: 'medium',
    });
  });

  it('does not know the game of the date itself', async () => {
    const row = await rowOn(fortnight, { date: '2025-01-19' });
    expect(row).toMatchObject({ days_rest: 2, back_to_back: false });
    // The 11th is eight days before the 19th.
    expect([row['games_in_last_7_days'], row['games_in_last_14_days']]).toEqual([3, 4]);
  });

  it.each([
    [['19', '18', '16', '15', '10'], 2],
    // Only one of the two games lies in the 14 days: no pair.
    [['19', '06', '05'], 0],
    [['19', '07', '06'], 1],
  ])('pairs of games on adjacent dates, %o', async (days, pairs) => {
    const games = days.map((day) => ({ date: `2025-01-${day}` }));
    expect((await rowOn(games, { date: '2025-01-20' }))['back_to_backs_last_14_days']).toBe(pairs);
  });

  it('has no minutes per game without a game in seven days', async () => {
    expect(await rowOn([{ date: '2025-01-12' }], { date: '2025-01-20' })).toMatchObject({
      games_in_last_7_days: 0,
      minutes_in_last_7_days: '0.0',
      avg_minutes_per_game_last_7: null,
      days_rest_before_last_game: null,
      days_since_2_plus_days_rest: null,
    });
  });

  it('counts active games alone', async () => {
    const games = [...fortnight, { date: '2025-01-18', minutes: 0, active: false }];
    expect(await rowOn(games, { date: '2025-01-20' })).toMatchObject({
      games_played_season: 5,
      games_in_last_7_days: 4,
    });
  });
});

describe('form', () => {
  const inOrder = (values: readonly number[], key: 'points' | 'usage'): readonly Played[] =>
    values.map((value, index) => ({ date: `2025-01-${19 - index}`, [key]: value }));

  it.each([
    [[25, 28, 22, 27, 24, 26, 23, 29, 21, 25], '25.2', '25.0'],
    [[25, 28, 22], '25.0', '25.0'],
    [[0, 0, 0, 0, 0], '0.0', '0.0'],
  ])('points newest first %o', async (points, last5, last10) => {
    const row = await rowOn(inOrder(points, 'points'), { date: '2025-01-20' });
    expect([row['points_avg_last_5'], row['points_avg_last_10']]).toEqual([last5, last10]);
  });

  it('usage of the last 3 and 7 games that have one', async () => {
    const games = inOrder([30, 28, 26, 20], 'usage');
    expect(await rowOn(games, { date: '2025-01-20' })).toMatchObject({
      projected_usage_rate: '28.0',
      avg_usage_rate_last_7_games: '26.0',
      data_quality_issues: ['no_opponent_history', 'no_team_history'],
    });
    // A game without a usage rate is passed over, wherever it stands.
    const holes: readonly Played[] = [
      { date: '2025-01-19', usage: null },
      { date: '2025-01-18', usage: 30 },
      { date: '2025-01-17', usage: null },
      { date: '2025-01-16', usage: 28 },
      { date: '2025-01-15', usage: 26 },
      { date: '2025-01-14', usage: 20 },
    ];
    expect(await rowOn(holes, { date: '2025-01-20' })).toMatchObject({
      projected_usage_rate: '28.0',
      avg_usage_rate_last_7_games: '26.0',
    });
  });

  it('has no usage with two games', async () => {
    expect(await rowOn(inOrder([30, 28], 'usage'), { date: '2025-01-20' })).toMatchObject({
      projected_usage_rate: null,
      avg_usage_rate_last_7_games: null,
      data_quality_issues: ['few_usage_games', 'no_opponent_history', 'no_team_history'],
    });
  });
});

describe('the roster', () => {
  const players = async (games: readonly Played[], date = '2025-01-20') =>
    (await rowsOn(games, { date })).map(
      (row) => `${row['universal_player_id']} ${row['team_abbr']}`,
    );

  it('holds a player for 30 days, and not 31', async () => {
    expect(await players([{ date: '2025-01-10' }])).toEqual(['7 LAL']);
    expect(await players([{ date: '2024-12-21' }])).toEqual(['7 LAL']);
    expect(await players([{ date: '2024-12-20' }])).toEqual([]);
  });

  it('keeps a traded player with his old team until he has played for the new one', async () => {
    expect(await players([{ date: '2025-01-18', team: 'LAL' }])).toEqual(['7 LAL']);
    const played = [
      { date: '2025-01-16', team: 'LAL' },
      { date: '2025-01-18', team: 'BOS' },
    ];
    expect(await players(played)).toEqual(['7 BOS']);
    expect(await players([...played, { date: '2025-01-19', team: 'NYK' }])).toEqual([]);
  });

  it('does not hold who turned out to play', async () => {
    expect(await players([{ date: '2025-01-20' }, { date: '2025-01-21' }])).toEqual([]);
  });
});

describe('pace and opponent', () => {
  const games = (team: string, days: readonly number[], pace: number) =>
    days.map((day) => ({ team, date: `2025-01-${String(day).padStart(2, '0')}`, pace }));
  const inputs = (played: ReturnType<typeof games>): Inputs => {
    const schedule = played.map(({ team, date }, index) => ({
      nba_game_id: `00224${String(index).padStart(5, '0')}`,
      game_date: date,
      season_year: 2024,
      team_a_abbr: team,
      team_b_abbr: 'UTA',
    }));
    return {
      schedule: [
        ...schedule,
        {
          nba_game_id: '0022400900',
          game_date: '2025-01-20',
          season_year: 2024,
          team_a_abbr: 'BOS',
          team_b_abbr: 'LAL',
        },
      ],
      game_results: schedule.map(({ nba_game_id, game_date }) => ({
        nba_game_id,
        game_date,
        status: 'final',
      })),
      team_offense_game_summary: played.map(({ team, date, pace }) => ({
        team_abbr: team,
        game_date: date,
        pace,
      })),
      team_defense_game_summary: played.map(({ team, date, pace }) => ({
        team_abbr: team,
        game_date: date,
        defensive_rating: pace + 10.25,
        opp_ft_attempts: 20,
        opp_fg_attempts: 85,
      })),
    };
  };
  const tenDays = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

  it('is the difference of the means of ten games, and has its sign', async () => {
    const more = inputs([...games('LAL', tenDays, 98), ...games('BOS', tenDays, 101.5)]);
    const both: readonly Played[] = [
      { date: '2025-01-19' },
      { date: '2025-01-19', player: '8', team: 'BOS' },
    ];
    expect(await rowOn(both, { date: '2025-01-20', more })).toMatchObject({
      team_pace_last_10: '98.0',
      opponent_pace_last_10: '101.5',
      pace_differential: '3.5',
      opponent_def_rating_last_10: '111.75',
      opponent_ft_rate_allowed: '23.5',
      opponent_days_rest: 10,
    });
    const other = await rowOn(both, { date: '2025-01-20', more }, '8');
    expect(other['pace_differential']).toBe('-3.5');
  });

  it('forgets the eleventh game back, and knows nothing of the date or later', async () => {
    const more = inputs([
      ...games('LAL', [...tenDays, 11], 98),
      ...games('BOS', [1], 50),
      ...games('BOS', [2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 100),
      ...games('BOS', [20, 21], 50),
    ]);
    const row = await rowOn([{ date: '2025-01-19' }], { date: '2025-01-20', more });
    expect([row['opponent_pace_last_10'], row['opponent_days_rest']]).toEqual(['100.0', 9]);
  });

  it('is unknown against a team that has not played', async () => {
    const more = inputs(games('LAL', tenDays, 98));
    expect(await rowOn([{ date: '2025-01-19' }], { date: '2025-01-20', more })).toMatchObject({
      team_pace_last_10: '98.0',
      opponent_pace_last_10: null,
      pace_differential: null,
      opponent_days_rest: null,
      data_quality_issues: ['few_usage_games', 'missing_upstream_games', 'no_opponent_history'],
    });
  });
});

describe('points line and streaks', () => {
  const games = (points: readonly number[]): readonly Played[] =>
    points.map((value, index) => ({ date: `2025-01-${19 - index}`, points: value }));
  const prop = (line: number, more: MadeUpRow = {}): MadeUpRow => ({
    event_id: 'e',
    bookmaker: 'DraftKings',
    player_lookup: 'player7',
    game_date: '2025-01-20',
    market: 'points',
    tipoff_at: '2025-01-21 00:00:00+00',
    captured_at: '2025-01-20 20:00:00+00',
    line,
    ...more,
  });
  const lineOf = async (
    points: readonly number[],
    props: readonly MadeUpRow[],
    options: Readonly<Record<string, number>> = {},
  ) => {
    const row = await rowOn(games(points), {
      date: '2025-01-20',
      more: { player_props: props },
      options,
    });
    return [
      row['current_points_line'],
      row['current_points_line_source'],
      row['prop_over_streak'],
      row['prop_under_streak'],
    ];
  };

  it.each([
    [24.5, [25, 28, 22], 2, 0],
    [24.5, [22, 20, 30], 0, 2],
    [25, [25, 28, 20], 1, 0],
    [25, [25, 25], 0, 0],
  ])('line %f, points newest first %o', async (line, points, over, under) => {
    const text = line.toFixed(1);
    expect(await lineOf(points, [prop(line)])).toEqual([text, 'DraftKings', over, under]);
  });

  it('is unknown without a line, with one of another market or one seen after tip-off', async () => {
    const none = [null, null, null, null];
    expect(await lineOf([25], [])).toEqual(none);
    expect(await lineOf([25], [prop(24.5, { market: 'rebounds' })])).toEqual(none);
    expect(await lineOf([25], [prop(24.5, { captured_at: '2025-01-21 00:10:00+00' })])).toEqual(
      none,
    );
    const timeless = prop(24.5, { captured_at: null });
    expect(await lineOf([25], [timeless])).toEqual(none);
    expect(await lineOf([25], [timeless], { accept_closing_lines: 1 })).toEqual([
      '24.5',
      'DraftKings',
      1,
      0,
    ]);
  });

  it('comes from DraftKings, then FanDuel, and is the median of what one book says last', async () => {
    const at = (bookmaker: string, line: number, hour: number) =>
      prop(line, { bookmaker, captured_at: `2025-01-20 ${hour}:00:00+00` });
    expect((await lineOf([9], [at('PrizePicks', 24.5, 20), at('Underdog', 25.5, 20)]))[0]).toBe(
      '24.5',
    );
    expect((await lineOf([9], [at('Underdog', 24.5, 20), at('FanDuel', 25.5, 20)]))[0]).toBe(
      '25.5',
    );
    const many = [10.5, 11.5, 12.5].map((line) => at('PrizePicks', line, 20));
    expect((await lineOf([9], many))[0]).toBe('11.5');
    expect((await lineOf([9], [...many.slice(0, 2), at('PrizePicks', 30.5, 10)]))[0]).toBe('10.5');
  });
});

describe('injuries, lines of the team, age', () => {
  const star = (player: string, points: number, minutes: number, games = 10): readonly Played[] =>
    Array.from({ length: games }, (_, index) => ({
      date: `2025-01-${String(19 - index).padStart(2, '0')}`,
      player,
      points,
      minutes,
    }));
  const report = (player: string, status: string, at = '2025-01-20 20:00'): MadeUpRow => ({
    game_date: '2025-01-20',
    player_lookup: `player${player}`,
    team_abbr: 'LAL',
    reported_at: `${at}:00+00`,
    status,
  });
  const slate = (injuries: readonly MadeUpRow[]): Slate => ({
    date: '2025-01-20',
    tipoff: '2025-01-21 00:00:00+00',
    more: { injuries },
  });

  it('counts team-mates who are out and carry the team', async () => {
    const games = [
      ...star('7', 25, 30),
      ...star('1', 18, 20),
      ...star('2', 12, 28),
      ...star('3', 17, 27.9),
      ...star('4', 11, 40),
      ...star('5', 30, 40, 9),
    ];
    const injuries = ['1', '2', '3', '4', '5', '7'].map((player) => report(player, 'out'));
    const rows = await rowsOn(games, slate(injuries));
    const stars = new Map(
      rows.map((row) => [row['universal_player_id'], row['star_teammates_out']]),
    );
    expect(stars).toEqual(
      new Map([
        ['7', 2],
        ['1', 2],
        ['2', 2],
        ['3', 3],
        ['4', 3],
        ['5', 3],
      ]),
    );
  });

  it('takes the latest report before tip-off, and available for who is not listed', async () => {
    const injuries = [
      report('7', 'questionable', '2025-01-20 10:00'),
      report('7', 'probable', '2025-01-20 23:30'),
      report('7', 'out', '2025-01-21 00:30'),
    ];
    const games = [...star('7', 25, 30), ...star('8', 5, 10)];
    const statuses = (await rowsOn(games, slate(injuries))).map((row) => row['player_status']);
    expect(statuses.toSorted()).toEqual(['available', 'probable']);
    expect(await rowOn(games, slate([]))).toMatchObject({
      player_status: null,
      star_teammates_out: null,
    });
  });

  it('takes spread, total and a discarded line from the row of the team', async () => {
    const own = { game_spread: -5.5, game_total: 226, data_quality_issues: ['line_implausible'] };
    const row = await rowOn(star('7', 25, 30), { date: '2025-01-20', own });
    expect([row['game_spread'], row['game_total']]).toEqual(['-5.5', '226.0']);
    expect(row['data_quality_issues']).toContain('line_implausible');
  });

  it.each([
    ['1995-01-20', 30],
    ['1995-01-21', 29],
    ['1996-02-29', 28],
    [null, null],
  ])('born %s he is %s', async (born, age) => {
    const players = born === null ? [] : [{ player_id: 7, birth_date: born }];
    const row = await rowOn(star('7', 25, 30), { date: '2025-01-20', more: { players } });
    expect(row['player_age']).toBe(age);
  });
});

it.each([
  [
    'the smallest id has a shared name, whoever had it in his latest game',
    'same',
    'same',
    ['same_12', 'same'],
  ],
  ['a mark of another date stays there', 'other', 'same_12', ['same', 'other']],
  ['whoever is marked stays marked', 'same', 'same_12', ['same_12', 'same']],
])('%s', async (_, ofSeven, ofTwelve, expected) => {
  const games = [
    { date: '2025-01-10', player: '7', lookup: ofSeven },
    { date: '2025-01-12', player: '12', lookup: ofTwelve },
  ];
  const rows = await rowsOn(games, { date: '2025-01-20' });
  const byId = rows.toSorted((a, b) =>
    String(a['universal_player_id']).localeCompare(String(b['universal_player_id'])),
  );
  expect(byId.map((row) => row['player_lookup'])).toEqual(expected);
});
