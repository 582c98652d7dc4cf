import type { Player } from './player.ts';
import type { Random } from './random.ts';

/** Usual minutes by place in the order of depth; a team that uses nine players gives them a little more. */
export const USUAL_MINUTES = [
  35.2, 33.4, 31.6, 29.5, 27.1, 23.4, 19.8, 16.4, 12, 7.6, 5, 4.2, 3.8,
] as const;

export const FEWEST_PLAYERS = 9;
export const MOST_PLAYERS = USUAL_MINUTES.length;

/** Nobody plays more than this share of a game. */
const MOST_OF_GAME = 0.94;

/** What a team has on the floor, weighted by playing time: 0 is an average line-up, in units of skill. */
export function lineupQuality(players: readonly Player[]): number {
  let sum = 0;
  let minutes = 0;
  USUAL_MINUTES.forEach((usual, place) => {
    const player = players[place];
    if (!player) return;
    sum += usual * player.skill;
    minutes += usual;
  });
  return minutes === 0 ? 0 : sum / minutes;
}

/** How many players get in: more of them the clearer the game is. */
export function playersUsed(expectedMargin: number, available: number, random: Random): number {
  const margin = Math.abs(expectedMargin);
  const clear = margin > 17 ? 3 : margin > 9 ? 1.5 : 0.25;
  const wanted = FEWEST_PLAYERS + Math.floor(clear + random.uniform() * 2.1);
  return Math.min(available, MOST_PLAYERS, wanted);
}

/**
 * Seconds of each of `players` players in order of depth, adding up to `5 · gameSeconds`; whole numbers.
 */
export function playingTime(
  players: number,
  gameSeconds: number,
  expectedMargin: number,
  random: Random,
): readonly number[] {
  const clear = Math.abs(expectedMargin) > 15;
  const wishes = USUAL_MINUTES.slice(0, players).map((minutes, place) => {
    const rest = clear && place < 5 ? 0.93 : 1;
    return minutes * rest * Math.exp(random.normal(0, place < 8 ? 0.09 : 0.4));
  });
  const total = wishes.reduce((sum, wish) => sum + wish, 0);
  const most = Math.floor(gameSeconds * MOST_OF_GAME);
  const seconds = wishes.map((wish) =>
    Math.max(1, Math.min(most, Math.floor((wish / total) * 5 * gameSeconds))),
  );
  let missing = 5 * gameSeconds - seconds.reduce((sum, value) => sum + value, 0);
  for (let place = 0; missing !== 0; place = (place + 1) % players) {
    const value = seconds[place] ?? 0;
    const change = Math.sign(missing) * Math.min(Math.abs(missing), 20);
    const changed = Math.max(1, Math.min(most, value + change));
    seconds[place] = changed;
    missing -= changed - value;
  }
  return seconds;
}
