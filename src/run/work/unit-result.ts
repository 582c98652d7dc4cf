import type { GameDate } from '../../calendar/game-date.ts';
import type { Failure } from '../../ledger/partition-record.ts';
import type { UpstreamCount } from '../../plan/plan.ts';
import type { Reason } from '../../plan/reason.ts';
import type { Remedy } from '../../plan/remedy.ts';
import type { UnitState } from '../../plan/unit-state.ts';

/** What became of one table and date. */
export type UnitOutcome =
  /** Rows and record were committed. */
  | {
      readonly kind: 'written';
      readonly state: 'done' | 'empty';
      readonly rows: number;
      /** Present where other rows stood there than their record said. */
      readonly mended?: true;
    }
  /** Recomputed and equal to what stands there: only the record was renewed. */
  | { readonly kind: 'unchanged'; readonly state: 'done' | 'empty'; readonly rows: number }
  /** Nothing is supposed to stand there, and what stood there is gone, its record included. */
  | { readonly kind: 'removed'; readonly rows: number; readonly reason: Reason }
  /** There was nothing to do, and that is a success. */
  | {
      readonly kind: 'skipped';
      readonly state: UnitState;
      readonly reason: Reason;
      readonly rows: number | undefined;
    }
  /**
   * The unit was not worked: inputs are absent, the date is not loaded, or a dangerous replacement was
   * refused.
   */
  | {
      readonly kind: 'blocked';
      readonly state: UnitState;
      readonly reason: Reason;
      readonly remedy: Remedy | undefined;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface UnitResult {
  readonly table: string;
  readonly date: GameDate;
  readonly outcome: UnitOutcome;
  /** The time that was spent on the unit; in a batch it is a share by rows. */
  readonly seconds: number;
  readonly upstream: UpstreamCount | undefined;
  readonly warnings: readonly string[];
}
