import fc from 'fast-check';
import type { Order } from '../crash/order.ts';

/** Which rows of the files are loaded; the positions are taken modulo what there is. */
export interface Load {
  readonly dates: 'all' | 'those at hand' | 'from one on';
  readonly at: number;
  readonly content: 'both' | 'logs' | 'shots';
  /** In two halves, the later one first. */
  readonly halves: boolean;
  readonly allowShrink: boolean;
}

export type Correction = 'assist' | 'free throw' | 'row gone' | 'row added' | 'shot' | 'shot gone';

/** What is wrong with a file that is put right later. */
export type Mistake =
  | 'game on another date'
  | 'game on a free day'
  | 'game under another id'
  | 'game that was never played'
  | 'one row on another date'
  | 'impossible row'
  | 'game left out';

/** Where a game goes: a day without games, one with games of other teams, its first day. */
export type Target = 'free day' | 'game day' | 'first day';

export interface RunForm {
  readonly dates: 'all' | 'some';
  readonly at: number;
  readonly span: number;
  readonly batchDays: number | undefined;
  readonly options: readonly string[];
  readonly rewrite: boolean;
  readonly allowShrink: boolean;
}

/** A command that is killed in the midst of it. */
export type Killed =
  | { readonly verb: 'ingest'; readonly load: Load; readonly order: Order }
  | { readonly verb: 'run'; readonly form: RunForm; readonly order: Order }
  | { readonly verb: 'run --stale'; readonly order: Order }
  | { readonly verb: 'copy'; readonly direction: 'out' | 'back'; readonly order: Order };

/** One thing that somebody does to a warehouse or to the files that it is made from. */
export type Operation =
  | { readonly kind: 'load'; readonly load: Load }
  | {
      readonly kind: 'correct';
      readonly what: Correction;
      readonly at: number;
      readonly load: Load;
    }
  | { readonly kind: 'move'; readonly game: number; readonly to: Target; readonly load: Load }
  | {
      readonly kind: 'mislead';
      readonly mistake: Mistake;
      readonly at: number;
      readonly load: Load;
    }
  | {
      readonly kind: 'schedule';
      readonly from: number;
      /** Games that are wrongly called off, moved, left out or made up. */
      readonly calledOff: readonly number[];
      readonly moved: readonly number[];
      readonly leftOut: readonly number[];
      readonly madeUp: boolean;
      readonly allowShrink: boolean;
    }
  | { readonly kind: 'run'; readonly form: RunForm }
  | { readonly kind: 'daily run'; readonly at: number }
  | { readonly kind: 'run --stale' }
  | { readonly kind: 'retry' }
  | { readonly kind: 'save plan'; readonly form: RunForm }
  | { readonly kind: 'run saved plan' }
  | {
      readonly kind: 'copy';
      readonly direction: 'out' | 'back';
      readonly part: 'all' | 'raw tables' | 'some dates';
      readonly at: number;
      readonly allowShrink: boolean;
    }
  | { readonly kind: 'kill'; readonly killed: Killed }
  | { readonly kind: 'keep a copy' }
  /** The copy that was kept comes back; what was killed just before has left its log. */
  | { readonly kind: 'restore'; readonly after: Killed | undefined }
  | {
      readonly kind: 'damage';
      readonly table: number;
      readonly column: number;
      readonly row: number;
    };

/** What is done to a warehouse, from its beginning on. */
export interface Sequence {
  readonly start: 'nothing' | 'loaded' | 'computed';
  readonly operations: readonly Operation[];
  /** In the end the schedule file, if there was one, comes before the logs. */
  readonly scheduleFirst: boolean;
  /** All four proofs at the end, and not that of the hashes alone. */
  readonly provesAll: boolean;
}

const position = fc.nat({ max: 999 });
const rarely = fc.nat({ max: 3 }).map((drawn) => drawn === 0);

const load: fc.Arbitrary<Load> = fc.record({
  dates: fc.constantFrom('all', 'those at hand', 'those at hand', 'from one on'),
  at: position,
  content: fc.constantFrom('both', 'both', 'both', 'logs', 'shots'),
  halves: rarely,
  allowShrink: fc.boolean(),
});

const options: fc.Arbitrary<readonly string[]> = fc.constantFrom(
  [],
  [],
  ['min_games=3'],
  ['bootstrap_days=0'],
  ['bootstrap_days=0', 'min_games=1'],
  ['quality_threshold=60'],
);

const form: fc.Arbitrary<RunForm> = fc.record({
  dates: fc.constantFrom('all', 'all', 'some'),
  at: position,
  span: fc.nat({ max: 6 }),
  batchDays: fc.constantFrom(undefined, undefined, 1, 4),
  options,
  rewrite: rarely,
  allowShrink: fc.boolean(),
});

/** Somewhere among the statements, at the commits, or at any time. */
const order: fc.Arbitrary<Order> = fc.oneof(
  fc.record({
    kind: fc.constant('step' as const),
    index: fc.nat({ max: 160 }),
    moment: fc.constantFrom('before' as const, 'after' as const),
  }),
  fc.record({
    kind: fc.constant('label' as const),
    label: fc.constantFrom('COMMIT', 'close'),
    moment: fc.constantFrom('before' as const, 'after' as const),
  }),
  fc.record({ kind: fc.constant('time' as const), afterMs: fc.nat({ max: 1500 }) }),
);

const direction = fc.constantFrom('out' as const, 'back' as const);

const killed: fc.Arbitrary<Killed> = fc.oneof(
  fc.record({ verb: fc.constant('ingest' as const), load, order }),
  fc.record({ verb: fc.constant('run' as const), form, order }),
  fc.record({ verb: fc.constant('run --stale' as const), order }),
  fc.record({ verb: fc.constant('copy' as const), direction, order }),
);

const some = fc.array(position, { maxLength: 2 });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('load' as const), load }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('correct' as const),
      what: fc.constantFrom<Correction[]>(
        'assist',
        'free throw',
        'row gone',
        'row added',
        'shot',
        'shot gone',
      ),
      at: position,
      load,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      game: position,
      to: fc.constantFrom<Target[]>('free day', 'game day', 'first day'),
      load,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('mislead' as const),
      mistake: fc.constantFrom<Mistake[]>(
        'game on another date',
        'game on a free day',
        'game under another id',
        'game that was never played',
        'one row on another date',
        'impossible row',
        'game left out',
      ),
      at: position,
      load,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('schedule' as const),
      from: position,
      calledOff: some,
      moved: some,
      leftOut: some,
      madeUp: rarely,
      allowShrink: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('run' as const), form }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('daily run' as const), at: position }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('run --stale' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retry' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('save plan' as const), form }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('run saved plan' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('copy' as const),
      direction,
      part: fc.constantFrom('all' as const, 'raw tables' as const, 'some dates' as const),
      at: position,
      allowShrink: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('kill' as const), killed }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('keep a copy' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('restore' as const),
      after: fc.option(killed, { nil: undefined, freq: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('damage' as const),
      table: position,
      column: position,
      row: position,
    }),
  },
);

/** Sequences of which each draws its operations by itself; a failing one can be shortened. */
export const sequences: fc.Arbitrary<Sequence> = fc.record({
  start: fc.constantFrom(
    'nothing' as const,
    'loaded' as const,
    'computed' as const,
    'computed' as const,
  ),
  operations: fc.array(operation, { minLength: 1, maxLength: 12, size: 'max' }),
  scheduleFirst: fc.boolean(),
  provesAll: rarely,
});
