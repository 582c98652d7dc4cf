/** The shapes of the answers about teams, see `api-types.ts`. */
import type { Zone } from './court-zones.ts';

export interface TeamZones {
  readonly team: string;
  readonly name: string;
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
        readonly vs_league: number | null;
      }
    >
  >;
}

/** `/api/team-defense?date=` */
export interface TeamDefenseAnswer {
  /** null where the table has no rows at all. */
  readonly date: string | null;
  readonly season_year: number | null;
  /** Dates with rows, ascending. */
  readonly dates: readonly string[];
  readonly league: Readonly<Record<Zone, number | null>>;
  readonly league_source: string | null;
  readonly teams: readonly TeamZones[];
}

/** `/api/team-defense/<season>`: mean by team and month of the season. */
export interface TeamMonthsAnswer {
  readonly season_year: number;
  readonly months: readonly {
    readonly team: string;
    readonly month: string;
    readonly vs_league: Readonly<Record<Zone, number | null>>;
  }[];
}

/** `/api/team-defense/<season>/<team>` */
export interface TeamSeasonAnswer {
  readonly team: string;
  readonly season_year: number;
  readonly dates: readonly {
    readonly date: string;
    readonly pct: Readonly<Record<Zone, number | null>>;
    readonly league: Readonly<Record<Zone, number | null>>;
    readonly vs_league: Readonly<Record<Zone, number | null>>;
  }[];
}
