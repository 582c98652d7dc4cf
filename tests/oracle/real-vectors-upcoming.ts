import type { RowVectors } from './expect-vectors.ts';

/** `upcoming_team_game_context`. */
export const TEAM_CONTEXTS: RowVectors = {
  key: 'game_date team_abbr',
  columns: `home_game opponent_team_abbr team_days_rest team_back_to_back days_since_last_game
    game_number_in_season games_in_last_7_days games_in_last_14_days team_win_streak_entering
    team_loss_streak_entering last_game_margin travel_miles time_zone_change_hours
    miles_traveled_last_14_days consecutive_road_games`,
  lines: [
    '2023-10-24; LAL = false DEN - false - 1 0 0 0 0 - 831 1 0 0',
    '2023-11-15; LAL = true SAC 0 true 1 12 4 7 3 0 27 0 0 4743 0',
    '2023-11-15; BOS = false PHI 1 false 2 11 4 7 3 0 16 273 0 2861 0',
    '2023-11-15; CLE = false POR 1 false 2 11 3 6 0 1 -12 484 0 3719 3',
    '2023-11-15; MIN = false PHX 0 true 1 11 4 7 7 0 3 651 1 3508 3',
    '2025-01-23; IND = true SAS 4 false 5 44 2 5 2 0 13 4171 6 1006 0',
    '2025-01-29; IND = true DET 3 false 4 46 2 4 1 0 38 4171 -6 4651 1',
    '2024-05-10; DEN = false MIN 3 false 4 90 2 4 0 2 -26 699 1 831 0',
  ],
};

/** `upcoming_player_game_context`. */
export const PLAYER_CONTEXTS: RowVectors = {
  key: 'game_date universal_player_id',
  columns: `team_abbr opponent_team_abbr home_game games_played_season days_rest
    days_rest_before_last_game days_since_2_plus_days_rest games_in_last_7_days
    games_in_last_14_days minutes_in_last_7_days minutes_in_last_14_days
    avg_minutes_per_game_last_7 back_to_backs_last_14_days points_avg_last_5 points_avg_last_10
    avg_usage_rate_last_7_games projected_usage_rate team_pace_last_10 opponent_pace_last_10
    pace_differential opponent_def_rating_last_10 opponent_ft_rate_allowed opponent_days_rest`,
  lines: [
    '2023-11-15; 2544 = LAL SAC true 10 1 4 1 3 6 86.2 201.3 28.7 0 24.0 24.3 31.1 30.8 101.3 100.5 -0.8 112.11 25.9 2',
    '2023-11-15; 1628369 = BOS PHI false 10 2 2 2 4 7 144.0 254.4 36.0 1 26.6 28.4 29.3 31.3 100.2 103.0 2.8 108.93 27.3 1',
    '2023-11-15; 203954 = PHI BOS true 10 1 2 1 4 7 143.8 240.0 36.0 0 36.8 33.1 37.8 40.2 103.0 100.2 -2.8 105.56 22.2 2',
    '2023-11-15; 1629029 = DAL WAS false 11 1 2 1 4 8 124.3 274.2 31.1 1 30.0 30.9 35.0 34.2 103.3 106.5 3.2 115.30 23.2 2',
    '2023-11-15; 201942 = CHI ORL true 11 2 1 3 3 7 113.8 243.6 37.9 2 20.0 21.3 25.1 24.9 98.4 101.9 3.5 106.03 27.2 1',
    '2022-01-20; 201939 = GSW IND true 40 2 4 2 3 5 85.4 160.6 28.5 1 20.8 21.1 28.4 22.9 100.9 98.1 -2.8 116.13 31.1 1',
    '2022-01-20; 101108 = PHX DAL false 43 3 1 4 3 6 92.3 192.2 30.8 1 12.2 11.7 18.9 18.6 100.1 97.0 -3.1 97.61 22.5 1',
    '2024-02-22; 1628983 = OKC LAC true 53 9 2 9 0 3 0.0 102.0 - 1 29.2 31.0 33.0 35.7 98.0 100.1 2.1 114.03 19.2 8',
    '2024-05-10; 203999 = DEN MIN false 86 4 2 4 2 4 79.5 161.7 39.8 0 26.0 26.7 28.3 32.4 96.8 96.0 -0.8 111.03 28.8 4',
    '2024-05-10; 1628973 = NYK IND false 85 2 2 2 2 5 76.0 214.0 38.0 0 40.0 35.5 36.8 34.8 94.4 97.3 2.9 118.35 25.9 2',
  ],
};

/** `player_composite_factors`. */
export const COMPOSITE_FACTORS: RowVectors = {
  key: 'game_date universal_player_id',
  columns: `fatigue_score fatigue_adjustment mismatch_zone mismatch_zone_rate
    mismatch_defense_vs_league_avg shot_zone_mismatch_score pace_score usage_spike_score
    total_composite_adjustment data_completeness_pct fatigue_factors missing_data_fields`,
  lines: [
    '2023-11-15; 2544 = 85 -0.75 paint 51.22 2.72 2.7 -0.4 -0.1 1.48 100.0 [back_to_back:-15] []',
    '2023-11-15; 1628369 = 77 -1.15 perimeter 45.36 -0.47 -0.4 1.4 0.6 0.42 100.0 [games_in_7_days:-10,minutes_per_game:-8,back_to_backs_in_14_days:-5] []',
    '2023-11-15; 203954 = 67 -1.65 paint 52.29 -3.63 -3.6 -1.4 0.7 -5.96 100.0 [back_to_back:-15,games_in_7_days:-10,minutes_per_game:-8] []',
    '2023-11-15; 1629029 = 70 -1.50 perimeter 47.55 -1.30 -1.2 1.6 -0.2 -1.38 100.0 [back_to_back:-15,games_in_7_days:-10,back_to_backs_in_14_days:-5] []',
    '2023-11-15; 201942 = 80 -1.00 mid_range 52.07 3.41 3.4 1.8 -0.1 4.10 100.0 [minutes_per_game:-8,back_to_backs_in_14_days:-12] []',
    '2022-01-20; 201939 = 95 -0.25 perimeter 59.80 0.68 0.7 -1.4 -1.7 -2.62 100.0 [back_to_backs_in_14_days:-5] []',
    '2022-01-20; 101108 = 100 0.00 - - - 0.0 -1.6 -0.1 -1.64 80.0 [extra_rest:+5,back_to_backs_in_14_days:-5] [player_shot_zone]',
    '2024-02-22; 1628983 = 100 0.00 paint 44.78 -0.59 -0.5 1.1 0.8 1.33 100.0 [extra_rest:+5,back_to_backs_in_14_days:-5] []',
    '2024-05-10; 203999 = 97 -0.15 - - - 0.0 -0.4 1.2 0.68 80.0 [extra_rest:+5,minutes_per_game:-8] [player_shot_zone]',
    '2024-05-10; 1628973 = 92 -0.40 - - - 0.0 1.5 -0.6 0.45 60.0 [minutes_per_game:-8] [player_shot_zone,team_defense_zone]',
  ],
};

/** `player_daily_cache`. */
export const DAILY_CACHE: RowVectors = {
  key: 'cache_date universal_player_id',
  columns: `points_avg_last_5 points_avg_last_10 points_avg_season points_std_last_10
    minutes_avg_last_10 minutes_avg_season usage_rate_last_10 player_usage_rate_season
    ts_pct_last_10 games_played_season team_pace_last_10 team_off_rating_last_10
    primary_scoring_zone`,
  lines: [
    '2023-11-15; 2544 = 24.0 24.3 24.3 6.43 33.7 33.7 30.19 30.19 0.641 10 101.3 109.93 paint',
    '2023-11-15; 1628369 = 26.6 28.4 28.4 6.24 36.2 36.2 29.82 29.82 0.648 10 100.2 118.34 perimeter',
    '2023-11-15; 203954 = 36.8 33.1 33.1 7.25 34.1 34.1 37.85 37.85 0.617 10 103.0 117.62 paint',
    '2023-11-15; 1629029 = 30.0 30.9 31.1 10.44 35.0 35.0 34.45 34.69 0.654 11 103.3 118.67 perimeter',
    '2023-11-15; 201942 = 20.0 21.3 21.2 6.33 35.1 34.9 25.76 25.90 0.534 11 98.4 110.20 mid_range',
    '2022-01-20; 201939 = 20.8 21.1 26.1 7.95 34.1 34.4 29.84 31.91 0.521 40 100.9 104.93 perimeter',
    '2022-01-20; 101108 = 12.2 11.7 13.9 2.75 31.9 32.2 17.87 19.57 0.519 43 100.1 114.94 -',
    '2024-02-22; 1628983 = 29.2 31.0 31.1 4.76 35.1 34.5 34.69 33.58 0.647 53 98.0 115.95 paint',
    '2024-05-10; 203999 = 26.0 26.7 26.4 8.06 38.9 35.1 27.14 29.24 0.666 86 96.8 111.73 -',
    '2024-05-10; 1628973 = 40.0 35.5 29.4 8.55 41.6 36.1 37.07 33.20 0.557 85 94.4 117.76 -',
  ],
};

/** `ml_feature_store`. */
export const FEATURE_STORE: RowVectors = {
  key: 'game_date universal_player_id',
  columns: `features default_feature_indices feature_quality_score`,
  lines: [
    '2023-11-15; 2544 = [24.0000,24.3000,24.3000,6.4300,3.0000,85.0000,2.7000,-0.4000,-0.1000,-1.0000,0.0000,0.0000,0.0000,112.1100,100.1000,1.0000,1.0000,0.0000,0.5122,0.1707,0.3171,0.1564,101.3000,109.9300,0.5455] [10] 96.04',
    '2023-11-15; 1628369 = [26.6000,28.4000,28.4000,6.2400,4.0000,77.0000,-0.4000,1.4000,0.6000,1.0000,0.0000,2.0000,0.0000,108.9300,102.5000,0.0000,0.0000,0.0000,0.3866,0.1598,0.4536,0.1585,100.2000,118.3400,0.8000] [10] 96.04',
    '2023-11-15; 203954 = [36.8000,33.1000,33.1000,7.2500,4.0000,67.0000,-3.6000,-1.4000,0.7000,-1.0000,0.0000,1.0000,0.0000,105.5600,99.5000,1.0000,1.0000,0.0000,0.5229,0.3073,0.1697,0.2991,103.0000,117.6200,0.8000] [10] 96.04',
    '2023-11-15; 1629029 = [30.0000,30.9000,31.1000,10.4400,4.0000,70.0000,-1.2000,1.6000,-0.2000,-1.0000,0.0000,-2.0000,0.0000,115.3000,106.1000,0.0000,1.0000,0.0000,0.2745,0.2500,0.4755,0.1877,103.3000,118.6700,0.7273] [10] 96.04',
    '2023-11-15; 201942 = [20.0000,21.3000,21.2000,6.3300,3.0000,80.0000,3.4000,1.8000,-0.1000,1.0000,0.0000,0.0000,0.0000,106.0300,101.7000,1.0000,0.0000,0.0000,0.3491,0.5207,0.1302,0.2817,98.4000,110.2000,0.3636] [10] 96.04',
    '2022-01-20; 201939 = [20.8000,21.1000,26.1000,7.9500,3.0000,95.0000,0.7000,-1.4000,-1.7000,1.0000,0.0000,-1.0000,0.0000,116.1000,97.7000,1.0000,0.0000,0.0000,0.2059,0.1961,0.5980,0.2038,100.9000,104.9300,0.7273] [10] 96.04',
    '2022-01-20; 101108 = [12.2000,11.7000,13.9000,2.7500,3.0000,100.0000,0.0000,-1.6000,-0.1000,2.0000,0.0000,0.0000,0.0000,100.6900,97.7000,0.0000,0.0000,0.0000,0.3000,0.2000,0.3500,0.1026,100.1000,114.9400,0.7907] [6,10,18,19,20] 69.00',
    '2024-02-22; 1628983 = [29.2000,31.0000,31.1000,4.7600,0.0000,100.0000,-0.5000,1.1000,0.8000,1.0000,0.0000,2.0000,0.0000,114.0200,100.5000,1.0000,0.0000,0.0000,0.4478,0.4080,0.1443,0.2419,98.0000,115.9500,0.6852] [10] 96.04',
    '2024-05-10; 203999 = [26.0000,26.7000,26.4000,8.0600,2.0000,97.0000,0.0000,-0.4000,1.2000,0.0000,0.0000,-1.0000,1.0000,108.2500,97.2000,0.0000,0.0000,1.0000,0.3000,0.2000,0.3500,0.1873,96.8000,111.7300,0.6854] [6,10,18,19,20] 69.00',
    '2024-05-10; 1628973 = [40.0000,35.5000,29.4000,8.5500,2.0000,92.0000,0.0000,1.5000,-0.6000,0.0000,0.0000,-2.0000,1.0000,116.8500,98.3000,0.0000,0.0000,1.0000,0.3000,0.2000,0.3500,0.2394,94.4000,117.7600,0.6222] [6,10,18,19,20] 69.00',
  ],
};

/** Rows of UPGC, of each table built from it, those left out, and MLFS rows with the default of injury_risk alone. */
export const CANDIDATE_COUNTS = [
  ['2021-12-15', 339, 319, 20, 317],
  ['2022-01-20', 105, 89, 16, 55],
  ['2022-11-02', 322, 212, 110, 211],
  ['2023-11-02', 111, 25, 86, 0],
  ['2023-11-15', 246, 186, 60, 185],
  ['2024-02-22', 376, 367, 9, 366],
  ['2024-05-10', 58, 57, 1, 17],
  ['2024-12-27', 245, 232, 13, 231],
  ['2025-06-08', 28, 28, 0, 0],
] as const;

/** The first date of each season on which anybody has a UPGC row, and how many rows there are. */
export const FIRST_CANDIDATES: ReadonlyMap<string, number> = new Map([
  ['2021-10-21', 24],
  ['2022-10-20', 23],
  ['2023-10-26', 22],
  ['2024-10-24', 20],
]);

/** The fatigue scores that occur without ages. */
export const FATIGUE_SCORES = '55 62 63 65 67 70 72 73 75 77 78 80 83 85 87 88 92 93 95 97 100';

/** Rows of MLFS by number of defaults. No injury report is loaded: each row has that one. */
export const DEFAULTS: Readonly<Record<string, number>> = {
  1: 119_522,
  2: 2_720,
  3: 2,
  4: 260,
  5: 19_547,
  6: 23,
};
