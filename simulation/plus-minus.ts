import type { OpenBoxLine } from './box-line.ts';
import type { Random } from './random.ts';

/** Spread of the margin while a player is on court, at half a game. */
const SPREAD = 12;

/**
 * Enters plus/minus so that a team's add up to five times its margin. A player who sat the whole game
 * has 0, one who played it all would have the margin.
 */
export function enterPlusMinus(
  lines: readonly OpenBoxLine[],
  margin: number,
  gameSeconds: number,
  random: Random,
): void {
  const shares = lines.map((line) => line.seconds / gameSeconds);
  const loose = shares.map((share) => share * (1 - share));
  const noise = loose.map((room) => random.normal(0, 1) * Math.sqrt(room) * SPREAD);
  const surplus = sum(noise) / sum(loose);
  lines.forEach((line, index) => {
    const exact =
      (shares[index] ?? 0) * margin + (noise[index] ?? 0) - surplus * (loose[index] ?? 0);
    line.plusMinus = line.seconds === 0 ? 0 : Math.round(exact) || 0;
  });
  // What rounding left over goes to those who played most, one point each.
  const regulars = lines.toSorted((a, b) => b.seconds - a.seconds).slice(0, 5);
  let missing = 5 * margin - sum(lines.map((line) => line.plusMinus));
  for (let turn = 0; missing !== 0; turn += 1) {
    const line = regulars[turn % regulars.length] as OpenBoxLine;
    line.plusMinus += Math.sign(missing);
    missing -= Math.sign(missing);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
