import type { Row } from './canonical-row.ts';
import { flagOrNull, unitsOrNull, wholeOrNull } from './canonical-row.ts';

/** How fresh a player is, 0 to 100, and the rules that made it so. */
export interface Fatigue {
  readonly score: number;
  readonly factors: readonly string[];
}

/** The fatigue of a player from his row of `upcoming_player_game_context`. */
export function fatigueOf(context: Row): Fatigue {
  const factors: string[] = [];
  let points = 100;
  const apply = (name: string, change: number): void => {
    factors.push(`${name}:${change > 0 ? '+' : ''}${change}`);
    points += change;
  };
  // A missing value is read as one that no rule applies to.
  const count = (column: string): number => wholeOrNull(context, column) ?? 0;
  const tenths = (column: string): bigint => unitsOrNull(context, column, 1) ?? 0n;
  const backToBacks = count('back_to_backs_last_14_days');
  const age = count('player_age');

  if (flagOrNull(context, 'back_to_back') === true) apply('back_to_back', -15);
  else if (count('days_rest') >= 3) apply('extra_rest', 5);
  if (count('games_in_last_7_days') >= 4) apply('games_in_7_days', -10);
  if (tenths('minutes_in_last_7_days') > 2_400n) apply('minutes_in_7_days', -10);
  if (tenths('avg_minutes_per_game_last_7') > 350n) apply('minutes_per_game', -8);
  if (backToBacks >= 2) apply('back_to_backs_in_14_days', -12);
  else if (backToBacks === 1) apply('back_to_backs_in_14_days', -5);
  if (age >= 35) apply('age', -10);
  else if (age >= 30) apply('age', -5);
  return { score: Math.max(0, Math.min(100, points)), factors };
}
