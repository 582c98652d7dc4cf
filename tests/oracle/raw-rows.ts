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
}

/** How one game ended; only `final` counts. */
export interface GameResultRow {
  readonly nba_game_id: string;
  readonly game_date: string;
  readonly status: string;
  readonly home_points: number | null;
  readonly away_points: number | null;
}

/** One bookmaker's line on one player. */
export interface PlayerPropRow {
  readonly event_id: string;
  readonly bookmaker: string;
  readonly player_lookup: string;
  readonly line: number;
  readonly game_date: string;
  readonly tipoff_at: string | null;
  readonly captured_at: string | null;
  readonly market: string;
}

/** Everything loaded, all dates and seasons together. */
export interface RawRows {
  readonly player_box: readonly PlayerBoxRow[];
  readonly shots: readonly ShotRow[];
  readonly schedule: readonly ScheduleRow[];
  readonly game_results: readonly GameResultRow[];
  readonly player_props: readonly PlayerPropRow[];
}
