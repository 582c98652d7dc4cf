import type { Measure } from '../sql/column.ts';
import { type Quotient, sqlText } from '../sql/sql-text.ts';
import type { GamesWindow } from '../window/window.ts';
import {
  type GameSum,
  type GameValue,
  gamesIn,
  gamesWith,
  inUnits,
  plain,
  sumOf,
} from './game-sums.ts';

/** A quotient of sums over the games of an entity before a date. */
export interface GamesQuotient extends Quotient {
  readonly sums: readonly GameSum[];
}

/** What a sum is called where the quotient is taken: as where it is made, unless other relations are joined to it. */
export type At = (name: string) => string;

/** A value times a whole number. */
export interface Term {
  readonly weight: number;
  readonly value: GameValue;
}

const alone: At = (name) => name;

/**
 * The mean of an INT64 column, or of what is made of several, over all games of the window that count.
 * @param per units of the column in one of the measure, for example 60 seconds in a minute.
 */
export function average(
  column: string | GameValue,
  over: GamesWindow,
  per = 1,
  at = alone,
): GamesQuotient {
  const value = asValue(column);
  const sum = sumOf(value, over);
  const { games, sums } = gamesOf(value, over);
  return {
    num: at(sum.name),
    den: times(per * (value.units ?? 1), at(games)),
    sums: [sum, ...sums],
  };
}

/**
 * The mean of a NUMERIC column over those games of the window that have one.
 * @param decimals of the column.
 */
export function mean(column: string, decimals: number, over: GamesWindow): GamesQuotient {
  return average({ ...inUnits(column, decimals), games: gamesWith(column) }, over);
}

/** The sample deviation (n − 1) of an INT64 column, or of what is made of several. */
export function deviation(
  column: string | GameValue,
  over: GamesWindow,
  at = alone,
): GamesQuotient {
  const value = asValue(column);
  const squared: GameValue = {
    name: `${value.name}_squared`,
    reads: value.reads,
    from: (sql) => {
      const text = sqlText(value.from, sql);
      return /^\w+$/.test(text) ? `${text} * ${text}` : `(${text}) * (${text})`;
    },
  };
  const [sum, squares] = [sumOf(value, over), sumOf(squared, over)];
  const counted = gamesOf(value, over);
  const games = at(counted.games);
  return {
    num: `${games} * ${at(squares.name)} - ${at(sum.name)} * ${at(sum.name)}`,
    den: `${times((value.units ?? 1) ** 2, games)} * (${games} - 1)`,
    kind: 'root',
    sums: [sum, squares, ...counted.sums],
  };
}

/** The sum of some values, each with its weight, by that of others. @param factor what the quotient is multiplied by. */
export function rate(
  of: readonly Term[],
  per: readonly Term[],
  over: GamesWindow,
  factor = 1,
  at = alone,
): GamesQuotient {
  const sums = [...of, ...per].map(({ value }) => sumOf(value, over));
  const added = (terms: readonly Term[]) =>
    terms.map(({ value, weight }) => times(weight, at(sumOf(value, over).name))).join(' + ');
  return { num: times(factor, added(of)), den: added(per), sums };
}

/** The mean over a short window less that over a long one. */
export function trend(
  value: GameValue,
  [short, long]: readonly [GamesWindow, GamesWindow],
  per = 1,
  at = alone,
): GamesQuotient {
  const [near, far] = [average(value, short, per, at), average(value, long, per, at)];
  const [n, f] = [short, long].map((over) => at(gamesOf(value, over).games));
  return {
    num: `${near.num} * ${f} - ${far.num} * ${n}`,
    den: `${times(per * (value.units ?? 1), String(n))} * ${f}`,
    kind: 'signed',
    sums: [...near.sums, ...far.sums],
  };
}

function asValue(column: string | GameValue): GameValue {
  return typeof column === 'string' ? plain(column) : column;
}

/** Which column counts the games of a window that a value has, and what has to be summed for it. */
export function gamesOf({ games }: Pick<GameValue, 'games'>, over: GamesWindow) {
  if (!games) return { games: gamesIn(over), sums: [] };
  const sum = sumOf(games, over);
  return { games: sum.name, sums: [sum] };
}

/** A factor before an expression, unless it is 1. */
function times(factor: number, text: string): string {
  if (factor === 1) return text;
  return /^[\w.]+$/.test(text) ? `${factor} * ${text}` : `${factor} * (${text})`;
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
