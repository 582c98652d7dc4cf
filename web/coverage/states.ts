import { bySeverity, stateNames, type UnitState, unitStates } from '../../src/plan/unit-state.ts';

const byLetter = new Map<string, UnitState>(
  stateNames.map((state) => [unitStates[state].letter, state]),
);

/** @throws for a letter of no state: then server and page are of two versions. */
export function stateOf(letter: string): UnitState {
  const state = byLetter.get(letter);
  if (state === undefined) throw new Error(`no state has the letter "${letter}"`);
  return state;
}

/** The state of several tables on a date: the one that needs attention most. */
export function worstOf(states: readonly UnitState[]): UnitState {
  return bySeverity.find((state) => states.includes(state)) ?? 'done';
}
