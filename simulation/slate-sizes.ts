import type { GameDate } from '../src/calendar/game-date.ts';
import { type Random, shuffled } from './random.ts';
import { weekdayOf } from './season-dates.ts';

/** Games per night that the league aims at, Sunday first: Wednesdays and Fridays are full, Thursdays are for television. */
const USUAL_GAMES = [8, 7.8, 6.2, 9.8, 5, 9.6, 7.4] as const;
const SPREAD = 2.6;
const MOST_GAMES = 15;
const OPENING_NIGHT_GAMES = 2;
/** One night in so many is kept for one or two games. */
const SHORT_NIGHT_EVERY = 30;

/** The number of games wanted on each of `dates`, adding up to `games`: two on the first, 15 on the last. */
export function slateSizes(
  dates: readonly GameDate[],
  games: number,
  random: Random,
): readonly number[] {
  const sizes = dates.map((date) => {
    const usual = USUAL_GAMES[weekdayOf(date)] ?? 7;
    const size = Math.round(random.normal(usual, SPREAD));
    return Math.min(MOST_GAMES - 1, Math.max(2, size));
  });
  const inner = dates.map((_, index) => index).slice(1, -1);
  const nights = shuffled(inner, random);
  const shortNights = nights.splice(0, Math.ceil(dates.length / SHORT_NIGHT_EVERY));
  for (const night of shortNights) sizes[night] = 1 + random.integer(2);
  sizes[0] = OPENING_NIGHT_GAMES;
  sizes[dates.length - 1] = MOST_GAMES;
  return balanced(sizes, nights, games);
}

/** Adds or takes one game at a time, on `nights` in turn, until the sizes add up to `games`. */
function balanced(sizes: readonly number[], nights: readonly number[], games: number): number[] {
  const result = [...sizes];
  let missing = games - result.reduce((sum, size) => sum + size, 0);
  for (let turn = 0; missing !== 0; turn += 1) {
    const night = nights[turn % nights.length] ?? 1;
    const step = Math.sign(missing);
    const size = (result[night] ?? 0) + step;
    // The bounds give way when a very short season leaves no room inside them.
    if ((size < 2 || size > MOST_GAMES) && turn < 20 * nights.length) continue;
    result[night] = size;
    missing -= step;
  }
  return result;
}
