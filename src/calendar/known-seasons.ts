import { type GameDate, gameDate } from './game-date.ts';

export interface KnownSeason {
  readonly start: GameDate;
  readonly end: GameDate;
}

/**
 * First regular-season game date and last finals date of the seasons whose calendar is built in,
 * by first year. A start computed from a partial load never replaces an earlier one from here.
 */
export const knownSeasons: ReadonlyMap<number, KnownSeason> = new Map([
  [2021, { start: gameDate('2021-10-19'), end: gameDate('2022-06-16') }],
  [2022, { start: gameDate('2022-10-18'), end: gameDate('2023-06-12') }],
  [2023, { start: gameDate('2023-10-24'), end: gameDate('2024-06-17') }],
  [2024, { start: gameDate('2024-10-22'), end: gameDate('2025-06-22') }],
]);

/**
 * From before the first game ever (1946-11-01) to the end of the last season whose year a game id can write: a day
 * outside is a slip of the pen and no date of a game.
 */
export const leagueDays = {
  first: gameDate('1946-07-01'),
  last: gameDate('2046-10-31'),
} as const;

/** The shortest break between two seasons so far was 71 days (2020-10-11 to 2020-12-22). */
export const shortestOffSeasonDays = 60;
