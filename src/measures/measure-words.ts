import type { AllowedRange } from '../sql/column.ts';

/** A column of a stored table: `player_game_summary.steals`. */
export type ColumnName = `${string}.${string}`;

/** The games before a date that a measure is made of; all of them are of the season of the date. */
export type Games =
  | { readonly kind: 'lastGames'; readonly games: number }
  | { readonly kind: 'lastDays'; readonly days: number }
  | { readonly kind: 'seasonToDate' };

/** What a column of a game must be for the game to count. A game of which it is not known does not count. */
export type Wanted =
  | boolean
  | number
  | string
  | { readonly atLeast?: number; readonly atMost?: number };

/** Columns of the same table, all of which must be as wanted. */
export type Where = Readonly<Record<string, Wanted>>;

/** Whose games: those of the player or team of the row, or of the team that it meets. */
export type Whose = 'own' | 'opponent';

/** What every measure may say of itself. */
interface Details {
  /** One line for the documentation; what it is made of, unless given. */
  readonly meaning?: string;
  /** What it is counted in; taken from the column unless given. */
  readonly unit?: string;
  /** When it is NULL, in words; what follows from what it is made of, unless given. */
  readonly nullWhen?: string;
  /** Values outside are counted by date: `error` fails the date, `warn` is told. */
  readonly range?: AllowedRange;
}

/** Which games count, of whom. */
interface OfGames extends Details {
  /** Which games before the date. */
  readonly over: Games;
  /** Only those of them that are so count. */
  readonly where?: Where;
  /** `own` unless given; only the games of teams can be an opponent's. */
  readonly whose?: Whose;
  /** NULL where fewer games count. 1 unless given. */
  readonly minGames?: number;
}

interface Rounded {
  /** Digits after the point, 0 to 6: the value is rounded to them once. */
  readonly decimals: number;
  /** All digits, at most 18; 12 before the point unless given. A value with more fails the table. */
  readonly digits?: number;
}

interface InUnits {
  /** Units of the column in one of the measure, 1 unless given: 60 makes minutes of seconds. */
  readonly dividedBy?: number;
}

interface OrZero {
  /**
   * `zero`: a value that is missing is 0, and its game counts; otherwise only games count that have all values. NULL where no
   * game has a value of a column that stands alone.
   */
  readonly missing?: 'zero';
}

interface OfColumn {
  /** A number, or several of one table that are added or taken away, each with a weight or none: `player_game_summary.points + 1.2 * rebounds - turnovers`. */
  readonly of: ColumnName;
}

interface OfMeasure extends Details {
  /** The name of a measure of the same table that stands before this one. */
  readonly of: string;
}

/** What is said of a measure of each kind, beside its name. */
interface Givens {
  readonly games: OfGames & {
    /** A table of games: `player_game_summary`. */
    readonly of: string;
  };
  readonly total: OfColumn & OfGames;
  readonly highest: OfColumn & OfGames;
  readonly lowest: OfColumn & OfGames;
  readonly average: OfColumn & OfGames & Rounded & OrZero & InUnits;
  readonly deviation: OfColumn & OfGames & Rounded & OrZero;
  readonly rate: OfColumn &
    OfGames &
    Rounded &
    OrZero & {
      /** The column, or sum of columns, of the same table, that it is divided by. */
      readonly per: string;
      /** What the quotient is multiplied by: 1 unless given, 100 for a percentage. */
      readonly times?: number;
    };
  readonly trend: OfColumn &
    Omit<OfGames, 'over'> &
    Rounded &
    OrZero &
    InUnits & {
      /** The games of which the average is looked at. */
      readonly short: Games;
      /** The games that it is held against. */
      readonly long: Games;
    };
  readonly last: OfColumn & Details & { readonly whose?: Whose };
  readonly streak: Details & {
    /** A table of games. */
    readonly of: string;
    /** What each game of the streak is. */
    readonly where: Where;
    readonly whose?: Whose;
  };
  readonly value: OfColumn & Details & { readonly whose?: Whose };
  readonly rank: OfMeasure & {
    /** Whose places are counted: all rows of the date, of the team, or of the game. */
    readonly among: 'date' | 'team' | 'game';
    /** Which value is in place 1. */
    readonly first: 'highest' | 'lowest';
  };
  readonly difference: OfMeasure & {
    /** The name of the measure, before this one, that is taken away. */
    readonly minus: string;
  };
  readonly teammates_total: OfMeasure;
  readonly teammates_average: OfMeasure & Rounded;
}

type Kind = keyof Givens;

/** A measure of some kind. */
export type MeasureOf<K extends Kind> = Givens[K] & { readonly kind: K; readonly name: string };

/** A column of a table of one's own, and how it is computed. Made by the functions that are called after what they compute. */
export type OwnMeasure = { readonly [K in Kind]: MeasureOf<K> }[Kind];

/** The last games before the date, this season: so many, or fewer where there are no more. */
export function lastGames(games: number): Games {
  return { kind: 'lastGames', games };
}

/** The games of the days before the date, this season: from so many days before it to the day before. */
export function lastDays(days: number): Games {
  return { kind: 'lastDays', days };
}

/** All games of the season before the date. */
export const seasonToDate: Games = { kind: 'seasonToDate' };

/** How many games count, a whole number. `of` is a table of games: `player_game_summary`. */
export const games = measureOf('games');

/** The sum of a column, in its unit; of a BOOL column how often it is TRUE. NULL where no game has a value. */
export const total = measureOf('total');

/** The largest value of a column, in its unit. */
export const highest = measureOf('highest');

/** The smallest value of a column, in its unit. */
export const lowest = measureOf('lowest');

/** The mean of a column over the games that have a value; of a BOOL column the share in which it is TRUE. */
export const average = measureOf('average');

/** The sample deviation (n − 1) of a column; NULL with fewer than two games. */
export const deviation = measureOf('deviation');

/**
 * The sum of a column by the sum of another of the same table, over the games that have both: shooting percentages
 * and the like are made of sums and not of the percentages of games.
 */
export const rate = measureOf('rate');

/** A rate for 36 minutes on court, of a column of a table with `seconds_played`. */
export function per36(
  name: string,
  given: Omit<Givens['rate'], 'per' | 'times'>,
): MeasureOf<'rate'> {
  return rate(name, { ...given, per: 'seconds_played', times: 36 * 60 });
}

/** The average over the short window less that over the long one, rounded once. */
export const trend = measureOf('trend');

/** The value of the latest game this season. */
export const last = measureOf('last');

/** How many games in a row, up to the latest, are as wanted; 0 where the latest is not, NULL without a game. */
export const streak = measureOf('streak');

/** What a table that is known before the games says on the date itself. */
export const value = measureOf('value');

/** The place of another measure of the table: 1 is the first, equal values share a place. */
export const rank = measureOf('rank');

/** One measure of the table less another. */
export const difference = measureOf('difference');

/** The sum of a measure of the table over the other players of the team on the date. */
export const teammatesTotal = measureOf('teammates_total');

/** The mean of a measure of the table over the other players of the team on the date who have it. */
export const teammatesAverage = measureOf('teammates_average');

function measureOf<K extends Kind>(kind: K) {
  return (name: string, given: Givens[K]): MeasureOf<K> => ({ ...given, kind, name });
}
