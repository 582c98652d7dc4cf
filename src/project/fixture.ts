import type { MadeUpRow } from '../table/made-up-context.ts';

/** A few rows of what an own table is made of, and the rows that are to come of them. */
export interface Fixture {
  readonly backcourt: 'fixture';
  /** The name of the table. */
  readonly table: string;
  /** The date that is computed, `YYYY-MM-DD`. */
  readonly date: string;
  /**
   * Rows by the tables that it reads. What is left out is NULL, but for `season_year`, which follows from the date of the row,
   * the date of a row of a table that is known before the games, and `is_active`, which is TRUE.
   */
  readonly rows: Readonly<Record<string, readonly MadeUpRow[]>>;
  /** Every row that is to come out, each with its player or team and the columns that are looked at. */
  readonly expected: readonly MadeUpRow[];
}

/** Says what an own table is to make of a few rows: `backcourt test` looks whether it does. */
export function fixture(given: Omit<Fixture, 'backcourt'>): Fixture {
  return { ...given, backcourt: 'fixture' };
}
