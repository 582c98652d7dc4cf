import { addDays, gameDate } from '../../src/calendar/game-date.ts';
import type { LoggedGame } from './game-log.ts';

/** Opening night of 2023-24 and the number of its first game. */
const opening = { date: gameDate('2023-10-24'), number: 61 } as const;

/** So many games of 2023-24, one a day: a load of many dates, each with what a case is about. */
export function gamesInARow(
  count: number,
  sides: Pick<LoggedGame, 'away' | 'home'>,
): readonly LoggedGame[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `00223${String(opening.number + index).padStart(5, '0')}`,
    date: addDays(opening.date, index),
    ...sides,
  }));
}
