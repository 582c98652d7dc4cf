import { expect, it } from 'vitest';
import { openBoxLine, sumOf } from './box-line.ts';
import { makePlayer } from './player.ts';
import { playingTime } from './playing-time.ts';
import { enterPlusMinus } from './plus-minus.ts';
import { randomOf } from './random.ts';

const SEED = 3;

it(`hands out every second of a game and plus/minus for the margin (seed ${SEED})`, () => {
  const random = randomOf(SEED);
  for (let game = 0; game < 2000; game += 1) {
    const players = 9 + random.integer(5);
    const gameSeconds = 2880 + 300 * random.integer(4);
    const margin = random.integer(81) - 40;
    const seconds = playingTime(players, gameSeconds, margin, random);
    const label = `game ${game}: ${players} players, ${gameSeconds} s, margin ${margin}`;
    expect(seconds.length, label).toBe(players);
    expect(
      seconds.reduce((sum, value) => sum + value, 0),
      label,
    ).toBe(5 * gameSeconds);
    expect(Math.min(...seconds), label).toBeGreaterThan(0);
    expect(Math.max(...seconds), label).toBeLessThan(gameSeconds);

    const lines = [...seconds, 0].map((value, index) =>
      openBoxLine(makePlayer(index, 25, 0, random), true, value),
    );
    enterPlusMinus(lines, margin, gameSeconds, random);
    expect(
      sumOf(lines, (line) => line.plusMinus),
      label,
    ).toBe(5 * margin);
    expect(lines.at(-1)?.plusMinus, label).toBe(0);
    expect(Math.max(...lines.map((line) => Math.abs(line.plusMinus))), label).toBeLessThan(75);
  }
});
