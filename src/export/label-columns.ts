import { type Market, markets } from '../league/markets.ts';

/** A column of what became of a player; each is NULL for who did not play. */
export interface Label {
  readonly name: string;
  /** SQL over `actual`, his row of player_game_summary. */
  readonly from: string;
  /** A decimal, which a Parquet file may have as a double. */
  readonly isDecimal: boolean;
}

const count = (name: string, from: string): Label => ({ name, from, isDecimal: false });
const decimal = (name: string, column: string): Label => ({
  name,
  from: `actual.${column}`,
  isDecimal: true,
});

/** What he has reached in a market. */
export function actualOf({ columns }: Market): string {
  return columns.map((column) => `actual.${column}`).join(' + ');
}

const actuals = markets.map((market) => count(`actual_${market.name}`, actualOf(market)));

/** Ten and more of so many of points, rebounds, assists, steals and blocks. */
function multiple(times: number): string {
  const tens = ['points', 'rebounds', 'assists', 'steals', 'blocks'].map(
    (column) => `CASE WHEN actual.${column} >= 10 THEN 1 ELSE 0 END`,
  );
  return `CASE WHEN actual.is_active THEN ${tens.join(' + ')} >= ${times} END`;
}

const minutes = decimal('actual_minutes', 'minutes_played');

/** Labels of `ml_feature_store`, which is about points alone. */
export const pointsLabels: readonly Label[] = [
  ...actuals.filter(({ name }) => name === 'actual_points'),
  minutes,
  decimal('points_line', 'points_line'),
  count('points_line_source', 'actual.points_line_source'),
];

/** Labels of every market. A line that was known before the game is a feature, under a name of its own. */
export const marketLabels: readonly Label[] = [
  ...actuals,
  count('actual_double_double', multiple(2)),
  count('actual_triple_double', multiple(3)),
  minutes,
  decimal('actual_points_line', 'points_line'),
  count('actual_points_line_source', 'actual.points_line_source'),
];
