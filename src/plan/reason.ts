import type { DutyReason } from '../calendar/date-duty.ts';
import type { GameDate } from '../calendar/game-date.ts';
import type { Failure } from '../ledger/partition-record.ts';
import type { ShrinkReason } from '../ledger/shrink-reason.ts';
import type { OtherOption } from './other-option.ts';

/** A date of which games have no result. */
export interface OpenDate {
  readonly date: GameDate;
  readonly open: number;
  readonly games: number;
  /** Why its box scores were refused at ingest, where they were. */
  readonly refused: string | undefined;
}

/** Why a unit is in its state, or why a run did what it did with it. `src/report/words/` makes sentences of it. */
export type Reason =
  | DutyReason
  | ShrinkReason
  /** What the ledger keeps of a partition: why it is empty, or what of its record cannot be read. */
  | { readonly kind: 'recorded'; readonly note: string }
  | { readonly kind: 'loaded' }
  | { readonly kind: 'never_loaded' }
  | { readonly kind: 'never_written' }
  | { readonly kind: 'last_attempt_failed'; readonly failure: Failure | undefined }
  | { readonly kind: 'inputs_unchanged' }
  | { readonly kind: 'inputs_came_out_equal' }
  | { readonly kind: 'to_be_rewritten' }
  | { readonly kind: 'options_changed'; readonly was: string; readonly now: string }
  /** It stands with other options than today's, which nobody has asked to be undone. */
  | {
      readonly kind: 'other_options';
      readonly options: readonly OtherOption[];
      /** Why it is empty, where it is. */
      readonly note: string | undefined;
    }
  | { readonly kind: 'inputs_changed'; readonly tables: readonly string[] }
  | { readonly kind: 'definition_changed' }
  /** An older Backcourt has hashed its rows in a way that nothing of today can be held against. */
  | { readonly kind: 'hashed_otherwise' }
  /** Some of the rows that it was made of were found to be others than recorded, and were replaced since. */
  | { readonly kind: 'inputs_were_damaged' }
  /** One of the two has changed, and an old record does not tell which. */
  | { readonly kind: 'input_or_definition_changed' }
  | { readonly kind: 'changed_by_run'; readonly runId: string; readonly at: string | undefined }
  | { readonly kind: 'recomputed_first'; readonly table: string; readonly date: GameDate }
  /** With the day from which the season is counted, where it is a guess. */
  | { readonly kind: 'bootstrap_period'; readonly guessedStart?: GameDate }
  /** Rows stand in the first days of a season, made with fewer bootstrap_days. */
  | { readonly kind: 'built_in_bootstrap_period' }
  | { readonly kind: 'games_not_final'; readonly open: number; readonly games: number }
  | { readonly kind: 'no_schedule_file'; readonly season: number }
  | {
      readonly kind: 'schedule_files_too_short';
      readonly season: number;
      /** First and last day that the schedule files list. */
      readonly first: GameDate;
      readonly last: GameDate;
      /** First and last day that daily mode needs to be listed. */
      readonly from: GameDate;
      readonly to: GameDate;
    }
  | { readonly kind: 'dates_not_listed'; readonly dates: readonly GameDate[] }
  | { readonly kind: 'results_missing'; readonly dates: readonly OpenDate[] }
  | { readonly kind: 'schedule_file_needed'; readonly because: Reason }
  /** A table of the same date that has no partition. */
  | { readonly kind: 'input_missing'; readonly table: string; readonly date: GameDate }
  | {
      readonly kind: 'input_failed';
      readonly table: string;
      readonly date: GameDate;
      readonly failure: Failure | undefined;
    }
  | {
      readonly kind: 'recent_input_missing';
      readonly table: string;
      readonly dates: readonly GameDate[];
    }
  | { readonly kind: 'season_input_missing'; readonly table: string; readonly before: GameDate }
  | { readonly kind: 'lookback_incomplete'; readonly available: number; readonly lookback: number }
  /** Nothing came out, for what is looked back on is not there yet. */
  | { readonly kind: 'nothing_came_out'; readonly failure: Failure }
  | { readonly kind: 'to_be_removed'; readonly because: Reason }
  | { readonly kind: 'removal_refused'; readonly because: Reason; readonly shrink: ShrinkReason };

/**
 * A text that is equal for reasons that differ in their days and counts alone: they are told once, for all
 * their dates.
 */
export function reasonGroup(reason: Reason): string {
  switch (reason.kind) {
    case 'input_missing':
    case 'recent_input_missing':
    case 'season_input_missing':
    case 'recomputed_first':
      return `${reason.kind} ${reason.table}`;
    case 'input_failed':
      return `${reason.kind} ${reason.table} ${reason.failure?.kind}`;
    case 'last_attempt_failed':
    case 'nothing_came_out':
      return `${reason.kind} ${reason.failure?.kind}`;
    case 'schedule_file_needed':
    case 'to_be_removed':
      return `${reason.kind} ${reasonGroup(reason.because)}`;
    case 'lookback_incomplete':
    case 'games_not_final':
    case 'dates_not_listed':
    case 'results_missing':
    case 'after_last_loaded':
    case 'changed_by_run':
      return reason.kind;
    default:
      return JSON.stringify(reason);
  }
}
