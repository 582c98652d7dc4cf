import type { UnitState } from '../plan/plan.ts';

/** One letter per state, so that a date of a table is one character, in a terminal and on a page. */
export const stateLetters: Readonly<Record<UnitState, string>> = {
  done: 'd',
  empty: 'e',
  stale: 's',
  missing: 'm',
  blocked: 'x',
  failed: 'f',
  bootstrap: 'b',
  no_games: 'n',
  not_loaded: 'l',
  not_yet: 'y',
};
