import { type GameDate, gameDate } from '../calendar/game-date.ts';

/**
 * Which partitions of an input a row for date d may read. All but `sameDay` and `undated` end
 * strictly before d.
 */
export type Window =
  | { readonly kind: 'sameDay' }
  | { readonly kind: 'lastGames'; readonly games: number; readonly per: 'team' | 'player' }
  | { readonly kind: 'lastDays'; readonly days: number }
  | { readonly kind: 'seasonToDate' }
  | { readonly kind: 'undated' };

/** Games of somebody before d: the last ones in their order, or those of some days. */
export type GamesWindow =
  | { readonly kind: 'lastGames'; readonly games: number }
  | Extract<Window, { readonly kind: 'lastDays' | 'seasonToDate' }>;

/** The partition of d itself. */
export const sameDay: Window = { kind: 'sameDay' };

/** Season start ≤ date < d. */
export const seasonToDate = { kind: 'seasonToDate' } as const satisfies Window;

/** The whole of a table that has no dates, for example birth dates. */
export const undated: Window = { kind: 'undated' };

/** The date under which the rows of a table without dates are stored, recorded and replaced as one. */
export const undatedPartition: GameDate = gameDate('1900-01-01');

/** The most recent `games` games of each team (final by the schedule) or player before d, same season. */
export function lastGames(
  games: number,
  per: 'team' | 'player',
): Extract<Window, { readonly kind: 'lastGames' }> {
  return { kind: 'lastGames', games, per };
}

/** d − days ≤ date < d, same season. */
export function lastDays(days: number): Window {
  return { kind: 'lastDays', days };
}
