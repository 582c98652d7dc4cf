import { dayNumber, type GameDate } from '../src/calendar/game-date.ts';
import type { Player } from './player.ts';
import { FEWEST_PLAYERS } from './playing-time.ts';
import { pickIndex, type Random } from './random.ts';

/** Who can play, remembered from game to game of one season. */
export interface Availability {
  /** The players of a roster who can play on `date`, at least nine, best first as of that day. */
  readonly playersFor: (
    roster: readonly Player[],
    date: GameDate,
    playedYesterday: boolean,
  ) => readonly Player[];
}

const INJURY_CHANCE = 0.021;
/** How usual injuries are by their length: a knock, some weeks, some months. */
const INJURY_WEIGHTS = [72, 23, 5];
const INJURY_DAYS = [
  [2, 9],
  [10, 34],
  [40, 110],
] as const;
/** On the second night of a back-to-back a star may be given the night off. */
const STAR_SKILL = 1.2;
const NIGHT_OFF_CHANCE = 0.1;
const DAILY_FORM = 0.22;

/**
 * Makes the availability of a season at whose start nobody is hurt. It is to be asked in order of date for
 * each team.
 */
export function makeAvailability(random: Random): Availability {
  const outUntil = new Map<number, number>();
  return {
    playersFor: (roster, date, playedYesterday) => {
      const day = dayNumber(date);
      const isOut = (player: Player): boolean => {
        if ((outUntil.get(player.id) ?? Number.NEGATIVE_INFINITY) > day) return true;
        if (random.chance(INJURY_CHANCE)) {
          const [shortest, longest] = INJURY_DAYS[pickIndex(INJURY_WEIGHTS, random)] ?? [2, 9];
          outUntil.set(player.id, day + shortest + random.integer(longest - shortest + 1));
          return true;
        }
        return playedYesterday && player.skill > STAR_SKILL && random.chance(NIGHT_OFF_CHANCE);
      };
      const out = new Set(roster.filter(isOut));
      const soonestFirst = [...out].toSorted(
        (a, b) => (outUntil.get(a.id) ?? 0) - (outUntil.get(b.id) ?? 0),
      );
      // A team that could not field nine gets its nearly fit players back early.
      while (roster.length - out.size < FEWEST_PLAYERS) out.delete(soonestFirst.shift() as Player);
      return roster
        .filter((player) => !out.has(player))
        .map((player) => ({ player, form: player.skill + random.normal(0, DAILY_FORM) }))
        .toSorted((a, b) => b.form - a.form)
        .map(({ player }) => player);
    },
  };
}
