import type { Measure } from '../../../src/sql/column.ts';
import { type Quotient, sqlText } from '../../../src/sql/sql-text.ts';
import type { GamesWindow } from '../../../src/window/window.ts';
import { type GameSum, type GameValue, gamesIn, gamesWith, plain, sumOf } from './game-sums.ts';

/** A quotient of sums over the games of an entity before a date. */
export interface GamesQuotient extends Quotient {
  readonly sums: readonly GameSum[];
}

/**
 * The mean of an INT64 column, or of what is made of several, over all games of the window.
 * @param per units of the column in one of the measure, for example 60 seconds in a minute.
 */
export function average(column: string | GameValue, over: GamesWindow, per = 1): GamesQuotient {
  const sum = sumOf(asValue(column), over);
  const games = gamesIn(over);
  return { num: sum.name, den: per === 1 ? games : `${per} * ${games}`, sums: [sum] };
}

/**
 * The mean of a NUMERIC column over those games of the window that have one.
 * @param decimals of the column.
 */
export function mean(column: string, decimals: number, over: GamesWindow): GamesQuotient {
  const inUnits: GameValue = {
    name: `${column}_units`,
    reads: column,
    from: (sql) => sql.units(column, decimals),
  };
  const units = sumOf(inUnits, over);
  const games = sumOf(gamesWith(column), over);
  return { num: units.name, den: `${10 ** decimals} * ${games.name}`, sums: [units, games] };
}

/** The sample deviation (n − 1) of an INT64 column, or of what is made of several, that is never negative. */
export function deviation(column: string | GameValue, over: GamesWindow): GamesQuotient {
  const value = asValue(column);
  const squared: GameValue = {
    name: `${value.name}_squared`,
    reads: value.reads,
    from: (sql) => `${sqlText(value.from, sql)} * ${sqlText(value.from, sql)}`,
  };
  const [sum, squares] = [sumOf(value, over), sumOf(squared, over)];
  const games = gamesIn(over);
  return {
    num: `${games} * ${squares.name} - ${sum.name} * ${sum.name}`,
    den: `${games} * (${games} - 1)`,
    kind: 'root',
    sums: [sum, squares],
  };
}

function asValue(column: string | GameValue): GameValue {
  return typeof column === 'string' ? plain(column) : column;
}

type NamesOf<Values extends readonly GameValue[]> = { readonly [Index in keyof Values]: string };

/** A formula of values, each summed over all games of the window. */
export function pooled<const Values extends readonly GameValue[]>(
  values: Values,
  over: GamesWindow,
  by: (...sums: NamesOf<Values>) => Quotient,
): GamesQuotient {
  const sums = values.map((value) => sumOf(value, over));
  const names = sums.map(({ name }) => name) as unknown as NamesOf<Values>;
  return { ...by(...names), sums };
}

/**
 * The sums that some measures are quotients of, each once.
 * @param others sums that the relation itself needs.
 */
export function sumsOf(
  measures: readonly Measure[],
  others: readonly GameSum[] = [],
): readonly GameSum[] {
  const sums = measures.flatMap(({ from }) => (isOfGames(from) ? from.sums : []));
  return [...new Map([...others, ...sums].map((sum) => [sum.name, sum])).values()];
}

function isOfGames(from: Measure['from']): from is GamesQuotient {
  return typeof from === 'object' && 'sums' in from;
}
