/** The shapes of the answers under `/api/`; the pages are written against them. */
import type { CoverageCell } from '../plan/coverage.ts';
import type { UnitState } from '../plan/plan.ts';
import type { ApiErrorKind } from './api-error.ts';

export interface ErrorAnswer {
  readonly error: ApiErrorKind;
  readonly message: string;
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

/** `/api/coverage` */
export interface CoverageAnswer {
  readonly warehouse: string;
  readonly dataKind: string | null;
  readonly version: string;
  readonly seasons: readonly SeasonDates[];
  readonly tables: readonly (TableName & {
    /** Per season one letter per date. */
    readonly letters: readonly string[];
  })[];
  /** The same counts as `status --json`. */
  readonly counts: readonly CoverageCell[];
  readonly refused: readonly { readonly date: string; readonly reason: string }[];
}

/** `/api/dates/<date>` */
export interface DateAnswer {
  readonly date: string;
  readonly games: readonly string[];
  readonly units: readonly {
    readonly table: string;
    readonly state: UnitState;
    readonly reason: string;
    readonly rows: number | null;
  }[];
}

/** `/api/units/<table>/<date>`: the object that `explain --json` prints, with a command that can be pasted. */
export interface UnitAnswer {
  readonly table: string;
  readonly date: string;
  readonly state: UnitState;
  readonly reason: string;
  readonly causes: readonly {
    readonly table: string;
    readonly date: string;
    readonly state: UnitState;
    readonly reason: string;
  }[];
  readonly record: UnitRecordAnswer | null;
  readonly definition_changed: boolean;
  readonly inputs: readonly {
    readonly table: string;
    readonly required: boolean;
    readonly keys_only: boolean;
    readonly changed?: boolean;
    readonly recorded_since: readonly string[];
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
    readonly keys_only: boolean;
  }[];
  readonly exclusions: Readonly<Record<string, number>>;
  readonly mend: string | null;
}

export interface UnitRecordAnswer {
  readonly state: string;
  readonly rows: number;
  readonly excluded: number;
  readonly data_hash?: string;
  readonly key_hash?: string;
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
  readonly runId: string;
  readonly verb: string;
  /** What was asked for, in words. */
  readonly request: string;
  readonly who: string;
  readonly reason: string | null;
  readonly codeVersion: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly seconds: number | null;
  readonly exitCode: number | null;
  readonly written: number | null;
  readonly unchanged: number | null;
  readonly skipped: number | null;
  readonly failed: number | null;
  readonly blocked: number | null;
  readonly rows: number | null;
  readonly failedUnits: readonly (readonly [string, string])[];
}

/** `/api/runs`: the latest first. */
export interface RunsAnswer {
  readonly runs: readonly RunAnswer[];
  /** Units that are failed now, whatever run left them so. */
  readonly failures: readonly {
    readonly table: string;
    readonly date: string;
    readonly kind: string;
    readonly text: string;
    readonly runId: string;
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
  readonly nullWhen: string | null;
  readonly range: { readonly min: number; readonly max: number; readonly severity: string } | null;
  /** NULLs by month. */
  readonly nulls: readonly number[];
  /** Defaults by month; only features have them. */
  readonly defaults: readonly number[] | null;
  /** By month; null where there is no number. */
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

export interface PlayerName {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly games: number;
}

/** `/api/players?q=` */
export interface PlayersAnswer {
  readonly players: readonly PlayerName[];
}

export const zones = ['paint', 'mid_range', 'three_pt'] as const;
export type Zone = (typeof zones)[number];

export interface ZoneNumbers {
  /** Share of his shots, %. */
  readonly rate: number | null;
  readonly pct: number | null;
  readonly attempts: number | null;
  readonly allowedPct: number | null;
  readonly allowedAttempts: number | null;
  /** Percentage points above the league; positive = worse defence. */
  readonly vsLeague: number | null;
  readonly leaguePct: number | null;
}

export interface FactorsAnswer {
  readonly fatigueScore: number;
  readonly fatigue: number;
  readonly matchup: number;
  readonly pace: number;
  readonly usage: number;
  readonly total: number;
  readonly fatigueFactors: readonly string[];
  readonly mismatchZone: string | null;
  readonly mismatchRate: number | null;
  readonly mismatchVsLeague: number | null;
  readonly paceDifferential: number | null;
  readonly projectedUsage: number | null;
  readonly averageUsage: number | null;
  readonly starsOut: number | null;
  readonly missing: readonly string[];
  readonly warnings: readonly string[];
}

export interface GameAnswer {
  readonly date: string;
  readonly opponent: string;
  readonly home: boolean | null;
  readonly won: boolean | null;
  readonly minutes: number | null;
  readonly points: number | null;
  readonly rebounds: number | null;
  readonly assists: number | null;
  readonly usage: number | null;
  readonly trueShooting: number | null;
}

export interface FeatureAnswer {
  readonly name: string;
  readonly value: number;
  readonly source: string;
}

/** `/api/players/<id>/<date>` */
export interface PlayerDateAnswer {
  readonly player: PlayerName;
  readonly date: string;
  /** Games by the schedule; 0 on a day without. */
  readonly gamesOfDate: number;
  /** Why there is no feature row; null where there is one. */
  readonly absent: string | null;
  readonly previous: string | null;
  readonly next: string | null;
  readonly game: {
    readonly team: string;
    readonly opponent: string;
    readonly home: boolean | null;
    readonly daysRest: number | null;
    readonly gamesPlayed: number | null;
    readonly status: string | null;
    readonly line: number | null;
  } | null;
  readonly features: readonly FeatureAnswer[] | null;
  readonly quality: {
    readonly score: number;
    readonly tier: string;
    readonly issues: readonly string[];
    readonly runId: string;
    readonly hash: string;
  } | null;
  readonly factors: FactorsAnswer | null;
  readonly primaryZone: string | null;
  readonly zones: Readonly<Record<Zone, ZoneNumbers>>;
  readonly lastGames: readonly GameAnswer[];
}

export interface TeamZones {
  readonly team: string;
  readonly games: number;
  readonly rating: number | null;
  readonly pace: number | null;
  readonly strongest: string | null;
  readonly weakest: string | null;
  readonly zones: Readonly<
    Record<
      Zone,
      {
        readonly pct: number | null;
        readonly attempts: number | null;
        readonly vsLeague: number | null;
      }
    >
  >;
}

/** `/api/team-defense?date=` */
export interface TeamDefenseAnswer {
  /** null where the table has no rows at all. */
  readonly date: string | null;
  readonly seasonYear: number | null;
  /** Dates with rows, ascending. */
  readonly dates: readonly string[];
  readonly league: Readonly<Record<Zone, number | null>>;
  readonly leagueSource: string | null;
  readonly teams: readonly TeamZones[];
}

/** `/api/team-defense/<season>`: mean by team and month of the season. */
export interface TeamMonthsAnswer {
  readonly seasonYear: number;
  readonly months: readonly {
    readonly team: string;
    readonly month: string;
    readonly vsLeague: Readonly<Record<Zone, number | null>>;
  }[];
}

/** `/api/team-defense/<season>/<team>` */
export interface TeamSeasonAnswer {
  readonly team: string;
  readonly seasonYear: number;
  readonly dates: readonly {
    readonly date: string;
    readonly pct: Readonly<Record<Zone, number | null>>;
    readonly league: Readonly<Record<Zone, number | null>>;
    readonly vsLeague: Readonly<Record<Zone, number | null>>;
  }[];
}
