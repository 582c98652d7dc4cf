import type { Market } from '../league/markets.ts';
import type { Column } from '../sql/column.ts';
import type { StoredTable } from '../table/table-definition.ts';

/** A column of a table for one market under a name that is the same for every market. */
export interface GenericColumn {
  readonly column: Column;
  readonly name: string;
}

/** Prefixes of what a table has of a market, and what they are called for any. */
const prefixes = (market: string) => [
  [`${market}_`, 'market_'],
  [`opponent_${market}_`, 'opponent_market_'],
];

/** The columns that a table has for each market: those of this one. */
export function genericColumns(
  { columns }: Pick<StoredTable, 'columns'>,
  { name }: Market,
): readonly GenericColumn[] {
  return columns.flatMap((column) =>
    prefixes(name).flatMap(([own = '', generic = '']) =>
      column.name.startsWith(own) ? [{ column, name: column.name.replace(own, generic) }] : [],
    ),
  );
}

/** TRUE when a table has columns for each market. */
export function hasMarkets({ columns }: Pick<StoredTable, 'columns'>): boolean {
  return columns.some(({ name }) => name === 'rebounds_avg_last_10');
}
