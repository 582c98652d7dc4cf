import { type OpenBoxLine, pointsOf, sumOf } from './box-line.ts';
import type { Random } from './random.ts';
import type { Shot } from './shoot.ts';

/**
 * No game ends level: if this one does, the winner gets one more free throw of those already shot,
 * or else the loser one less, or else a missed shot of the winner goes in.
 */
export function breakTie(
  home: readonly OpenBoxLine[],
  away: readonly OpenBoxLine[],
  shots: readonly Shot[],
  random: Random,
): void {
  if (sumOf(home, pointsOf) !== sumOf(away, pointsOf)) return;
  const homeWins = random.chance(0.53);
  const [winner, loser] = homeWins ? [home, away] : [away, home];
  const missed = winner.find((line) => line.freeThrows < line.freeThrowAttempts);
  if (missed) {
    missed.freeThrows += 1;
    return;
  }
  const made = loser.find((line) => line.freeThrows > 0);
  if (made) {
    made.freeThrows -= 1;
    return;
  }
  const shot = shots.find(({ line, made }) => line.isHome === homeWins && !made);
  if (!shot) throw new Error('a game ended level and nothing was missed');
  shot.made = true;
  shot.line.fieldGoals += 1;
  if (shot.isThree) shot.line.threes += 1;
}
