/** The shapes of the answer about the games of a date, see `api-types.ts`. */
import type { Zone } from './court-zones.ts';

/** What a team brings to its game, by its rows of the date. */
export interface SlateTeam {
  readonly team: string;
  readonly name: string;
  /** By the schedule; null where that does not tell. */
  readonly home: boolean | null;
  /** Games won in a row, negative for games lost; 0 before its first game. */
  readonly streak: number;
  readonly last_margin: number | null;
  readonly win_pct: number | null;
  readonly game_number: number | null;
  /** Days off between the games; 0 = played yesterday. */
  readonly days_off: number | null;
  readonly games_last_7_days: number | null;
  readonly travel_miles: number | null;
  readonly time_zone_change: number | null;
  readonly road_games: number | null;
  /** Handicap in points; negative = favourite. */
  readonly spread: number | null;
  readonly players_out: number | null;
  readonly pace: number | null;
  readonly offense: number | null;
  readonly defense: number | null;
  /** Per zone its players' share of shots (ratio), and what it allows there against the league. */
  readonly zones: Readonly<
    Record<Zone, { readonly share: number | null; readonly allowed_vs_league: number | null }>
  >;
}

export interface SlatePlayer {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly status: string | null;
  readonly line: number | null;
  /** Days off between his games, as of his team; 0 = played yesterday. */
  readonly days_off: number | null;
  readonly minutes: number | null;
  readonly points_last_5: number | null;
  readonly points_season: number | null;
  readonly usage: number | null;
  readonly fatigue: number | null;
  readonly matchup: number | null;
  /** Composite adjustment: an index, no forecast of points. */
  readonly index: number | null;
  readonly quality: number | null;
}

export interface SlateGame {
  readonly game_id: string;
  readonly game_type: string;
  readonly neutral_site: boolean | null;
  readonly total: number | null;
  /** Away first; by name where the sides are unknown. */
  readonly teams: readonly SlateTeam[];
  /** Whoever plays most comes first. */
  readonly players: readonly SlatePlayer[];
}

/** `/api/slate?date=` */
export interface SlateAnswer {
  /** null where no team has a row at all. */
  readonly date: string | null;
  readonly previous: string | null;
  readonly next: string | null;
  /** Why there are no games; null where there are some. */
  readonly absent: string | null;
  readonly games: readonly SlateGame[];
}
