import { arenas, type Coordinates } from './arenas.ts';
import { otherVenues } from './other-venues.ts';

/** A venue of which coordinates and clock are known, whether or not a team is at home in it. */
export interface Place extends Coordinates {
  /** Key of the venue in `schedule.venue`. */
  readonly venue: string;
  /** Hours from UTC outside daylight saving time. */
  readonly standardUtcOffset: number;
  readonly observesDst: boolean;
}

/** Every arena and every other venue that is known; between them distances are constants. */
export const places: readonly Place[] = [...arenas, ...Object.values(otherVenues)];
