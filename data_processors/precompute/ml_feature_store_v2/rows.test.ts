import { describe, expect, it } from 'vitest';
import { computedRows, type MadeUpRow } from '../../../tests/support/computed-rows.ts';
import { datesBefore } from '../../../tests/support/made-up-team-games.ts';
import { features } from './features.ts';

const date = '2023-11-15';
const target = { date, seasonYear: 2023, seasonStart: '2023-10-24' };
const tipOff = '2023-11-16T00:30:00Z';
const evening = { game_date: date, season_year: 2023, nba_game_id: 'g', game_id: 'NYK_BOS' };

/** A player of Boston or of who comes to Boston. */
interface Player {
  readonly team?: 'BOS' | 'NYK';
  readonly upcoming?: MadeUpRow;
  /** His games, by how many games of his team ago they were, 1 the latest; what is left out he missed. */
  readonly games?: Readonly<Record<number, MadeUpRow>>;
  /** Rows of player_game_summary that are not among the games of his team before the date. */
  readonly others?: readonly MadeUpRow[];
  readonly props?: readonly MadeUpRow[];
}

interface Scene {
  readonly players: readonly Player[];
  /** How many games each team has had, a day each; as many as the earliest of a player unless given. */
  readonly teamGames?: number;
  /** Rows of both teams by game, the latest first, over what they have in common. */
  readonly box?: readonly { readonly BOS?: MadeUpRow; readonly NYK?: MadeUpRow }[];
  readonly options?: Readonly<Record<string, number>>;
  readonly zones?: readonly MadeUpRow[];
  readonly defense?: readonly MadeUpRow[];
}

const sides = ['BOS', 'NYK'] as const;
const other = { BOS: 'NYK', NYK: 'BOS' } as const;

/** The rows of the players, in their order. */
async function rowsOf(scene: Scene): Promise<readonly MadeUpRow[]> {
  const { players, box = [], options, zones = [], defense = [] } = scene;
  const earliest = Math.max(
    0,
    ...players.flatMap(({ games = {} }) => Object.keys(games).map(Number)),
  );
  const days = datesBefore(Math.max(scene.teamGames ?? earliest, box.length));
  const dayOf = (ago: number) => days[ago - 1] ?? '';
  const identity = (index: number, { team = 'BOS' }: Player) => ({
    universal_player_id: String(index),
    player_lookup: `player${index}`,
    team_abbr: team,
  });
  const rows = await computedRows(
    'ml_feature_store_v2',
    {
      upcoming_player_game_context: players.map((player, index) => {
        const { team = 'BOS', games = {}, upcoming } = player;
        const latest = Math.min(...Object.keys(games).map(Number));
        return {
          ...evening,
          ...identity(index, player),
          opponent_team_abbr: other[team],
          data_quality_issues: [],
          games_played_season: Object.keys(games).length,
          last_game_date: Number.isFinite(latest) ? dayOf(latest) : null,
          ...upcoming,
        };
      }),
      upcoming_team_game_context: sides.map((team) => ({ ...evening, team_abbr: team })),
      player_game_summary: players.flatMap((player, index) => {
        const { games = {}, others = [] } = player;
        const plain = { ...identity(index, player), season_year: 2023, is_active: true };
        const own = Object.entries(games).map(([ago, game]) => ({
          ...plain,
          game_date: dayOf(Number(ago)),
          ...game,
        }));
        return [...own, ...others.map((game) => ({ ...plain, ...game }))];
      }),
      team_offense_game_summary: days.flatMap((game_date, game) =>
        sides.map((team) => ({
          ...{ team_abbr: team, opponent_team_abbr: other[team], season_year: 2023, game_date },
          ...box[game]?.[team],
        })),
      ),
      schedule: [
        { ...evening, team_a_abbr: 'BOS', team_b_abbr: 'NYK', tipoff_at: tipOff },
        ...days.map((game_date) => ({
          ...{ game_date, season_year: 2023, nba_game_id: game_date },
          ...{ team_a_abbr: 'BOS', team_b_abbr: 'NYK' },
        })),
      ],
      player_shot_zone_analysis: zones.map((row) => ({ analysis_date: date, ...row })),
      team_defense_zone_analysis: defense.map((row) => ({ analysis_date: date, ...row })),
      player_props: players.flatMap(({ props = [] }, index) =>
        props.map((prop) => ({ game_date: date, player_lookup: `player${index}`, ...prop })),
      ),
    },
    [target],
    options,
  );
  const byId = new Map(rows.map((row) => [row['universal_player_id'], row]));
  return players.map((_, index) => {
    const row = byId.get(String(index));
    if (!row) throw new Error(`no row for player ${index}`);
    return row as MadeUpRow;
  });
}

/** The row of the first of the players. */
async function rowOf(
  player: Player,
  scene: Omit<Scene, 'players'> = {},
  ...more: readonly Player[]
) {
  const [row] = await rowsOf({ players: [player, ...more], ...scene });
  if (!row) throw new Error('no row');
  return row;
}

/** Games of so many points, the latest first. */
const scoring = (...points: readonly number[]) =>
  Object.fromEntries(points.map((scored, game) => [game + 1, { points: scored }]));

describe('what he has done', () => {
  const games = {
    1: { points: 20, rebounds: 5, assists: 1, seconds_played: 1800 },
    2: { points: 14, rebounds: 6, assists: 2, seconds_played: 2100 },
    3: { points: 11, rebounds: 7, assists: 3, seconds_played: 1500 },
    4: { points: 9, rebounds: 8, assists: 4, seconds_played: 1200 },
  };

  it('is averaged over his last games and over the season', async () => {
    expect(await rowOf({ games })).toMatchObject({
      points_avg_last_3: '15.00',
      points_avg_last_5: '13.50',
      points_avg_last_10: '13.50',
      points_avg_season: '13.50',
      // Deviations 6.5, 0.5, −2.5, −4.5: √(69/3).
      points_std_last_10: '4.80',
      points_per_36_season: '17.67',
      points_last_game: 20,
      pra_avg_last_3: '23.00',
      pra_avg_season: '22.50',
      pra_last_game: 26,
      minutes_avg_last_3: '30.00',
      minutes_avg_season: '27.50',
      minutes_std_last_10: '6.45',
      minutes_last_game: '30.00',
      minutes_trend: '2.50',
    });
  });

  it('ends at ten games where ten are meant', async () => {
    const row = await rowOf({ games: scoring(...Array.from({ length: 10 }, () => 10), 120) });
    expect(row).toMatchObject({
      points_avg_last_10: '10.00',
      points_std_last_10: '0.00',
      points_avg_season: '20.00',
      games_played_season: 11,
    });
  });

  it('has nothing of the date itself, of later days, of another season, or of a game he sat out', async () => {
    const others = [
      { game_date: date, points: 90 },
      { game_date: '2023-11-16', points: 91 },
      { game_date: '2023-04-09', season_year: 2022, points: 92 },
      { game_date: '2023-11-01', is_active: false, points: 0 },
    ];
    expect(await rowOf({ games, others })).toEqual(await rowOf({ games }));
  });

  it('has no deviation after one game', async () => {
    expect(await rowOf({ games: scoring(20) })).toMatchObject({
      points_avg_last_10: '20.00',
      points_std_last_10: null,
    });
  });

  it('is unknown where the source lacks it in his games', async () => {
    const row = await rowOf({ games: { 1: { seconds_played: 1200 } } });
    expect(row).toMatchObject({
      points_avg_last_3: null,
      points_last_game: null,
      usage_rate_season: null,
      ts_pct_season: null,
      started_share_last_10: null,
      minutes_last_game: '20.00',
    });
  });

  it('counts usage and starts over the games that have one', async () => {
    const row = await rowOf({
      games: {
        1: { usage_rate: 20, starter_flag: true, points: 20, fg_attempts: 12, ft_attempts: 5 },
        2: { usage_rate: 30.5, starter_flag: false, points: 10, fg_attempts: 8 },
        3: {},
      },
    });
    // 30/(2·(20 + 0.44·5)).
    expect(row).toMatchObject({
      usage_rate_last_10: '25.25',
      ts_pct_last_10: '0.676',
      started_share_last_10: '0.500',
    });
  });
});

describe('whether he is there', () => {
  it('is the share of the last games of his team, and how many he has missed since his latest', async () => {
    const row = await rowOf({ games: { 2: {}, 4: {} } });
    expect(row).toMatchObject({ played_share_last_10: '0.500', games_missed_in_a_row: 1 });
  });

  it('looks at ten games of his team, however many there were', async () => {
    const row = await rowOf({ games: { 1: {}, 10: {}, 11: {}, 12: {} } });
    expect(row).toMatchObject({ played_share_last_10: '0.200', games_missed_in_a_row: 0 });
  });

  it('counts none of the games that he played for another team', async () => {
    const row = await rowOf({
      games: { 1: {}, 2: { team_abbr: 'NYK' }, 3: { team_abbr: 'NYK' } },
    });
    expect(row).toMatchObject({ played_share_last_10: '0.333', points_avg_season: null });
  });

  it.each([
    ['Out', 3],
    ['doubtful', 3],
    ['questionable', 2],
    ['probable', 1],
    ['available', 0],
    [null, null],
  ])('has a risk by the report "%s"', async (player_status, risk) => {
    const row = await rowOf({ games: scoring(20), upcoming: { player_status } });
    expect(row['injury_risk']).toBe(risk);
  });
});

describe('who is missing around him', () => {
  const regular = { seconds_played: 1200, points: 12, usage_rate: 21 };
  const me: Player = { games: { 1: regular, 2: regular, 3: regular } };

  it('are rotation players who were not in the latest game of his team', async () => {
    const row = await rowOf(
      me,
      {},
      { games: { 2: regular, 3: { ...regular, points: 15, usage_rate: null } } },
      // Nine minutes a game are not the rotation.
      { games: { 2: { seconds_played: 540 } } },
      { games: { 1: regular, 2: regular } },
    );
    expect(row).toMatchObject({
      teammates_missing_count: 1,
      teammates_missing_minutes: '20.00',
      teammates_missing_usage: '21.00',
      teammates_missing_points: '13.50',
      teammates_returned_count: 0,
      opponents_missing_count: null,
    });
  });

  it('are not himself', async () => {
    const row = await rowOf({ games: { 2: regular } }, {}, me);
    expect(row).toMatchObject({ games_missed_in_a_row: 1, teammates_missing_count: 0 });
  });

  it('are back when they were in the latest game and not in the one before', async () => {
    const row = await rowOf(me, {}, { games: { 1: regular, 3: regular } });
    expect(row).toMatchObject({
      teammates_returned_count: 1,
      teammates_returned_minutes: '20.00',
      teammates_missing_count: 0,
    });
  });

  it('are those of the opponent too', async () => {
    const row = await rowOf(
      me,
      {},
      { team: 'NYK', games: { 3: { ...regular, points: 31 } } },
      { team: 'NYK', games: { 1: regular } },
    );
    expect(row).toMatchObject({
      opponents_missing_count: 1,
      opponents_missing_minutes: '20.00',
      opponents_missing_points: '31.00',
      teammates_missing_count: 0,
    });
  });

  it('are unknown by reports that nobody has loaded, and counted by those that there are', async () => {
    const absent = { 2: regular, 3: regular };
    const silent = await rowOf(me, {}, { games: absent });
    expect(silent).toMatchObject({
      teammates_out_by_report_count: null,
      teammates_returning_by_report_count: null,
    });
    const status = (player_status: string) => ({ upcoming: { player_status } });
    const told = await rowOf(
      { ...me, ...status('available') },
      {},
      { games: { 1: regular }, ...status('Doubtful') },
      { games: { 1: regular }, ...status('questionable') },
      { games: absent, ...status('Probable') },
    );
    expect(told).toMatchObject({
      teammates_out_by_report_count: 1,
      teammates_out_by_report_points: '12.00',
      teammates_returning_by_report_count: 1,
      teammates_returning_by_report_minutes: '20.00',
    });
  });
});

describe('what bookmakers offer', () => {
  const at = (book: string, captured_at: string | null, line: number, over = 1.9, under = 1.9) => ({
    ...{ market: 'points', bookmaker: book, captured_at, line },
    ...{ over_price: over, under_price: under },
  });
  const noon = '2023-11-15T12:00:00Z';
  const later = '2023-11-15T23:00:00Z';
  const games = scoring(25, 23, 10, 26);

  it('is the median of the books at their last capture before tip-off', async () => {
    const props = [
      ...[at('A', noon, 20.5), at('A', later, 22.5, 2, 1.8)],
      ...[at('B', noon, 21.5), at('C', later, 24.5)],
    ];
    expect(await rowOf({ games, props })).toMatchObject({
      points_line: '22.5',
      points_line_books: 3,
      points_line_spread: '3.0',
      // 1.8/3.8 and twice a half.
      points_line_over_probability: '0.4912',
      points_line_move: '2.0',
      points_over_streak: 2,
      points_under_streak: 0,
      rebounds_line: null,
      rebounds_line_books: null,
    });
  });

  it('is the lower of two in the middle', async () => {
    const row = await rowOf({ games, props: [at('A', noon, 20.5), at('B', noon, 23.5)] });
    expect(row).toMatchObject({ points_line: '20.5', points_line_move: null });
  });

  it('is nothing that was seen after tip-off, or at an unknown time unless that is accepted', async () => {
    const late = { games, props: [at('A', '2023-11-16T00:30:01Z', 22.5)] };
    expect(await rowOf(late)).toMatchObject({ points_line: null, points_over_streak: null });
    const untimed = { games, props: [at('A', null, 22.5)] };
    expect(await rowOf(untimed)).toMatchObject({ points_line: null });
    expect(await rowOf(untimed, { options: { accept_closing_lines: 1 } })).toMatchObject({
      points_line: '22.5',
      points_line_move: null,
    });
  });

  it('has no probability where a price is missing', async () => {
    const oneSided = { ...at('A', noon, 22.5), under_price: null };
    expect(await rowOf({ games, props: [oneSided] })).toMatchObject({
      points_line: '22.5',
      points_line_over_probability: null,
    });
  });

  it('is stood beside what he did: a game on the line ends neither streak and is of none', async () => {
    const props = [at('A', noon, 23)];
    expect(await rowOf({ games, props })).toMatchObject({
      points_over_streak: 1,
      points_under_streak: 0,
    });
    expect(await rowOf({ games: scoring(8, 9, 30), props })).toMatchObject({
      points_over_streak: 0,
      points_under_streak: 2,
    });
  });
});

describe('the teams', () => {
  const box = [
    {
      BOS: { points_scored: 110, rebounds: 40, pace: 100, offensive_rating: 110, win_flag: true },
      NYK: { points_scored: 100, rebounds: 44, pace: 100, offensive_rating: 100, win_flag: false },
    },
    {
      BOS: { points_scored: 120, rebounds: 42, pace: 97.5, offensive_rating: 121, win_flag: false },
      NYK: { points_scored: 130, rebounds: 46, pace: 97.5, offensive_rating: 131, win_flag: true },
    },
  ];

  it('are told by their games, and what the opponent allows beside the league', async () => {
    expect(await rowOf({ games: scoring(20, 30) }, { box })).toMatchObject({
      team_pace_last_10: '98.75',
      team_offensive_rating_last_10: '115.50',
      team_defensive_rating_last_10: '115.50',
      team_win_share_season: '0.500',
      // Boston's 110 and 120 are what New York has allowed; the four rows of the league average 115.
      opponent_points_allowed_last_10: '115.00',
      opponent_points_allowed_vs_league: '0.00',
      // 41 allowed, 43 in the league.
      opponent_rebounds_allowed_last_10: '41.00',
      opponent_rebounds_allowed_vs_league: '-2.00',
    });
  });

  it.each([
    [220.5, -3.5, '112.00'],
    [220, 4, '108.00'],
    [220.5, null, null],
    [null, -3.5, null],
  ])(
    'are expected to score by total %s and spread %s',
    async (game_total, game_spread, implied) => {
      const row = await rowOf({ games: scoring(20), upcoming: { game_total, game_spread } });
      expect(row['implied_team_total']).toBe(implied);
    },
  );
});

it('knows nothing where nothing is known, and makes nothing up', async () => {
  const row = await rowOf({}, {});
  const counts = /^games_played_season$|_count$|_(minutes|usage|points)$/;
  const made = features.filter(({ name }) => row[name] !== null && !counts.test(name));
  expect(made.map(({ name }) => name)).toEqual([]);
  expect(row).toMatchObject({ feature_count: features.length, data_quality_tier: 'low' });
});
