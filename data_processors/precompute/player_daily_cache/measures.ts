import { type Column, date, int64, numeric, string } from '../../../src/sql/column.ts';
import { completenessColumns, sampleColumns } from '../../shared/measures/sample-measures.ts';

const warn = (min: number, max: number) => ({ range: { min, max, severity: 'warn' as const } });
const noUsage = { nullWhen: 'none of the games has a usage rate' } as const;
const noTeamGame = { nullWhen: 'the team has no earlier game' } as const;
const noZones = {
  nullWhen: 'he has no row of player_shot_zone_analysis, or it is NULL there',
} as const;
const percent = { range: { min: 0, max: 100, severity: 'error' as const } };

/** Copied from upcoming_player_game_context, not computed again. */
export const copiedWorkload: readonly Column[] = [
  int64('games_in_last_7_days', 'his games in [d − 7, d)', warn(0, 5)),
  int64('games_in_last_14_days', 'his games in [d − 14, d)', warn(0, 9)),
  numeric('minutes_in_last_7_days', [5, 1], 'his minutes in [d − 7, d)', {
    unit: 'minutes',
    ...warn(0, 240),
  }),
  numeric('minutes_in_last_14_days', [5, 1], 'his minutes in [d − 14, d)', {
    unit: 'minutes',
    ...warn(0, 450),
  }),
  numeric('avg_minutes_per_game_last_7', [5, 1], 'minutes per game in [d − 7, d)', {
    unit: 'minutes per game',
    nullWhen: 'no game in 7 days',
    ...warn(0, 65),
  }),
  int64(
    'back_to_backs_last_14_days',
    'pairs of his games on adjacent dates in [d − 14, d)',
    warn(0, 6),
  ),
  int64('player_age', 'full years on d', {
    unit: 'years',
    nullWhen: 'birth date not loaded',
    ...warn(17, 50),
  }),
];

/** Copied from player_shot_zone_analysis. */
export const copiedZones: readonly Column[] = [
  string('primary_scoring_zone', 'paint, perimeter, mid_range or balanced', noZones),
  ...['paint', 'mid_range', 'three_pt'].map((zone) =>
    numeric(`${zone}_rate_last_10`, [5, 2], 'share of his shots from the zone', {
      unit: '% of his shots',
      ...noZones,
      ...percent,
    }),
  ),
  numeric('assisted_rate_last_10', [5, 2], 'share of his makes that were assisted', {
    unit: '% of his makes',
    ...noZones,
    ...percent,
  }),
];

export const columns: readonly Column[] = [
  string('universal_player_id', 'NBA player id as a decimal string'),
  string('player_lookup', 'name without marks, lower case, only a–z and 0–9'),
  string('player_full_name', 'as in his latest game before d', { freeText: true }),
  date('cache_date', 'the row holds what was known before the first game of this date'),
  int64('season_year', 'first year of the season'),
  string('game_id', 'YYYYMMDD_AWAY_HOME, taken from the schedule'),
  string('team_abbr', 'team he is expected to play for'),
  string('opponent_team_abbr', 'tricode of the opponent'),
  numeric('points_avg_last_5', [5, 1], 'R(Σ points/games, 1) of the last 5 games, or fewer', {
    unit: 'points per game',
    ...warn(0, 50),
  }),
  numeric('points_avg_last_10', [5, 1], 'R(Σ points/games, 1) of the last 10 games, or fewer', {
    unit: 'points per game',
    ...warn(0, 50),
  }),
  numeric('points_avg_season', [5, 1], 'R(Σ points/games, 1) of the season before d', {
    unit: 'points per game',
    ...warn(0, 50),
  }),
  numeric('points_std_last_10', [5, 2], 'sample deviation (n − 1) of the last 10 games', {
    unit: 'points',
    nullWhen: 'only one game',
    ...warn(0, 22),
  }),
  numeric('minutes_avg_last_10', [5, 1], 'R(Σ seconds/(60·games), 1) of the last 10 games', {
    unit: 'minutes per game',
    ...warn(0, 48),
  }),
  numeric('minutes_avg_season', [5, 1], 'R(Σ seconds/(60·games), 1) of the season before d', {
    unit: 'minutes per game',
    ...warn(0, 48),
  }),
  numeric('usage_rate_last_10', [5, 2], 'mean of the game usages in the last 10 games', {
    unit: '% of team plays while on court',
    ...noUsage,
    ...warn(0, 60),
  }),
  numeric('player_usage_rate_season', [5, 2], 'mean of the game usages in the season before d', {
    unit: '% of team plays while on court',
    ...noUsage,
    ...warn(0, 60),
  }),
  numeric(
    'ts_pct_last_10',
    [5, 3],
    'pooled over the last 10 games: R(Σ PTS/(2·(Σ FGA + 0.44·Σ FTA)), 3)',
    { unit: 'ratio', nullWhen: 'no attempts', ...warn(0, 1.5) },
  ),
  int64('games_played_season', 'active games this season before d', warn(1, 110)),
  numeric('team_pace_last_10', [5, 1], 'mean pace of the last 10 games of the team', {
    unit: 'possessions per 48 minutes',
    ...noTeamGame,
    ...warn(88, 114),
  }),
  numeric('team_off_rating_last_10', [6, 2], 'mean rating of the last 10 games of the team', {
    unit: 'points per 100 possessions',
    ...noTeamGame,
    ...warn(88, 134),
  }),
  ...copiedWorkload,
  ...copiedZones,
  string('cache_version', 'v1'),
  int64('games_in_sample', 'min(10, active games this season before d)', {
    range: { min: 1, max: 10, severity: 'error' },
  }),
  ...completenessColumns,
  ...sampleColumns(10, [
    'missing_upstream_games',
    'no_shot_zones',
    'no_team_games',
    'player_shot_zone_missing',
    'player_shot_zone_not_ready',
    'thin_window',
  ]),
];
