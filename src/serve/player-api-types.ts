/** The shapes of the answers about players, see `api-types.ts`. */
import type { Zone } from './court-zones.ts';

export interface PlayerName {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly first_date: string;
  readonly last_date: string;
  readonly games: number;
}

/** `/api/players?q=` */
export interface PlayersAnswer {
  readonly players: readonly PlayerName[];
}

/** Of how many games the zones of a row are. */
export interface ZoneGames {
  /** Games of the window. */
  readonly games: number;
  /** Those of them with shot data, which alone are counted. */
  readonly charted: number;
}

export interface ZoneNumbers {
  /** Share of his shots, %. */
  readonly rate: number | null;
  readonly pct: number | null;
  readonly attempts: number | null;
  readonly allowed_pct: number | null;
  readonly allowed_attempts: number | null;
  /** Percentage points above the league; positive = worse defence. */
  readonly vs_league: number | null;
  readonly league_pct: number | null;
}

export interface FactorsAnswer {
  readonly fatigue_score: number;
  readonly fatigue: number;
  readonly matchup: number;
  readonly pace: number;
  readonly usage: number;
  readonly total: number;
  readonly fatigue_factors: readonly string[];
  readonly mismatch_zone: string | null;
  readonly mismatch_rate: number | null;
  readonly mismatch_vs_league: number | null;
  readonly pace_differential: number | null;
  readonly projected_usage: number | null;
  readonly average_usage: number | null;
  readonly stars_out: number | null;
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
  /** Three-pointers made. */
  readonly threes: number | null;
  readonly usage: number | null;
  readonly true_shooting: number | null;
}

export interface FeatureAnswer {
  readonly name: string;
  readonly meaning: string;
  /** Empty where the value is a step of a scale. */
  readonly unit: string;
  readonly formula: string;
  readonly value: number;
  readonly source: string;
}

/** `/api/players/<id>/<date>` */
export interface PlayerDateAnswer {
  /** By his games before the date; without any, his team and dates are empty. */
  readonly player: PlayerName;
  readonly date: string;
  /** Games by the schedule; 0 on a day without. */
  readonly games_of_date: number;
  /** Why there is no feature row; null where there is one. */
  readonly absent: string | null;
  readonly previous: string | null;
  readonly next: string | null;
  readonly game: {
    readonly team: string;
    readonly opponent: string;
    readonly home: boolean | null;
    readonly days_rest: number | null;
    readonly games_played: number | null;
    readonly status: string | null;
    readonly line: number | null;
    /** Handicap of his team; negative = favourite. */
    readonly spread: number | null;
    readonly total: number | null;
  } | null;
  readonly features: readonly FeatureAnswer[] | null;
  readonly quality: {
    readonly score: number;
    readonly tier: string;
    readonly issues: readonly string[];
    readonly run_id: string;
    readonly hash: string;
  } | null;
  readonly factors: FactorsAnswer | null;
  /** NULL where there is no row of the player, or of the opponent. */
  readonly zone_games: { readonly own: ZoneGames | null; readonly allowed: ZoneGames | null };
  readonly primary_zone: string | null;
  readonly zones: Readonly<Record<Zone, ZoneNumbers>>;
  readonly last_games: readonly GameAnswer[];
}

/** `/api/players/<id>/<date>/result`: what he then did; null where he has not played. */
export interface PlayerResultAnswer {
  readonly game: GameAnswer | null;
}
