import type { Row } from './canonical-row.ts';
import { NULL_TEXT, text } from './canonical-row.ts';
import { daysBefore, daysBetween } from './days.ts';
import { quotientText } from './exact.ts';
import type { PlayerGame } from './player-games.ts';
import { figuresOfGame } from './player-games.ts';

const SECONDS_PER_MINUTE = 60;

/**
 * How much a player has played and rested.
 * @param before his games of the season before the date, newest first; at least one.
 */
export function workloadColumns(before: readonly PlayerGame[], date: string): Row {
  const dates = before.map((game) => game.date);
  const [last = date, lastButOne] = dates;
  const daysRest = daysBetween(last, date);
  const rested = dates.find((day, index) => {
    const earlier = dates[index + 1];
    return earlier !== undefined && daysBetween(earlier, day) >= 2;
  });
  const week = inLastDays(before, date, 7);
  const fortnight = inLastDays(before, date, 14);
  const secondsOfWeek = secondsOf(week);
  return {
    games_played_season: text(before.length),
    last_game_date: text(last),
    days_rest: text(daysRest),
    back_to_back: text(daysRest === 1),
    days_rest_before_last_game: text(
      lastButOne === undefined ? null : daysBetween(lastButOne, last),
    ),
    days_since_2_plus_days_rest: text(rested === undefined ? null : daysBetween(rested, date)),
    games_in_last_7_days: text(week.length),
    games_in_last_14_days: text(fortnight.length),
    minutes_in_last_7_days: quotientText(secondsOfWeek, SECONDS_PER_MINUTE, 1),
    minutes_in_last_14_days: quotientText(secondsOf(fortnight), SECONDS_PER_MINUTE, 1),
    avg_minutes_per_game_last_7:
      week.length === 0
        ? NULL_TEXT
        : quotientText(secondsOfWeek, SECONDS_PER_MINUTE * week.length, 1),
    back_to_backs_last_14_days: text(backToBacks(fortnight)),
  };
}

function inLastDays(
  before: readonly PlayerGame[],
  date: string,
  days: number,
): readonly PlayerGame[] {
  const firstDay = daysBefore(date, days);
  return before.filter((game) => game.date >= firstDay);
}

function secondsOf(games: readonly PlayerGame[]): number {
  return games.reduce((total, { row }) => total + figuresOfGame(row).seconds, 0);
}

/** Pairs of games on adjacent dates. */
function backToBacks(games: readonly PlayerGame[]): number {
  let pairs = 0;
  for (const [index, game] of games.entries()) {
    const earlier = games[index + 1];
    if (earlier && daysBetween(earlier.date, game.date) === 1) pairs += 1;
  }
  return pairs;
}
