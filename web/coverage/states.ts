import type { UnitState } from '../../src/plan/plan.ts';
import { stateLetters } from '../../src/report/state-letters.ts';

export const stateMeanings: Readonly<Record<UnitState, string>> = {
  done: 'written, inputs unchanged since',
  empty: 'written, zero rows, and zero was to be expected',
  stale: 'written, but something it reads has changed since',
  missing: 'never written',
  blocked: 'an input is absent',
  failed: 'the last attempt failed',
  bootstrap: 'first days of a season, nothing is to be there',
  no_games: 'no games',
  not_loaded: 'the loaded schedule does not reach it',
  not_yet: 'scheduled, later than today',
};

const byLetter = new Map(
  (Object.keys(stateLetters) as UnitState[]).map((state) => [stateLetters[state], state]),
);

/** @throws for a letter of no state: then server and page are of two versions. */
export function stateOf(letter: string): UnitState {
  const state = byLetter.get(letter);
  if (state === undefined) throw new Error(`no state has the letter "${letter}"`);
  return state;
}

/** What needs attention comes first. */
export const bySeverity: readonly UnitState[] = [
  'failed',
  'blocked',
  'missing',
  'stale',
  'not_loaded',
  'not_yet',
  'bootstrap',
  'empty',
  'no_games',
  'done',
];

/** The state of several tables on a date: the one that needs attention most. */
export function worstOf(states: readonly UnitState[]): UnitState {
  return bySeverity.find((state) => states.includes(state)) ?? 'done';
}
