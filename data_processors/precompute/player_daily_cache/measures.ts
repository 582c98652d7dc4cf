import { inWords } from '../../../src/measures/in-words.ts';
import * as m from '../../../src/measures/measure-words.ts';
import { date, int64, type Measure, numeric, string } from '../../../src/sql/column.ts';
import { taken } from '../../../src/table/measure.ts';
import { processor as playerGames } from '../../analytics/player_game_summary/player_game_summary_processor.ts';
import { processor as teamGames } from '../../analytics/team_offense_game_summary/team_offense_game_summary_processor.ts';
import { shootingPlays, trueShootingWords } from '../../shared/formulas-sql.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import { sampleQuality } from '../../shared/measures/sample-measures.ts';
import {
  candidateCompleteness,
  candidateSample,
} from '../../shared/roster/upcoming-players-sql.ts';

const warn = (min: number, max: number) => ({ range: { min, max, severity: 'warn' as const } });
const noTeamGame = { nullWhen: 'the team has no earlier game' } as const;
const noZones = {
  nullWhen: 'he has no row of player_shot_zone_analysis, or it is NULL there',
} as const;
const percent = { range: { min: 0, max: 100, severity: 'error' as const } };
const lastTen = m.lastGames(10);

const average = { digits: 5, decimals: 1, missing: 'zero' } as const;
const points = { ...average, of: 'player_game_summary.points', unit: 'points per game' } as const;
const minutes = {
  ...{ ...average, dividedBy: 60, unit: 'minutes per game', ...warn(0, 48) },
  of: 'player_game_summary.seconds_played',
} as const;
const usage = {
  ...{ digits: 5, decimals: 2, unit: '% of team plays while on court', ...warn(0, 60) },
  of: 'player_game_summary.usage_rate',
  nullWhen: 'none of the games has a usage rate',
} as const;

/** Measures of his active games before d, as rows of player_game_summary tell them. */
export const playerMeasures: readonly Measure[] = inWords(playerGames, [
  m.average('points_avg_last_5', { ...points, over: m.lastGames(5), ...warn(0, 50) }),
  m.average('points_avg_last_10', { ...points, over: lastTen, ...warn(0, 50) }),
  m.average('points_avg_season', { ...points, over: m.seasonToDate, ...warn(0, 50) }),
  m.deviation('points_std_last_10', {
    ...{ ...points, over: lastTen, decimals: 2, unit: 'points', ...warn(0, 22) },
  }),
  m.average('minutes_avg_last_10', { ...minutes, over: lastTen }),
  m.average('minutes_avg_season', { ...minutes, over: m.seasonToDate }),
  m.average('usage_rate_last_10', { ...usage, over: lastTen }),
  m.average('player_usage_rate_season', { ...usage, over: m.seasonToDate }),
  m.rate('ts_pct_last_10', {
    of: '50 * player_game_summary.points',
    per: shootingPlays,
    ...{ ...average, over: lastTen, decimals: 3, unit: 'ratio', ...warn(0, 1.5) },
    meaning: `pooled over the last 10 games: R(${trueShootingWords('Σ ')}, 3)`,
    nullWhen: 'no attempts',
  }),
]);

/** Measures of the last 10 final games of his team, as rows of team_offense_game_summary tell them. */
export const teamMeasures: readonly Measure[] = inWords(teamGames, [
  m.average('team_pace_last_10', {
    of: 'team_offense_game_summary.pace',
    ...{ over: lastTen, digits: 5, decimals: 1, ...noTeamGame, ...warn(88, 114) },
  }),
  m.average('team_off_rating_last_10', {
    of: 'team_offense_game_summary.offensive_rating',
    ...{ over: lastTen, digits: 6, decimals: 2, ...noTeamGame, ...warn(88, 134) },
  }),
]);

/** Measures that are copied from upcoming_player_game_context, not computed again. */
const workload = taken(
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
);

/** Measures that are copied from player_shot_zone_analysis. */
export const zoneMeasures: readonly Measure[] = taken(
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
);

export const measures: readonly Measure[] = [
  ...taken(
    string('universal_player_id', 'NBA player id as a decimal string'),
    string('player_lookup', 'name without marks, lower case, only a–z and 0–9'),
    string('player_full_name', 'as in his latest game before d', { freeText: true }),
  ),
  date('cache_date', 'the row holds what was known before the first game of this date', {
    from: 'game_date',
  }),
  ...taken(
    int64('season_year', 'first year of the season'),
    string('game_id', 'YYYYMMDD_AWAY_HOME, taken from the schedule'),
    string('team_abbr', 'team he is expected to play for'),
    string('opponent_team_abbr', 'tricode of the opponent'),
  ),
  ...playerMeasures,
  ...taken(int64('games_played_season', 'active games this season before d', warn(1, 110))),
  ...teamMeasures,
  ...workload,
  ...zoneMeasures,
  string('cache_version', 'v1', { from: "'v1'" }),
  ...candidateCompleteness,
  ...sampleQuality(candidateSample, { window: 10, high: 10, medium: 7 }),
  dataQualityIssues([
    { code: 'long_break_in_window', when: 'over_break' },
    { code: 'missing_upstream_games', when: 'lacks_games' },
    { code: 'no_shot_zones', when: 'has_zones AND total_shots_last_10 IS NULL' },
    { code: 'no_team_games', when: 'team_games = 0' },
    { code: 'player_shot_zone_missing', when: 'NOT has_zones' },
    { code: 'player_shot_zone_not_ready', when: 'NOT zones_ready' },
    { code: 'thin_window', when: 'games_in_sample < 10' },
    { code: 'zero_attempts', when: 'total_shots_last_10 = 0' },
  ]),
];
