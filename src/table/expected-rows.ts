/** What the schedule and the records say about a date, to judge a number of rows by. */
export interface DateFacts {
  /** Games of the date, final or not. */
  readonly games: number;
  /** Teams of the date that have a final game within so many days before it, same season. */
  teamsBackWithin(days: number): number;
  /** Games of the date that are final. */
  readonly finalGames: number;
  /** Rows recorded for an input's partition of this date; `undefined` when there is no record. */
  inputRows(table: string): number | undefined;
  /** Every earlier game date of the season has a recorded partition of the input. */
  inputComplete(table: string): boolean;
  /** Teams with at least `games` final games this season before the date. */
  teamsWithGames(games: number): number;
  /** Rows of this table on the previous game date of the season, same options; else `undefined`. */
  readonly previousDateRows: number | undefined;
}

/** Bounds that the rows written plus nothing else must meet, and the reason in words. */
export interface ExpectedRows {
  readonly min: number;
  readonly max: number;
  /** Entities of which each must have a row or be left out with a reason, where the records tell. */
  readonly candidates?: number;
  readonly why: string;
}

/** Exactly `rows`. */
export function exactly(rows: number, why: string): ExpectedRows {
  return { min: rows, max: rows, why };
}
