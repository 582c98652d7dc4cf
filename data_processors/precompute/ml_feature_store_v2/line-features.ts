import { type Market, markets } from '../../../src/league/markets.ts';
import { type Column, int64, type Measure, numeric } from '../../../src/sql/column.ts';
import { taken } from '../../../src/table/measure.ts';
import { atLeastZero, share } from './words.ts';

const noLine = { nullWhen: 'no usable line of the market is loaded' } as const;

/** What `market_streaks` has of a market, whichever it is. */
export const lineColumns = [
  ...(['line', 'line_books', 'line_spread', 'line_over_probability', 'line_move'] as const),
  ...(['over_streak', 'under_streak'] as const),
];

const ofMarket = ({
  name,
  says,
}: Market): Readonly<Record<(typeof lineColumns)[number], Column>> => ({
  line: numeric(
    `${name}_line`,
    [4, 1],
    'median, the lower of two, over the bookmakers of what each offered at its last capture before tip-off',
    { unit: says, ...noLine, ...atLeastZero },
  ),
  line_books: int64(`${name}_line_books`, 'bookmakers that the line is the median of', {
    unit: 'bookmakers',
    ...noLine,
    range: { min: 1, max: 1000, severity: 'error' },
  }),
  line_spread: numeric(`${name}_line_spread`, [4, 1], 'their largest line less the smallest', {
    unit: says,
    ...noLine,
    ...atLeastZero,
  }),
  line_over_probability: numeric(
    `${name}_line_over_probability`,
    [5, 4],
    'mean over the bookmakers of the probability of more than the line that their prices say without margin, R(under/(over + under), 6) each',
    {
      ...share,
      nullWhen: 'no bookmaker has both prices at its last capture',
    },
  ),
  line_move: numeric(
    `${name}_line_move`,
    [5, 1],
    'median at the last capture less that at the first one, over the bookmakers with several',
    { unit: says, nullWhen: 'no bookmaker has a line at several known times' },
  ),
  over_streak: int64(`${name}_over_streak`, 'his last games of the season in a row over the line', {
    unit: 'games',
    ...noLine,
    ...atLeastZero,
  }),
  under_streak: int64(`${name}_under_streak`, 'his last games of the season in a row under it', {
    unit: 'games',
    ...noLine,
    ...atLeastZero,
  }),
});

/** What bookmakers offer on him in each market, and how he has done beside it. */
export const lines: readonly Measure[] = markets.flatMap((market) => {
  const columns = ofMarket(market);
  return taken(...lineColumns.map((name) => columns[name]));
});
