import { type GameValue, gamesIn } from '../../../src/games/game-sums.ts';
import { average, type GamesQuotient, mean, pooled } from '../../../src/games/games-measures.ts';
import { type Market, markets } from '../../../src/league/markets.ts';
import { type Measure, numeric } from '../../../src/sql/column.ts';
import { lastGames, seasonToDate } from '../../../src/window/window.ts';
import { perGame, share } from './words.ts';

const lastTen = lastGames(10, 'team');
const noGame = { nullWhen: 'the team has no earlier game this season' } as const;

/** What the games of a date's teams before it say of each: columns of `team_form`, and of no table. */
export const teamForm: readonly Measure[] = [
  numeric('pace_last_10', [5, 2], 'mean pace of its last 10 games', {
    from: mean('pace', 1, lastTen),
    unit: 'possessions per 48 minutes',
    ...noGame,
    range: { min: 80, max: 125, severity: 'warn' },
  }),
  ...(['offensive', 'defensive'] as const).map((side) =>
    numeric(`${side}_rating_last_10`, [6, 2], `mean ${side} rating of its last 10 games`, {
      from: mean(`${side}_rating`, 2, lastTen),
      unit: 'points per 100 possessions',
      ...noGame,
      range: { min: 80, max: 150, severity: 'warn' },
    }),
  ),
  numeric('win_share_season', [4, 3], 'games won of its games of the season', {
    from: pooled(
      [{ name: 'wins', reads: 'win_flag', from: 'CASE WHEN win_flag THEN 1 ELSE 0 END' }],
      seasonToDate,
      (num) => ({ num, den: gamesIn(seasonToDate) }),
    ),
    ...share,
    ...noGame,
  }),
];

/** What the opponents of a team have done in a game. */
function allowed({ name, teamColumns }: Market): GameValue {
  return {
    name: `${name}_allowed`,
    reads: teamColumns,
    from: teamColumns.map((column) => `opponent_${column}`).join(' + '),
  };
}

/** The INT64 of `league` that holds what all teams have done in a market, as SQL of a row of a team. */
export const leagueSums = markets.map(({ name, teamColumns }) => ({
  name: `league_${name}`,
  from: teamColumns.map((column) => `game.${column}`).join(' + '),
}));

function allowedFeatures(market: Market): readonly Measure[] {
  const { name, says } = market;
  const own = average(allowed(market), lastTen);
  const beside: GamesQuotient = {
    num: `${own.num} * league_games - league_${name} * ${own.den}`,
    den: `${own.den} * league_games`,
    kind: 'signed',
    sums: own.sums,
  };
  return [
    numeric(`${name}_allowed_last_10`, [6, 2], `mean ${says} of who played against it, 10 games`, {
      from: own,
      ...perGame(says),
      ...noGame,
    }),
    numeric(
      `${name}_allowed_vs_league`,
      [6, 2],
      `that less the mean ${says} of all teams in the season before d`,
      {
        from: beside,
        unit: `${says} per game`,
        ...noGame,
      },
    ),
  ];
}

/** What a team has let its opponents do in each market, beside the league. */
export const allowedForm: readonly Measure[] = markets.flatMap(allowedFeatures);
