/**
 * Rows of the raw tables as the oracle reads them: plain objects with the column names of the
 * tables. Dates are `YYYY-MM-DD`; timestamps are UTC text `YYYY-MM-DD HH:MM:SS[.ffffff]` without
 * a zone, so that the order of the text is the order of time.
 */

/** One player in one game. */
export interface PlayerBoxRow {
  readonly nba_game_id: string;
  readonly game_date: string;
  readonly season_year: number;
  readonly game_type: string;
  readonly team_abbr: string;
  readonly player_id: number;
  readonly player_name: string;
  readonly player_lookup: string;
  readonly marks_home: boolean;
  readonly seconds_played: number | null;
  readonly fgm: number | null;
  readonly fga: number | null;
  readonly fg3m: number | null;
  readonly fg3a: number | null;
  readonly ftm: number | null;
  readonly fta: number | null;
  readonly oreb: number | null;
  readonly dreb: number | null;
  readonly ast: number | null;
  readonly tov: number | null;
  readonly stl: number | null;
  readonly blk: number | null;
  readonly pf: number | null;
  readonly pts: number | null;
  readonly plus_minus: number | null;
  readonly starter: boolean | null;
}

/** One field goal attempt. */
export interface ShotRow {
  readonly nba_game_id: string;
  readonly event_id: number;
  readonly game_date: string;
  readonly player_id: number;
  readonly team_abbr: string | null;
  readonly home_team_abbr: string | null;
  readonly shot_type: string;
  readonly distance_ft: number;
  readonly made: boolean;
  readonly is_assisted: boolean | null;
}

/** One game: who plays whom, where and when. */
export interface ScheduleRow {
  readonly nba_game_id: string;
  readonly game_id: string;
  readonly game_date: string;
  readonly season_year: number;
  readonly game_type: string;
  readonly home_team_abbr: string | null;
  readonly away_team_abbr: string | null;
  readonly team_a_abbr: string;
  readonly team_b_abbr: string;
  readonly neutral_site: boolean | null;
  readonly tipoff_at: string | null;
  readonly venue_lat: number | null;
  readonly venue_lon: number | null;
  /** Key of an arena, or `lat,lon` of another place; null when it is not known. */
  readonly venue: string | null;
}

/** How one game ended; only `final` counts. */
export interface GameResultRow {
  readonly nba_game_id: string;
  readonly game_date: string;
  readonly status: string;
  readonly home_points: number | null;
  readonly away_points: number | null;
}

/** One bookmaker's line on one player, with what a stake of 1 on either side returns. */
export interface PlayerPropRow {
  readonly event_id: string;
  readonly bookmaker: string;
  readonly player_lookup: string;
  readonly line: number;
  readonly game_date: string;
  readonly tipoff_at: string | null;
  readonly captured_at: string | null;
  readonly market: string;
  readonly over_price: number | null;
  readonly under_price: number | null;
}

/** The betting line of one game. Spread and total are points with at most one decimal. */
export interface GameLineRow {
  readonly event_id: string;
  readonly game_date: string;
  readonly home_team_abbr: string;
  readonly away_team_abbr: string;
  readonly tipoff_at: string | null;
  readonly captured_at: string | null;
  /** Handicap of the home team; negative makes it the favourite. */
  readonly home_spread: number | null;
  readonly total: number | null;
}

/** What was reported on one player before a game. */
export interface InjuryRow {
  readonly game_date: string;
  readonly player_lookup: string;
  readonly reported_at: string | null;
  readonly team_abbr: string | null;
  readonly status: string | null;
}

/** What does not change about a player. */
export interface PlayerRow {
  readonly player_id: number;
  readonly birth_date: string | null;
}

/** Whole miles between two venues of which at least one is no arena. */
export interface VenueDistanceRow {
  readonly venue_a: string;
  readonly venue_b: string;
  readonly miles: number;
}

/** Everything loaded, all dates and seasons together. */
export interface RawRows {
  readonly player_box: readonly PlayerBoxRow[];
  readonly shots: readonly ShotRow[];
  readonly schedule: readonly ScheduleRow[];
  readonly game_results: readonly GameResultRow[];
  readonly player_props: readonly PlayerPropRow[];
  readonly game_lines: readonly GameLineRow[];
  readonly injuries: readonly InjuryRow[];
  readonly players: readonly PlayerRow[];
  readonly venue_distances: readonly VenueDistanceRow[];
}
