import { addDays, dayNumber, type GameDate, gameDate } from '../src/calendar/game-date.ts';

/** The calendar of one simulated season: when games may be played and what happens when. */
export interface SeasonDates {
  readonly seasonYear: number;
  /** Days on which regular-season games may be played, ascending: two for each game of a team. */
  readonly playable: readonly GameDate[];
  /** A player traded has the new team on every game after this day. */
  readonly tradeDeadline: GameDate;
}

/** What sets a season apart from one that was played as planned. */
export interface UnusualDates {
  /** First day of the season. */
  readonly start?: GameDate;
  /** No game is played from one day, included, until another, which has games again. */
  readonly pause?: { readonly from: GameDate; readonly until: GameDate };
}

const SUNDAY = 0;
const MONDAY = 1;
const TUESDAY = 2;
const THURSDAY = 4;
const BREAK_DAYS = 6;
/** Share of a shortened season that is played before the trades. */
const SHORT_SEASON_DEADLINE = 0.6;

/** @param gamesPerTeam regular-season games of a team; 82 ends on a Sunday in the second week of April. */
export function seasonDatesOf(
  seasonYear: number,
  gamesPerTeam: number,
  { start = seasonStart(seasonYear), pause }: UnusualDates = {},
): SeasonDates {
  const offDays = offDaysOf(seasonYear);
  const playable: GameDate[] = [];
  for (let date = start; playable.length < 2 * gamesPerTeam + 1; ) {
    if (pause && date >= pause.from && date < pause.until) date = pause.until;
    if (!offDays.has(date)) playable.push(date);
    date = addDays(date, 1);
  }
  // The league rests on the eve of the last day, when every team plays.
  playable.splice(-2, 1);
  const deadline = addDays(allStarFriday(seasonYear), -8);
  const last = playable.at(-1) ?? deadline;
  const early = playable[Math.floor(playable.length * SHORT_SEASON_DEADLINE)] ?? deadline;
  return { seasonYear, playable, tradeDeadline: deadline < last ? deadline : early };
}

/** @returns 0 for Sunday to 6 for Saturday. */
export function weekdayOf(date: GameDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

/** The Tuesday from 18 to 24 October; 2021 to 2024 really began on it. */
export function seasonStart(seasonYear: number): GameDate {
  return weekdayFrom(gameDate(`${seasonYear}-10-18`), TUESDAY);
}

/** Election day, Thanksgiving, 24 December and the six days of the all-star break. */
export function offDaysOf(seasonYear: number): ReadonlySet<GameDate> {
  const november = gameDate(`${seasonYear}-11-01`);
  const friday = allStarFriday(seasonYear);
  return new Set([
    addDays(weekdayFrom(november, MONDAY), 1),
    addDays(weekdayFrom(november, THURSDAY), 21),
    gameDate(`${seasonYear}-12-24`),
    ...Array.from({ length: BREAK_DAYS }, (_, offset) => addDays(friday, offset)),
  ]);
}

/** The break surrounds the third Sunday of February. */
function allStarFriday(seasonYear: number): GameDate {
  return addDays(weekdayFrom(gameDate(`${seasonYear + 1}-02-01`), SUNDAY), 14 - 2);
}

/** The first `weekday` on or after `date`. */
function weekdayFrom(date: GameDate, weekday: number): GameDate {
  return addDays(date, (weekday - weekdayOf(date) + 7) % 7);
}
