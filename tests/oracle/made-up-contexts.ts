import type { Row } from './canonical-row.ts';
import { madeUpRow } from './made-up-row.ts';
import { ANALYSIS_DATE } from './made-up-seasons.ts';

/** Values to replace; a misspelt column is refused. */
export type Values = Readonly<Record<string, string>>;

const CONTEXT: Row = {
  universal_player_id: '1',
  player_lookup: 'player1',
  player_full_name: 'Player 1',
  game_id: '20250120_MIA_BOS',
  nba_game_id: '0022499999',
  game_date: ANALYSIS_DATE,
  season_year: '2024',
  game_type: 'regular_season',
  season_phase: 'mid',
  team_abbr: 'BOS',
  opponent_team_abbr: 'MIA',
  home_game: 'true',
  games_played_season: '10',
  days_rest: '2',
  back_to_back: 'false',
  games_in_last_7_days: '3',
  games_in_last_14_days: '6',
  minutes_in_last_7_days: '200.0',
  minutes_in_last_14_days: '300.0',
  avg_minutes_per_game_last_7: '30.0',
  back_to_backs_last_14_days: '0',
  avg_usage_rate_last_7_games: '25.0',
  projected_usage_rate: '25.0',
  pace_differential: '0.0',
  opponent_days_rest: '1',
  player_status: '\\N',
  star_teammates_out: '0',
  player_age: '25',
};

const PLAYER_ZONES: Row = {
  universal_player_id: '1',
  total_shots_last_10: '90',
  primary_scoring_zone: 'paint',
  paint_rate_last_10: '65.00',
  mid_range_rate_last_10: '15.00',
  three_pt_rate_last_10: '20.00',
  assisted_rate_last_10: '\\N',
  is_production_ready: 'true',
};

const TEAM_ZONES: Row = {
  team_abbr: 'MIA',
  paint_defense_vs_league_avg: '0.00',
  mid_range_defense_vs_league_avg: '0.00',
  three_pt_defense_vs_league_avg: '0.00',
  defensive_rating_last_15: '112.50',
  opponent_pace: '99.8',
  is_production_ready: 'true',
};

const FACTORS: Row = {
  universal_player_id: '1',
  fatigue_score: '65',
  shot_zone_mismatch_score: '2.5',
  pace_score: '1.2',
  usage_spike_score: '0.8',
  missing_data_fields: '[]',
};

const CACHE: Row = {
  universal_player_id: '1',
  points_avg_last_5: '20.5',
  points_avg_last_10: '20.2',
  points_avg_season: '19.8',
  points_std_last_10: '4.50',
  games_in_last_7_days: '3',
  minutes_avg_last_10: '32.5',
  minutes_avg_season: '31.5',
  team_pace_last_10: '101.2',
  team_off_rating_last_10: '114.50',
};

/** A rested player of BOS against MIA: the columns of UPGC that later tables read. */
export function playerContext(values: Values = {}): Row {
  return replaced(CONTEXT, values);
}

/** The columns of PSZA that later tables read. */
export function playerZonesRow(values: Values = {}): Row {
  return replaced(PLAYER_ZONES, values);
}

/** The columns of TDZA that later tables read, of the opponent. */
export function teamZonesRow(values: Values = {}): Row {
  return replaced(TEAM_ZONES, values);
}

/** The columns of PCF that the feature store reads. */
export function factorsRow(values: Values = {}): Row {
  return replaced(FACTORS, values);
}

/** The columns of PDC that the feature store reads. */
export function cacheRow(values: Values = {}): Row {
  return replaced(CACHE, values);
}

function replaced(row: Row, values: Values): Row {
  for (const column of Object.keys(values)) {
    if (!(column in row)) throw new Error(`no column "${column}" to replace`);
  }
  return madeUpRow({ ...row, ...values });
}
