import type { RowVectors } from './expect-vectors.ts';

/** `player_game_summary`. */
export const PLAYER_GAMES: RowVectors = {
  key: 'game_id universal_player_id',
  columns: `seconds_played minutes_played points fg_makes fg_attempts three_pt_makes
    three_pt_attempts ft_makes ft_attempts turnovers paint_makes paint_attempts mid_range_makes
    mid_range_attempts zone_three_pt_makes zone_three_pt_attempts usage_rate ts_pct efg_pct`,
  lines: [
    '20231024_LAL_DEN; 203999 = 2175 36.3 29 12 22 3 5 2 4 2 8 15 1 2 3 5 31.8 0.610 0.614',
    '20240126_DAL_ATL; 1629029 = 2683 44.7 73 25 33 8 13 15 16 4 12 14 5 6 8 13 42.2 0.912 0.879',
    '20231114_MEM_LAL; 2544 = 1359 22.7 16 6 11 3 6 1 2 4 1 2 2 3 3 6 30.7 0.673 0.682',
    '20231114_IND_PHI; 203954 = 2260 37.7 39 11 22 0 4 17 17 5 9 16 2 2 0 4 37.4 0.661 0.500',
  ],
};

/** The player whose two seconds on court give an impossible usage. */
export const TWO_SECONDS: RowVectors = {
  key: 'game_id player_full_name',
  columns: 'seconds_played minutes_played points fg_makes fg_attempts turnovers usage_rate',
  lines: ['20240307_CHI_GSW; Lester Quinones = 2 0.0 0 0 1 0 -'],
};

/** Points lines. */
export const POINTS_LINES: RowVectors = {
  key: 'game_date player_full_name',
  columns: 'points points_line over_under_result margin',
  lines: [
    '2024-10-22; Al Horford = 11 8.5 OVER 2.5',
    '2024-10-22; LeBron James = 16 24.5 UNDER -8.5',
    '2024-10-22; Jayson Tatum = 37 26.5 OVER 10.5',
    '2024-10-22; Naz Reid = 12 11.5 OVER 0.5',
    '2024-10-25; Ziaire Williams = 7 7.0 PUSH 0.0',
  ],
};

/** `team_offense_game_summary`. */
export const OFFENSE: RowVectors = {
  key: 'game_id team_abbr',
  columns: `points_scored fg_attempts ft_attempts offensive_rebounds turnovers team_seconds
    overtime_periods possessions offensive_rating pace ts_pct paint_makes paint_attempts
    mid_range_makes mid_range_attempts zone_three_pt_makes zone_three_pt_attempts`,
  lines: [
    '20231024_LAL_DEN; DEN = 119 91 12 9 11 14400 0 98.28 121.08 98.3 0.618 26 43 8 14 14 34',
    '20231024_LAL_DEN; LAL = 107 90 20 13 11 14400 0 96.80 110.54 96.8 0.541 29 49 2 12 10 29',
    '20240126_DAL_ATL; DAL = 148 85 32 6 13 14400 0 106.08 139.52 106.1 0.747 26 41 6 9 19 35',
    '20240126_DAL_ATL; ATL = 143 97 30 12 7 14400 0 105.20 135.93 105.2 0.649 25 43 11 20 15 34',
    '20230102_ATL_GSW; GSW = 143 121 24 23 19 17400 2 127.56 112.10 105.6 0.543 27 43 8 19 19 59',
    '20230112_DAL_LAL; DAL = 119 96 17 3 16 17401 2 116.48 102.16 96.4 0.575 28 43 6 11 14 42',
  ],
};

/** `team_defense_game_summary`. */
export const DEFENSE: RowVectors = {
  key: 'game_id team_abbr',
  columns: 'defensive_rating opponent_pace',
  lines: [
    '20231024_LAL_DEN; DEN = 110.54 96.8',
    '20231024_LAL_DEN; LAL = 121.08 98.3',
    '20230102_ATL_GSW; ATL = 112.10 105.6',
  ],
};

/** Games with shots and no usable zones. */
export const UNUSABLE_GAMES = ['0022100581', '0022300091'] as const;

/** The game in which two team-mates' shots are swapped: zones kept, these two players named. */
export const SWAPPED_GAME = {
  id: '0022200442',
  players: ['Lauri Markkanen', 'Rudy Gay'],
} as const;

/** Games whose sides need the corrections list. */
export const CORRECTED_GAMES = [
  '20241102_MIA_WAS',
  '20241214_ATL_MIL',
  '20241214_HOU_OKC',
  '20250123_SAS_IND',
  '20250125_IND_SAS',
] as const;

/** `team_defense_zone_analysis`. */
export const TEAM_ZONES: RowVectors = {
  key: 'analysis_date team_abbr',
  columns: `games_in_sample games_with_shot_zones
    paint_pct_allowed_last_15 mid_range_pct_allowed_last_15 three_pt_pct_allowed_last_15
    paint_attempts_allowed_per_game mid_range_attempts_allowed_per_game
    three_pt_attempts_allowed_per_game paint_points_allowed_per_game
    mid_range_points_allowed_per_game three_pt_points_allowed_per_game paint_defense_vs_league_avg
    mid_range_defense_vs_league_avg three_pt_defense_vs_league_avg defensive_rating_last_15
    opponent_points_per_game opponent_pace strongest_zone weakest_zone`,
  lines: [
    '2023-11-02; DEN = 5 5 0.557 0.321 0.296 47.4 11.2 30.4 52.8 7.2 27.0 -2.11 -7.28 -5.00 104.11 103.6 99.6 mid_range paint',
    '2023-11-02; LAL = 5 5 0.535 0.467 0.374 39.6 18.0 36.4 42.4 16.8 40.8 -4.27 7.24 2.76 107.83 114.8 102.0 paint mid_range',
    '2023-11-15; BOS = 10 10 0.549 0.421 0.340 32.8 20.2 37.9 36.0 17.0 38.7 -3.63 -0.04 -1.63 105.56 105.9 99.5 paint mid_range',
    '2023-11-15; DEN = 11 11 0.554 0.398 0.335 39.9 16.5 31.5 44.2 13.1 31.6 -3.16 -2.34 -2.14 108.25 106.3 98.3 paint perimeter',
    '2023-11-15; PHI = 10 10 0.554 0.433 0.352 40.4 14.1 34.1 44.8 12.2 36.0 -3.06 1.15 -0.47 108.93 111.7 102.5 paint mid_range',
    '2023-11-15; POR = 10 10 0.619 0.331 0.325 44.1 13.3 31.4 54.6 8.8 30.6 3.40 -9.03 -3.18 108.93 112.0 100.8 mid_range paint',
    '2022-01-20; GSW = 15 9 0.536 0.440 0.329 35.7 15.7 35.4 38.2 13.8 35.0 -3.90 2.63 -1.90 102.70 103.9 101.0 paint mid_range',
    '2022-01-20; IND = 15 9 0.586 0.522 0.355 37.3 17.7 29.1 43.8 18.4 31.0 1.15 10.86 0.68 116.10 114.0 97.7 perimeter mid_range',
    '2022-01-20; CLE = 15 7 - - - - - - - - - - - - 109.99 106.3 96.8 - -',
    '2024-02-22; OKC = 15 15 0.571 0.414 0.392 38.7 14.8 35.2 44.1 12.3 41.4 -2.79 -3.00 2.26 112.64 114.4 100.3 mid_range perimeter',
    '2024-05-10; DEN = 15 8 0.555 0.391 0.323 41.0 16.0 33.3 45.5 12.5 32.3 -3.51 -4.20 -4.24 108.30 106.4 98.4 perimeter paint',
    '2024-05-10; MIN = 15 9 0.567 0.443 0.392 34.7 18.6 32.3 39.3 16.4 38.0 -2.27 1.05 2.61 108.25 104.9 97.2 paint perimeter',
    '2024-05-10; NYK = 15 7 - - - - - - - - - - - - 116.76 111.0 93.9 - -',
  ],
};

/** `player_shot_zone_analysis`. */
export const PLAYER_ZONES: RowVectors = {
  key: 'analysis_date universal_player_id',
  columns: `team_abbr games_in_sample_10 games_with_shot_zones games_in_sample_20
    games_with_shot_zones_20 paint_rate_last_10 mid_range_rate_last_10 three_pt_rate_last_10
    total_shots_last_10 paint_pct_last_10 mid_range_pct_last_10 three_pt_pct_last_10
    paint_attempts_per_game mid_range_attempts_per_game three_pt_attempts_per_game
    paint_rate_last_20 paint_pct_last_20 primary_scoring_zone`,
  lines: [
    '2023-11-02; 203999 = DEN 5 5 5 5 61.54 16.48 21.98 91 0.679 0.667 0.350 11.2 3.0 4.0 - - paint',
    '2023-11-02; 2544 = LAL 5 5 5 5 49.41 14.12 36.47 85 0.762 0.417 0.355 8.4 2.4 6.2 - - paint',
    '2023-11-15; 203999 = DEN 10 10 11 11 60.30 16.08 23.62 199 0.700 0.563 0.298 12.0 3.2 4.7 - - paint',
    '2023-11-15; 201942 = CHI 10 10 11 11 34.91 52.07 13.02 169 0.610 0.341 0.318 5.9 8.8 2.2 - - mid_range',
    '2023-11-15; 201939 = GSW 10 10 11 11 19.49 16.41 64.10 195 0.579 0.531 0.464 3.8 3.2 12.5 - - perimeter',
    '2023-11-15; 2544 = LAL 10 10 10 10 51.22 17.07 31.71 164 0.738 0.429 0.365 8.4 2.8 5.2 - - paint',
    '2023-11-15; 1629027 = ATL 9 9 9 9 32.14 27.38 40.48 168 0.444 0.348 0.294 6.0 5.1 7.6 - - perimeter',
    '2022-01-20; 201939 = GSW 10 5 20 15 20.59 19.61 59.80 102 0.429 0.250 0.295 4.2 4.0 12.2 23.25 0.507 perimeter',
    '2022-01-20; 101108 = PHX 10 4 20 14 - - - - - - - - - - 19.76 0.576 -',
    '2024-02-22; 1628983 = OKC 10 10 20 20 44.78 40.80 14.43 201 0.578 0.488 0.586 9.0 8.2 2.9 46.98 0.609 paint',
    '2024-05-10; 203999 = DEN 10 3 20 13 - - - - - - - - - - 66.14 0.685 -',
  ],
};

/** Games, TDZA rows, PSZA rows, league source and league ratios in ten-thousandths. */
export const ROW_COUNTS = [
  ['2021-12-15', 11, 30, 440, 'last_30_days', [5740, 4176, 3511]],
  ['2022-01-20', 3, 30, 501, 'last_30_days', [5748, 4135, 3482]],
  ['2022-11-02', 11, 30, 300, 'last_30_days', [5764, 4183, 3571]],
  ['2023-11-02', 4, 15, 114, 'last_30_days', [5780, 3942, 3460]],
  ['2023-11-15', 8, 30, 348, 'last_30_days', [5851, 4212, 3566]],
  ['2024-02-22', 12, 30, 499, 'last_30_days', [5986, 4444, 3695]],
  ['2024-05-10', 2, 30, 541, 'season_to_date', [5900, 4326, 3657]],
  ['2024-12-27', 8, 30, 456, 'last_30_days', [5865, 4262, 3636]],
  ['2025-06-08', 1, 30, 541, 'season_to_date', [5881, 4297, 3602]],
] as const;

/** Season starts; the seven days from each on are not built. */
export const SEASON_STARTS: ReadonlyMap<number, string> = new Map([
  [2021, '2021-10-19'],
  [2022, '2022-10-18'],
  [2023, '2023-10-24'],
  [2024, '2024-10-22'],
]);

/** Built dates on which neither zone table has a row. */
export const ZERO_ROW_DATES = [
  ...['2021-10-26', '2021-10-27', '2022-10-25', '2022-10-26'],
  ...['2023-10-31', '2023-11-01', '2024-10-29', '2024-10-30'],
] as const;
