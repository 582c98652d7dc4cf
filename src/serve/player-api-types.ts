/** The shapes of the answers about players, see `api-types.ts`. */
import type { Zone } from './court-zones.ts';

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
