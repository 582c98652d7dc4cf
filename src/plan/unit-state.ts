/**
 * What a run does with a unit: work on it, skip it as a success, leave it with exit code 5, or remove what
 * stands where nothing is supposed to be.
 */
export type UnitAction = 'run' | 'skip' | 'block' | 'remove';

interface StateRow {
  /** One character for a date of a table, in a terminal and on a page. */
  readonly letter: string;
  readonly meaning: string;
  /** What a person does about it. */
  readonly wayOut: string;
  /** What stands there of what is owed: the right rows, outdated ones, or none; or nothing is owed. */
  readonly stands: 'current' | 'outdated' | 'absent' | 'nothing_owed';
  /** What `run` does with such a unit, unless it is told to make it again or to remove what is left over. */
  readonly action: Exclude<UnitAction, 'remove'>;
  /** Which flags of `status` list it. */
  readonly listedBy: readonly ('missing' | 'failed')[];
  /** How much it needs attention; no two states are alike. */
  readonly severity: number;
}

/** Everything that follows from the state of a unit alone. A new state is one row here, and a colour for its cell in `web/styles/`. */
export const unitStates = {
  done: {
    letter: 'd',
    meaning: 'written, inputs unchanged since',
    wayOut: 'none is needed; made again all the same with `run --rewrite`',
    stands: 'current',
    action: 'skip',
    listedBy: [],
    severity: 0,
  },
  empty: {
    letter: 'e',
    meaning: 'written, zero rows, and zero was to be expected',
    wayOut: 'none is needed; made again all the same with `run --rewrite`',
    stands: 'current',
    action: 'skip',
    listedBy: [],
    severity: 2,
  },
  stale: {
    letter: 's',
    meaning:
      'written, but an input or the definition has changed since, or other options are asked for',
    wayOut: '`run --stale`',
    stands: 'outdated',
    action: 'run',
    listedBy: ['missing'],
    severity: 6,
  },
  missing: {
    letter: 'm',
    meaning: 'never written',
    wayOut: '`run --backfill` over the dates',
    stands: 'absent',
    action: 'run',
    listedBy: ['missing'],
    severity: 7,
  },
  blocked: {
    letter: 'x',
    meaning: 'an input is absent; the message names the command that fills it',
    wayOut: 'the command that the message names, then `run`',
    stands: 'absent',
    action: 'block',
    listedBy: ['missing'],
    severity: 8,
  },
  failed: {
    letter: 'f',
    meaning: 'the last attempt failed; what stood there before still stands',
    wayOut: 'mend the cause, then `retry`; or `run` over the dates',
    stands: 'absent',
    action: 'run',
    listedBy: ['missing', 'failed'],
    severity: 9,
  },
  bootstrap: {
    letter: 'b',
    meaning: 'first days of a season, nothing is supposed to be there',
    wayOut: 'none is needed; rows that stand there go with `run --rewrite`',
    stands: 'nothing_owed',
    action: 'skip',
    listedBy: [],
    severity: 3,
  },
  no_games: {
    letter: 'n',
    meaning: 'no games, nothing is supposed to be there',
    wayOut: 'none is needed; rows that stand there go with `run --rewrite`',
    stands: 'nothing_owed',
    action: 'skip',
    listedBy: [],
    severity: 1,
  },
  not_yet: {
    letter: 'y',
    meaning: 'scheduled, but the day or its last game is still to come',
    wayOut: 'wait; `ingest` results that are late',
    stands: 'nothing_owed',
    action: 'skip',
    listedBy: [],
    severity: 4,
  },
  not_loaded: {
    letter: 'l',
    meaning: 'the loaded schedule does not reach this date, or its box scores were refused',
    wayOut: 'load a file that tells of the day: `ingest`',
    stands: 'absent',
    action: 'block',
    listedBy: [],
    severity: 5,
  },
} as const satisfies Readonly<Record<string, StateRow>>;

/** How a table and date is; docs/runbook.md has a line on each. */
export type UnitState = keyof typeof unitStates;

export const stateNames = Object.keys(unitStates) as UnitState[];

/** All states, what needs attention most first. */
export const bySeverity: readonly UnitState[] = stateNames.toSorted(
  (a, b) => unitStates[b].severity - unitStates[a].severity,
);

/** Everything that follows from a state. */
export function stateRow(state: UnitState): StateRow {
  return unitStates[state];
}

/** TRUE when what is owed is there, and nothing has to be done. */
export function isSettled(state: UnitState): boolean {
  return stateRow(state).stands === 'current';
}

/** TRUE when rows are owed and not there. */
export function isAbsent(state: UnitState): boolean {
  return stateRow(state).stands === 'absent';
}

/** TRUE when rows, or a recorded "nothing to be there", are owed. */
export function isOwed(state: UnitState): boolean {
  return stateRow(state).stands !== 'nothing_owed';
}

/** The states that a flag of `status` lists. */
export function statesListedBy(flag: StateRow['listedBy'][number]): readonly UnitState[] {
  return stateNames.filter((state) => stateRow(state).listedBy.includes(flag));
}
