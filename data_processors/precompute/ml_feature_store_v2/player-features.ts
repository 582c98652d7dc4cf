import { type GameValue, orZero, plain } from '../../../src/games/game-sums.ts';
import {
  average,
  deviation,
  type GamesQuotient,
  mean,
  pooled,
} from '../../../src/games/games-measures.ts';
import { type Market, markets } from '../../../src/league/markets.ts';
import { int64, type Measure, numeric } from '../../../src/sql/column.ts';
import { lastGames, seasonToDate } from '../../../src/window/window.ts';
import { trueShooting, trueShootingWords } from '../../shared/formulas-sql.ts';
import { atLeastZero, perGame, share } from './words.ts';

const lastThree = lastGames(3, 'player');
const lastFive = lastGames(5, 'player');
const lastTen = lastGames(10, 'player');

const windows = [
  { over: lastThree, suffix: 'last_3', words: 'his last 3 games, or fewer' },
  { over: lastFive, suffix: 'last_5', words: 'his last 5 games, or fewer' },
  { over: lastTen, suffix: 'last_10', words: 'his last 10 games, or fewer' },
  { over: seasonToDate, suffix: 'season', words: 'his games of the season' },
] as const;

const longWindows = windows.filter(({ suffix }) => suffix === 'last_10' || suffix === 'season');

/** What a game has of a market: its column, or the sum of several, which `totals` has under its name. */
function inGame({ name, columns }: Market): GameValue {
  const [only = '', ...others] = columns;
  return others.length === 0 ? plain(only) : { name, reads: columns, from: name };
}

function per36(value: GameValue, over: (typeof windows)[number]['over']) {
  return pooled([value, plain('seconds_played')], over, (sum, seconds) => ({
    num: `${36 * 60} * ${sum}`,
    den: seconds,
  }));
}

function marketFeatures(market: Market): readonly Measure[] {
  const { name, says, columns } = market;
  const value = inGame(market);
  return [
    ...windows.map(({ over, suffix, words }) =>
      numeric(`${name}_avg_${suffix}`, [6, 2], `mean ${says} of ${words}`, {
        from: average(value, over),
        ...perGame(says),
      }),
    ),
    numeric(`${name}_std_last_10`, [6, 2], 'sample deviation (n − 1) of his last 10 games', {
      from: deviation(value, lastTen),
      unit: says,
      nullWhen: 'only one game',
      ...atLeastZero,
    }),
    ...longWindows.map(({ over, suffix, words }) =>
      numeric(`${name}_per_36_${suffix}`, [7, 2], `R(2160·Σ/Σ seconds, 2) of ${words}`, {
        from: per36(value, over),
        unit: `${says} per 36 minutes`,
        ...atLeastZero,
      }),
    ),
    int64(`${name}_last_game`, `${says} of his latest game`, {
      from: columns.map((column) => `latest_${column}`).join(' + '),
      unit: says,
      nullWhen: 'missing in the source',
    }),
  ];
}

/** What he has done in each market, of his rows of player_game_summary. */
export const marketForm: readonly Measure[] = markets.flatMap(marketFeatures);

const secondsDeviation = deviation('seconds_played', lastTen);
const [short, long] = [average('seconds_played', lastThree), average('seconds_played', lastTen)];
const trend: GamesQuotient = {
  num: `${short.num} * ${long.den} - ${long.num} * ${short.den}`,
  den: `60 * ${short.den} * ${long.den}`,
  kind: 'signed',
  sums: [...short.sums, ...long.sums],
};

/** How long he is on court. */
export const minutesForm: readonly Measure[] = [
  ...windows.map(({ over, suffix, words }) =>
    numeric(`minutes_avg_${suffix}`, [4, 2], `mean minutes of ${words}`, {
      from: average('seconds_played', over, 60),
      unit: 'minutes per game',
      range: { min: 0, max: 65, severity: 'warn' },
    }),
  ),
  numeric('minutes_std_last_10', [4, 2], 'sample deviation (n − 1) of his last 10 games', {
    from: { ...secondsDeviation, den: `3600 * ${secondsDeviation.den}` },
    unit: 'minutes',
    nullWhen: 'only one game',
    ...atLeastZero,
  }),
  numeric('minutes_last_game', [4, 2], 'minutes of his latest game', {
    from: { num: 'latest_seconds_played', den: '60' },
    unit: 'minutes',
    ...atLeastZero,
  }),
  numeric('minutes_trend', [4, 2], 'mean minutes of his last 3 games less that of his last 10', {
    from: trend,
    unit: 'minutes per game',
  }),
];

const attempts = [
  { column: 'fg_attempts', name: 'field_goal_attempts', says: 'field goal attempts' },
  { column: 'three_pt_attempts', name: 'three_pt_attempts', says: 'three-point attempts' },
  { column: 'ft_attempts', name: 'free_throw_attempts', says: 'free-throw attempts' },
];

/** What part he has in his team's game. */
export const roleForm: readonly Measure[] = [
  ...longWindows.map(({ over, suffix, words }) =>
    numeric(`usage_rate_${suffix}`, [5, 2], `mean of the game usages in ${words}`, {
      from: mean('usage_rate', 1, over),
      unit: '% of team plays while on court',
      nullWhen: 'none of the games has a usage rate',
      range: { min: 0, max: 100, severity: 'error' },
    }),
  ),
  ...longWindows.map(({ over, suffix, words }) =>
    numeric(`ts_pct_${suffix}`, [5, 3], `R(${trueShootingWords('Σ ')}, 3) of ${words}`, {
      from: pooled(
        [plain('points'), orZero('fg_attempts'), orZero('ft_attempts')],
        over,
        trueShooting,
      ),
      unit: 'ratio',
      nullWhen: 'no attempts',
      range: { min: 0, max: 1.5, severity: 'warn' },
    }),
  ),
  ...attempts.map(({ column, name, says }) =>
    numeric(`${name}_per_36_last_10`, [7, 2], 'R(2160·Σ/Σ seconds, 2) of his last 10 games', {
      from: per36(plain(column), lastTen),
      unit: `${says} per 36 minutes`,
      ...atLeastZero,
    }),
  ),
  numeric('started_share_last_10', [4, 3], 'share of his last 10 games that he started', {
    from: pooled(
      [
        {
          name: 'started',
          reads: 'starter_flag',
          from: 'CASE WHEN starter_flag THEN 1 ELSE 0 END',
        },
        {
          name: 'games_with_starter',
          reads: 'starter_flag',
          from: 'CASE WHEN starter_flag IS NOT NULL THEN 1 ELSE 0 END',
        },
      ],
      lastTen,
      (num, den) => ({ num, den }),
    ),
    nullWhen: 'the source says of none of the games who started',
    ...share,
  }),
];
