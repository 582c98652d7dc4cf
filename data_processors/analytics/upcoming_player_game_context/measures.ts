import { longBreakDays } from '../../../src/calendar/unbroken-since.ts';
import { bool, date, int64, type Measure, numeric, string } from '../../../src/sql/column.ts';
import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import type { Quotient } from '../../../src/sql/sql-text.ts';
import { takenFrom } from '../../../src/table/measure.ts';
import { onlyWhen, percent } from '../../shared/formulas-sql.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import { gameColumns, homeGame, seasonPhase } from '../../shared/measures/identity-columns.ts';

const fewUsageGames = { nullWhen: 'fewer than 3 games with a usage rate this season' } as const;
const noLine = { nullWhen: 'no usable points line is loaded for him' } as const;
const noGameLine = { nullWhen: 'the team has none' } as const;
const noInjuries = { nullWhen: 'no injury reports are loaded for the date' } as const;
const noOpponentGame = { nullWhen: 'the opponent has no earlier game this season' } as const;
const enoughUsage = 'candidate.usage_games >= 3';
const warn = (min: number, max: number) => ({ range: { min, max, severity: 'warn' as const } });

export const measures: readonly Measure[] = [
  ...takenFrom(
    'candidate',
    string('universal_player_id', 'NBA player id as a decimal string'),
    string(
      'player_lookup',
      'his name without marks; of players of d who share it all but the smallest id with `_<id>`',
    ),
    string('player_full_name', 'as in his latest game before d', { freeText: true }),
    ...gameColumns,
    seasonPhase,
    string('team_abbr', 'team of his latest game before d'),
    string('opponent_team_abbr', 'tricode of the opponent'),
    homeGame,
  ),
  int64('games_played_season', 'active games this season before d', {
    from: 'candidate.games_played',
    ...warn(1, 110),
  }),
  ...takenFrom(
    'candidate',
    date('last_game_date', 'his latest active game before d'),
    int64('days_rest', 'd − last_game_date (1 = played yesterday)', {
      unit: 'days',
      ...warn(1, 30),
    }),
  ),
  bool('back_to_back', 'days_rest = 1', { from: 'candidate.days_rest = 1' }),
  int64('days_rest_before_last_game', 'days between his last two games', {
    from: 'candidate.days_rest_before',
    unit: 'days',
    nullWhen: 'only one game',
  }),
  int64(
    'days_since_2_plus_days_rest',
    'd − latest game that came at least 2 days after the one before it',
    { from: 'candidate.days_since_rested', unit: 'days', nullWhen: 'no such game' },
  ),
  int64('games_in_last_7_days', 'his games in [d − 7, d)', {
    from: 'COALESCE(workload.games_7, 0)',
    ...warn(0, 5),
  }),
  int64('games_in_last_14_days', 'his games in [d − 14, d)', {
    from: 'COALESCE(workload.games_14, 0)',
    ...warn(0, 9),
  }),
  numeric('minutes_in_last_7_days', [5, 1], 'R(Σ seconds/60, 1) in [d − 7, d)', {
    from: { num: 'COALESCE(workload.seconds_7, 0)', den: '60' },
    unit: 'minutes',
    ...warn(0, 240),
  }),
  numeric('minutes_in_last_14_days', [5, 1], 'R(Σ seconds/60, 1) in [d − 14, d)', {
    from: { num: 'COALESCE(workload.seconds_14, 0)', den: '60' },
    unit: 'minutes',
    ...warn(0, 450),
  }),
  numeric('avg_minutes_per_game_last_7', [5, 1], 'R(Σ seconds/(60·games), 1) in [d − 7, d)', {
    from: { num: 'workload.seconds_7', den: '60 * workload.games_7' },
    unit: 'minutes per game',
    nullWhen: 'no game in 7 days',
    ...warn(0, 65),
  }),
  int64('back_to_backs_last_14_days', 'pairs of his games on adjacent dates, both in [d − 14, d)', {
    from: 'COALESCE(workload.back_to_backs_14, 0)',
    ...warn(0, 6),
  }),
  numeric('points_avg_last_5', [5, 1], 'mean points of the last 5 games, fewer if fewer exist', {
    from: { num: 'candidate.points_5', den: 'candidate.points_games_5' },
    unit: 'points per game',
    ...warn(0, 60),
  }),
  numeric('points_avg_last_10', [5, 1], 'mean points of the last 10 games, fewer if fewer exist', {
    from: { num: 'candidate.points_10', den: 'candidate.points_games_10' },
    unit: 'points per game',
    ...warn(0, 60),
  }),
  numeric(
    'avg_usage_rate_last_7_games',
    [4, 1],
    'mean of the last 7 games that have a usage rate',
    {
      from: onlyWhen(
        enoughUsage,
        recentUsage(
          'recent_usage_tenths_7',
          'CASE WHEN candidate.usage_games < 7 THEN candidate.usage_games ELSE 7 END',
        ),
      ),
      unit: '%',
      ...fewUsageGames,
      ...warn(0, 70),
    },
  ),
  numeric('projected_usage_rate', [4, 1], 'mean of the last 3 games that have a usage rate', {
    from: onlyWhen(enoughUsage, recentUsage('recent_usage_tenths_3', '3')),
    unit: '%',
    ...fewUsageGames,
    ...warn(0, 80),
  }),
  numeric('team_pace_last_10', [5, 1], 'mean pace of the last 10 games of his team', {
    from: { num: 'matchup.pace_tenths', den: '10 * matchup.paced_games' },
    unit: 'possessions per 48 minutes',
    nullWhen: 'his team has no earlier game this season',
    ...warn(75, 125),
  }),
  numeric('opponent_pace_last_10', [5, 1], 'mean pace of the last 10 games of the opponent', {
    from: { num: 'matchup.opponent_pace_tenths', den: '10 * matchup.opponent_paced_games' },
    unit: 'possessions per 48 minutes',
    ...noOpponentGame,
    ...warn(75, 125),
  }),
  numeric('pace_differential', [5, 1], "opponent's mean pace − own, one quotient rounded once", {
    from: {
      num: 'matchup.opponent_pace_tenths * matchup.paced_games - matchup.pace_tenths * matchup.opponent_paced_games',
      den: '10 * matchup.opponent_paced_games * matchup.paced_games',
      kind: 'signed',
    },
    unit: 'possessions per 48 minutes',
    nullWhen: 'one of the two teams has no earlier game this season',
    ...warn(-16, 16),
  }),
  numeric('opponent_def_rating_last_10', [6, 2], 'mean defensive rating of the opponent', {
    from: { num: 'matchup.opponent_rating_hundredths', den: '100 * matchup.opponent_rated_games' },
    unit: 'points per 100 possessions',
    ...noOpponentGame,
    ...warn(65, 165),
  }),
  numeric(
    'opponent_ft_rate_allowed',
    [4, 1],
    'R(100·Σ opp_ft_attempts/Σ opp_fg_attempts, 1) over the last 10 games of the opponent',
    {
      from: percent({
        num: 'matchup.opponent_ft_attempts_allowed',
        den: 'matchup.opponent_fg_attempts_allowed',
      }),
      unit: '%',
      ...noOpponentGame,
      ...warn(0, 60),
    },
  ),
  int64('opponent_days_rest', 'd − last game of the opponent (1 = played yesterday)', {
    from: 'matchup.opponent_days_since',
    unit: 'days',
    nullWhen: 'first game of the opponent this season',
  }),
  numeric('current_points_line', [4, 1], 'chosen points line, seen before tip-off', {
    from: 'lined.line',
    unit: 'points',
    ...noLine,
  }),
  string('current_points_line_source', 'its bookmaker', {
    from: 'lined.bookmaker',
    ...noLine,
    freeText: true,
  }),
  int64(
    'prop_over_streak',
    'latest games in a row with points above the line; an equal one neither counts nor breaks',
    { from: 'lined.over_streak', ...noLine },
  ),
  int64('prop_under_streak', 'latest games in a row with points below the line', {
    from: 'lined.under_streak',
    ...noLine,
  }),
  ...takenFrom(
    'candidate',
    numeric('game_spread', [4, 1], 'handicap of his team; negative = favourite', {
      unit: 'points',
      ...noGameLine,
    }),
    numeric('game_total', [5, 1], 'points line of the game, both teams', {
      unit: 'points',
      ...noGameLine,
    }),
  ),
  string('player_status', 'latest report before tip-off; available when there is none', {
    from: 'candidate.status',
    ...noInjuries,
  }),
  ...takenFrom(
    'candidate',
    int64(
      'star_teammates_out',
      'others of this date and team who are out, with at least 10 games and 18 points, or 28 minutes and 12 points, per game',
      noInjuries,
    ),
  ),
  int64('player_age', 'full years on d', {
    from: (sql) => fullYears(sql, 'birth.birth_date', 'candidate.game_date'),
    unit: 'years',
    nullWhen: 'birth date not loaded',
    ...warn(17, 50),
  }),
  string('data_quality_tier', 'games_played_season ≥ 10 high, ≥ 5 medium, else low', {
    from: `CASE
    WHEN candidate.games_played >= 10 THEN 'high'
    WHEN candidate.games_played >= 5 THEN 'medium'
    ELSE 'low'
  END`,
  }),
  dataQualityIssues([
    { code: 'few_usage_games', when: 'candidate.usage_games < 3' },
    { code: 'home_side_unknown', when: 'candidate.home_game IS NULL' },
    {
      code: 'line_implausible',
      when: (sql) => sql.arrayContains('candidate.team_issues', sql.string('line_implausible')),
    },
    { code: 'long_break_in_window', when: 'candidate.over_break' },
    {
      code: 'missing_upstream_games',
      when: `team_known.last_missing_date IS NOT NULL
      OR opponent_known.expected_games > opponent_known.actual_games`,
    },
    { code: 'no_opponent_history', when: 'matchup.opponent_has_form IS NOT TRUE' },
    { code: 'no_team_history', when: 'matchup.has_form IS NOT TRUE' },
    {
      code: 'opponent_idle_over_30_days',
      when: `matchup.opponent_days_since > ${longBreakDays}`,
    },
  ]),
];

/** A mean of usage rates; he has a sum of tenths over so many games. */
function recentUsage(tenths: string, games: string): Quotient {
  return { num: `candidate.${tenths}`, den: `10 * (${games})` };
}

/** Whole years from one date to another. */
function fullYears(sql: SqlDialect, from: string, to: string): string {
  const year = (date: string) => sql.datePart('YEAR', date);
  const monthAndDay = (date: string) =>
    `100 * ${sql.datePart('MONTH', date)} + ${sql.datePart('DAY', date)}`;
  return `${year(to)} - ${year(from)}
    - CASE WHEN ${monthAndDay(to)} < ${monthAndDay(from)} THEN 1 ELSE 0 END`;
}
