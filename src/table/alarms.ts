import type { TableCheck } from './table-check.ts';

/** Rows of players on a date with four games: with fewer, equal values may be chance. */
export const fullSlateRows = 100;

/** Rows of teams on a date with four games. */
export const fullTeamSlateRows = 8;

/** Rows of box scores on a date with four games, about 21 to a game. */
export const fullBoxScoreRows = 80;

/**
 * A measure that is the same for every player of a full slate was not measured: a default, a NaN
 * through a clamp, a comparison with nothing. Months of features once held one number.
 * @param when SQL condition for the rows that count; all that have a value without one.
 * @param fromRows rows from which on it is suspicious.
 */
export function constantColumn(
  name: string,
  when?: string,
  fromRows: number = fullSlateRows,
): TableCheck {
  const value = when === undefined ? name : `CASE WHEN ${when} THEN ${name} END`;
  return {
    kind: 'date',
    name: `${name}_is_constant`,
    severity: 'warn',
    violation: `COUNT(${value}) >= ${fromRows} AND MIN(${value}) = MAX(${value})`,
  };
}

/** A nullable measure that most rows of a full slate should have. */
export function mostlyMissing(name: string, fromRows: number = fullSlateRows): TableCheck {
  return {
    kind: 'date',
    name: `${name}_is_mostly_missing`,
    severity: 'warn',
    violation: `COUNT(*) >= ${fromRows} AND 2 * COUNT(${name}) < COUNT(*)`,
  };
}

/**
 * A column that is NULL in every row of a full slate, from February on: something that nothing matches, or that was never loaded. When a season
 * begins much is honestly NULL, of the first game on: no game yet, too few of them, no opponent met before. By February
 * even seasons that began at Christmas have weeks behind them.
 */
export function emptyColumn(
  name: string,
  partition: string,
  fromRows: number = fullSlateRows,
): TableCheck {
  return {
    kind: 'date',
    name: `${name}_is_empty`,
    severity: 'warn',
    violation: (sql) =>
      `COUNT(*) >= ${fromRows} AND COUNT(${name}) = 0 AND ${sql.datePart('MONTH', `MIN(${partition})`)} BETWEEN 2 AND 9`,
  };
}
