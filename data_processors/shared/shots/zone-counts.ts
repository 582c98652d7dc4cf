import { type GameValue, plain } from '../windows/game-sums.ts';

/** Makes and attempts of a zone in a game. */
export interface ZoneCounts {
  readonly makes: GameValue;
  readonly attempts: GameValue;
}

/**
 * The counts of a zone, named after it.
 * @param source prefix of the two columns of a game.
 */
export function zoneCountsOf(zone: string, source: string): ZoneCounts {
  const count = (what: string): GameValue => ({
    ...plain(`${source}_${what}`),
    name: `${zone}_${what}`,
  });
  return { makes: count('makes'), attempts: count('attempts') };
}
