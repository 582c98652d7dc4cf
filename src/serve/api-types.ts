/** The shapes of the answers under `/api/`; the pages are written against them. */
import type { ConstantWhen } from '../../data_processors/precompute/ml_feature_store/features.ts';
import type { GameRow } from '../fetch/read-files.ts';
import type { CoverageCell } from '../plan/coverage.ts';
import type { UnitState } from '../plan/unit-state.ts';
import type { ApiErrorKind } from './api-error.ts';

export interface ErrorAnswer {
  readonly error: ApiErrorKind;
  readonly message: string;
}

/** What a folder of fetched files has, by season. */
export interface FilesAnswer {
  readonly folder: string;
  readonly seasons: readonly {
    readonly year: number;
    readonly label: string;
    /** How many games of each kind of document are in which state. */
    readonly counts: readonly {
      readonly kind: string;
      readonly states: Readonly<Partial<Record<string, number>>>;
    }[];
    /** Games of which something is due and not there, with the state of each document. */
    readonly lacking: readonly GameRow[];
  }[];
}

export interface TableName {
  readonly name: string;
  readonly dataset: string;
  readonly purpose: string;
}

export interface SeasonDates {
  readonly year: number;
  readonly label: string;
  readonly start: string;
  /** Game dates, ascending. */
  readonly dates: readonly string[];
  /** Games of each of them. */
  readonly games: readonly number[];
}

/** A past date on which only some of the games have a result; the text says how many. */
export interface IncompleteAnswer {
  readonly date: string;
  readonly games: number;
  readonly with_result: number;
  readonly text: string;
}

/** `/api/coverage` */
export interface CoverageAnswer {
  readonly warehouse: string;
  readonly data_kind: string | null;
  readonly version: string;
  readonly seasons: readonly SeasonDates[];
  readonly tables: readonly (TableName & {
    /** Per season one letter per date. */
    readonly letters: readonly string[];
  })[];
  /** Raw tables with recorded dates; they have counts and no letters. */
  readonly raw: readonly TableName[];
  /** The same counts as `status --json`. */
  readonly counts: readonly (Omit<CoverageCell, 'seasonYear'> & { readonly season_year: number })[];
  readonly refused: readonly { readonly date: string; readonly reason: string }[];
  readonly incomplete: readonly IncompleteAnswer[];
}

/** Why something is as it is; further fields are those of its kind. */
export interface ReasonAnswer {
  readonly kind: string;
  readonly text: string;
}

/** `/api/dates/<date>` */
export interface DateAnswer {
  readonly date: string;
  readonly games: readonly string[];
  /** Null where all games of the date have a result, or none has. */
  readonly incomplete: IncompleteAnswer | null;
  readonly units: readonly {
    readonly table: string;
    readonly state: UnitState;
    readonly reason: ReasonAnswer;
    readonly rows: number | null;
  }[];
}

/** `/api/units/<table>/<date>`: the object that `explain --json` prints, with a command that can be pasted. */
export interface UnitAnswer {
  readonly table: string;
  readonly date: string;
  readonly state: UnitState;
  readonly reason: ReasonAnswer;
  readonly causes: readonly {
    readonly table: string;
    readonly date: string;
    readonly state: UnitState;
    readonly reason: ReasonAnswer;
  }[];
  readonly incomplete: IncompleteAnswer | null;
  readonly record: UnitRecordAnswer | null;
  readonly definition_changed: boolean;
  readonly inputs: readonly {
    readonly table: string;
    readonly required: boolean;
    /** The columns that are read, in words; `null` where all are. */
    readonly columns_read: string | null;
    readonly changed?: boolean;
    readonly recorded_since: readonly string[];
    readonly recomputed_first: readonly string[];
    readonly windows: readonly {
      readonly text: string;
      readonly from: string;
      readonly before: string;
      readonly due: number;
      readonly recorded: number;
      readonly missing: readonly string[];
    }[];
  }[];
  readonly downstream: readonly {
    readonly table: string;
    readonly dates: readonly string[];
    readonly direct: boolean;
    /** When a change would reach it, in words; empty for any change. */
    readonly condition: string;
  }[];
  readonly exclusions: Readonly<Record<string, number>>;
  /** What mends it, as a command that can be pasted. */
  readonly remedy: { readonly command: string } | null;
}

export interface UnitRecordAnswer {
  readonly state: string;
  readonly rows: number;
  readonly excluded: number;
  readonly data_hash?: string;
  readonly key_hash?: string;
  readonly projection_hashes: Readonly<Record<string, string>>;
  readonly fingerprint?: string;
  readonly options: Readonly<Record<string, number>>;
  readonly code_version: string;
  readonly run_id: string;
  readonly recorded_at?: string;
  readonly attempts: number;
  readonly failure?: { readonly kind: string; readonly text: string };
  readonly warnings: readonly string[];
  readonly seconds: number;
  readonly seconds_is_share: boolean;
}

export interface RunAnswer {
  readonly run_id: string;
  readonly verb: string;
  /** What was asked for, in words. */
  readonly request: string;
  readonly who: string;
  readonly reason: string | null;
  readonly code_version: string;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly seconds: number | null;
  readonly exit_code: number | null;
  readonly written: number | null;
  readonly unchanged: number | null;
  readonly skipped: number | null;
  readonly failed: number | null;
  readonly blocked: number | null;
  readonly rows: number | null;
  readonly failed_units: readonly (readonly [string, string])[];
}

/** `/api/runs`: the latest first. */
export interface RunsAnswer {
  readonly runs: readonly RunAnswer[];
  /** What of each run still stands: units and rows by table, as the ledger has them. */
  readonly made: readonly {
    readonly run_id: string;
    readonly table: string;
    readonly units: number;
    readonly rows: number;
  }[];
  /** Units that are failed now, whatever run left them so. */
  readonly failures: readonly {
    readonly table: string;
    readonly date: string;
    readonly kind: string;
    readonly text: string;
    readonly run_id: string;
    readonly attempts: number;
  }[];
  /** The command that works them again. */
  readonly retry: string;
  /** Last attempts of each table, whatever run made them. */
  readonly speed: readonly {
    readonly table: string;
    readonly rows: number;
    readonly seconds: number;
  }[];
}

export interface QualityColumn {
  readonly name: string;
  readonly type: string;
  readonly unit: string | null;
  readonly meaning: string;
  readonly null_when: string | null;
  /** When equal values of a feature are no suspicion; null of other columns. */
  readonly constant_when: ConstantWhen | null;
  readonly range: { readonly min: number; readonly max: number; readonly severity: string } | null;
  /** NULLs by month. */
  readonly nulls: readonly number[];
  /** Defaults by month; only features have them. */
  readonly defaults: readonly number[] | null;
  /** The least and the greatest value by month; null where there is no number. */
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  /** Values outside the allowed range, by month. */
  readonly outside: readonly number[];
}

/** `/api/quality/<table>` */
export interface QualityAnswer {
  readonly table: string;
  readonly months: readonly string[];
  readonly rows: readonly number[];
  readonly columns: readonly QualityColumn[];
  readonly exclusions: readonly { readonly code: string; readonly counts: readonly number[] }[];
}
