import { longBreakDays } from '../../../src/calendar/unbroken-since.ts';
import { inWords } from '../../../src/measures/in-words.ts';
import {
  average,
  games,
  lastDays,
  lastGames,
  rate,
  type Whose,
} from '../../../src/measures/measure-words.ts';
import { bool, date, int64, type Measure, numeric, string } from '../../../src/sql/column.ts';
import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import type { Quotient } from '../../../src/sql/sql-text.ts';
import { takenFrom } from '../../../src/table/measure.ts';
import { onlyWhen } from '../../shared/formulas-sql.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import { gameColumns, homeGame, seasonPhase } from '../../shared/measures/identity-columns.ts';
import { processor as playerGames } from '../player_game_summary/player_game_summary_processor.ts';
import { processor as defense } from '../team_defense_game_summary/team_defense_game_summary_processor.ts';
import { processor as offense } from '../team_offense_game_summary/team_offense_game_summary_processor.ts';

const fewUsageGames = { nullWhen: 'fewer than 3 games with a usage rate this season' } as const;
const noLine = { nullWhen: 'no usable points line is loaded for him' } as const;
const noGameLine = { nullWhen: 'the team has none' } as const;
const noInjuries = { nullWhen: 'no injury reports are loaded for the date' } as const;
const noOpponentGame = { nullWhen: 'the opponent has no earlier game this season' } as const;
const enoughUsage = 'candidate.usage_games >= 3';
const warn = (min: number, max: number) => ({ range: { min, max, severity: 'warn' as const } });

const ofPlayer = { of: 'player_game_summary' } as const;
const ofPace = { of: 'team_offense_game_summary.pace', digits: 5, decimals: 1 } as const;
const ofTeam = { nullWhen: 'his team has no earlier game this season' } as const;
const ofOpponent = { whose: 'opponent', ...noOpponentGame } as const;
const lastTen = { over: lastGames(10) } as const;

/** Where the sums of games stand, by the names that they have in measures. */
const sums: Readonly<Record<string, string>> = {
  games_in_7_days: 'workload.games_7',
  games_in_14_days: 'workload.games_14',
  seconds_played_in_7_days: 'workload.seconds_7',
  points_5: 'candidate.points_5',
  games_with_points_5: 'candidate.points_games_5',
  points_10: 'candidate.points_10',
  games_with_points_10: 'candidate.points_games_10',
  pace_units_10: 'pace_tenths',
  games_with_pace_10: 'paced_games',
  defensive_rating_units_10: 'rating_hundredths',
  games_with_defensive_rating_10: 'rated_games',
  opp_ft_attempts_10: 'ft_attempts_allowed',
  opp_fg_attempts_10: 'fg_attempts_allowed',
};

function sumAt(name: string, whose: Whose): string {
  const column = sums[name] ?? name;
  if (column.includes('.')) return column;
  return `matchup.${whose === 'opponent' ? 'opponent_' : ''}${column}`;
}

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
  ...inWords(
    playerGames,
    [
      games('games_in_last_7_days', { ...ofPlayer, over: lastDays(7), ...warn(0, 5) }),
      games('games_in_last_14_days', { ...ofPlayer, over: lastDays(14), ...warn(0, 9) }),
    ],
    { at: sumAt },
  ),
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
  ...inWords(
    playerGames,
    [
      average('avg_minutes_per_game_last_7', {
        of: 'player_game_summary.seconds_played',
        ...{ over: lastDays(7), dividedBy: 60, missing: 'zero', digits: 5, decimals: 1 },
        ...{ unit: 'minutes per game', nullWhen: 'no game in 7 days', ...warn(0, 65) },
      }),
    ],
    { at: sumAt },
  ),
  int64('back_to_backs_last_14_days', 'pairs of his games on adjacent dates, both in [d − 14, d)', {
    from: 'COALESCE(workload.back_to_backs_14, 0)',
    ...warn(0, 6),
  }),
  ...inWords(
    playerGames,
    [5, 10].map((count) =>
      average(`points_avg_last_${count}`, {
        of: 'player_game_summary.points',
        ...{ over: lastGames(count), digits: 5, decimals: 1 },
        ...{ unit: 'points per game', ...warn(0, 60) },
      }),
    ),
    { at: sumAt, neverNull: true },
  ),
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
  ...inWords(
    offense,
    [
      average('team_pace_last_10', { ...ofPace, ...lastTen, ...ofTeam, ...warn(75, 125) }),
      average('opponent_pace_last_10', { ...ofPace, ...lastTen, ...ofOpponent, ...warn(75, 125) }),
    ],
    { at: sumAt },
  ),
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
  ...inWords(
    defense,
    [
      average('opponent_def_rating_last_10', {
        of: 'team_defense_game_summary.defensive_rating',
        ...{ ...lastTen, ...ofOpponent, digits: 6, decimals: 2, ...warn(65, 165) },
      }),
      rate('opponent_ft_rate_allowed', {
        of: 'team_defense_game_summary.opp_ft_attempts',
        ...{ per: 'opp_fg_attempts', times: 100, ...lastTen, ...ofOpponent },
        ...{ digits: 4, decimals: 1, unit: '%', ...warn(0, 60) },
      }),
    ],
    { at: sumAt },
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
    { code: 'opponent_idle_over_30_days', when: `matchup.opponent_days_since > ${longBreakDays}` },
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
