import type { GameDate } from '../calendar/game-date.ts';
import type { EffectiveOptions } from '../table/table-option.ts';
import type { OtherOption } from './other-option.ts';
import type { Reason } from './reason.ts';
import type { Remedy } from './remedy.ts';
import type { UnitAction, UnitState } from './unit-state.ts';

/** Earlier game dates that a unit's lookback window finds upstream. */
export interface UpstreamCount {
  /** Distinct game dates present in all of the looked-at tables. */
  readonly available: number;
  /** Game dates by the schedule in the window. */
  readonly scheduled: number;
  /** Length of the window, in days. */
  readonly lookback: number;
  readonly complete: boolean;
}

/** One table and one date, with its state and what is to be done. */
export interface PlannedUnit {
  readonly table: string;
  readonly date: GameDate;
  readonly state: UnitState;
  readonly action: UnitAction;
  /** Why it is in this state. */
  readonly reason: Reason;
  /** What would help a blocked unit. */
  readonly remedy: Remedy | undefined;
  /** `undefined` where the table looks at nothing upstream or the date is not worked. */
  readonly upstream: UpstreamCount | undefined;
  /** Rows that stand there now. */
  readonly rows: number | undefined;
  /** Hash of the rows that stand there now. */
  readonly dataHash?: string | undefined;
  /** The fingerprint of what it would be made of now; `undefined` where nothing would be made. */
  readonly fingerprint?: string | undefined;
  /** The unit that has to be looked at first, where one is the cause of the state. */
  readonly cause?: UnitId | undefined;
  /** The options that it stands with and keeps although today's are others. */
  readonly otherOptions?: readonly OtherOption[] | undefined;
}

/** One table and one date. */
export interface UnitId {
  readonly table: string;
  readonly date: GameDate;
}

/** Which units of tables × dates are meant; all of them where there is no selection. */
export type UnitSelection =
  /** The units that turn out to be stale are meant; everything else is no part of the plan. */
  | { readonly kind: 'stale' }
  /** Exactly these: never the union of their dates over their tables. */
  | { readonly kind: 'units'; readonly units: readonly UnitId[] };

/** Units of one table that daily mode plans beside what was asked for. */
export interface AddedUnits {
  readonly table: string;
  readonly dates: readonly GameDate[];
  /** `upstream`: what was asked for reads them, and they are not there. `downstream`: they follow from it. */
  readonly why: 'upstream' | 'downstream';
  /** Tables of the request that read it, or that it follows from. */
  readonly because: readonly string[];
}

/** What was asked for, where daily mode has made more of it. */
export interface WidenedRequest {
  readonly tables: readonly string[];
  readonly dates: readonly GameDate[];
  readonly added: readonly AddedUnits[];
}

export interface PlanRequest {
  /** Names of the tables, in dependency order. */
  readonly tables: readonly string[];
  /** The dates, ascending and without repeats. */
  readonly dates: readonly GameDate[];
  readonly backfillMode: boolean;
  /** Options that are asked for; `recorded`: judge each partition by the options it was made with, as `status` does. */
  readonly options: EffectiveOptions | 'recorded';
  /** Make what stands with other options than those of the warehouse with these. */
  readonly restateOptions?: boolean | undefined;
  readonly select?: UnitSelection | undefined;
  /** Work what is done and unchanged too, and replace its rows even by equal ones. */
  readonly rewrite?: boolean | undefined;
  /** What daily mode was asked for and what it has added; the units themselves are in the selection. */
  readonly widened?: WidenedRequest | undefined;
}

/** What a run of the request would do now. Plain data. */
export interface Plan {
  readonly request: PlanRequest;
  readonly units: readonly PlannedUnit[];
}
