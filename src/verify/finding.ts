import type { DutyReason } from '../calendar/date-duty.ts';
import type { GameDate } from '../calendar/game-date.ts';
import type { Failure } from '../ledger/partition-record.ts';
import type { RowChange } from './compare-rows.ts';

/** The proofs, in the order in which they are made. */
export const proofs = ['hashes', 'quality', 'batch_equals_daily', 'no_lookahead'] as const;

/**
 * Rows, hashes and records agree; the checks of the definitions hold; a date computed alone gives what stands there;
 * nothing from the date on moves a row.
 */
export type Proof = (typeof proofs)[number];

/** What is wrong with a date. `src/report/words/` makes sentences of it. */
export type Discrepancy =
  /** The rows, their hashes or their record contradict each other; `difference` says in what. */
  | { readonly kind: 'record_differs'; readonly difference: string }
  | { readonly kind: 'rows_without_record'; readonly rows: number }
  | { readonly kind: 'rows_differ'; readonly rows: number; readonly recorded: number }
  | { readonly kind: 'rows_not_owed'; readonly rows: number; readonly because: DutyReason }
  | { readonly kind: 'several_records'; readonly records: number }
  | { readonly kind: 'doubled_exclusions'; readonly entries: number; readonly entities: number }
  | { readonly kind: 'exclusions_differ'; readonly entries: number; readonly recorded: number }
  | {
      readonly kind: 'differs_when_computed_alone';
      readonly found: Counted;
      readonly recorded: Partial<Counted>;
    }
  /** The rows are others when further dates are computed with it. */
  | { readonly kind: 'mixes_dates' }
  | { readonly kind: 'looks_ahead'; readonly date: GameDate; readonly future: string }
  | { readonly kind: 'check_failed'; readonly failure: Failure }
  | { readonly kind: 'cannot_be_computed'; readonly error: string };

interface Counted {
  readonly rows: number;
  readonly excluded: number;
  readonly dataHash: string | undefined;
}

/** Something that is not as it has to be. */
export interface Finding {
  readonly table: string;
  readonly date: GameDate;
  readonly what: Discrepancy;
  /** What has to change: what stands in the warehouse, or what the table's definition computes. */
  readonly cause: 'stored' | 'definition';
  /** Rows that differ, where rows were compared. */
  readonly rows: readonly RowChange[];
}

/** What a proof has to say besides, none of it a difference; of how many units. */
export interface Note {
  /**
   * Units that were left out for their state, have warnings, stand where the defaults would build nothing, are
   * of a date of which only some games have a result, or are made with lines of no known time that somebody accepts.
   * Units that were left out for their state, have warnings, stand where the defaults would build nothing, or are
   * of a date of which only some games have a result, or stand in other columns than those of their definition.
   */
  readonly kind:
    | 'left_out'
    | 'warned'
    | 'built_in_bootstrap_period'
    | 'incomplete'
    | 'refused_dates'
    | 'hashed_otherwise'
    | 'untimed_lines_accepted'
    | 'other_columns';
  readonly units: number;
}

/** What a proof has looked at, and what it found. */
export interface ProofResult {
  readonly proof: Proof;
  /** Tables and dates looked at. */
  readonly units: number;
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  readonly seconds: number;
}
