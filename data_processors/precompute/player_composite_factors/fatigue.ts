import type { IssueRule } from '../../../src/sql/sql-dialect.ts';

interface FatigueRule {
  /** Name in `fatigue_factors`, before the points. */
  readonly name: string;
  readonly points: number;
  /** Condition over upcoming_player_game_context; NULL applies nothing. */
  readonly when: string;
}

/**
 * The rules in the order in which `fatigue_factors` lists them. Of two rules with one name at most one
 * applies.
 */
const fatigueRules: readonly FatigueRule[] = [
  { name: 'back_to_back', points: -15, when: 'back_to_back' },
  {
    name: 'extra_rest',
    points: 5,
    when: 'days_rest >= 3 AND NOT COALESCE(back_to_back, FALSE)',
  },
  { name: 'games_in_7_days', points: -10, when: 'games_in_last_7_days >= 4' },
  { name: 'minutes_in_7_days', points: -10, when: 'minutes_in_last_7_days > 240' },
  { name: 'minutes_per_game', points: -8, when: 'avg_minutes_per_game_last_7 > 35' },
  { name: 'back_to_backs_in_14_days', points: -12, when: 'back_to_backs_last_14_days >= 2' },
  { name: 'back_to_backs_in_14_days', points: -5, when: 'back_to_backs_last_14_days = 1' },
  { name: 'age', points: -10, when: 'player_age >= 35' },
  { name: 'age', points: -5, when: 'player_age >= 30 AND player_age < 35' },
];

/** The rules as codes such as `back_to_back:-15` and `extra_rest:+5`. */
export const fatigueFactors: readonly IssueRule[] = fatigueRules.map(({ name, points, when }) => ({
  code: `${name}:${points > 0 ? '+' : ''}${points}`,
  when,
}));

/** 100 and the points of every rule that applies, before the clamp to 0…100. */
export const unclampedFatigue = [
  '100',
  ...fatigueRules.map(({ points, when }) => `CASE WHEN ${when} THEN ${points} ELSE 0 END`),
].join('\n    + ');
