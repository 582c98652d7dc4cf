import { longBreakDays } from '../../../src/calendar/unbroken-since.ts';
import { bool, int64, type Measure, numeric, string } from '../../../src/sql/column.ts';
import { takenFrom } from '../../../src/table/measure.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import { gameColumns, homeGame, seasonPhase } from '../../shared/measures/identity-columns.ts';
import { plausibleSpread, plausibleTotal } from './game-line-sql.ts';

const firstGame = 'first game of the season';
const noLine = { nullWhen: 'no usable line is loaded, or the value is implausible' } as const;
const noInjuries = { nullWhen: 'no injury reports are loaded for the date' } as const;
const count = (max: number) => ({ range: { min: 0, max, severity: 'error' as const } });

export const measures: readonly Measure[] = [
  ...takenFrom(
    'located',
    ...gameColumns,
    seasonPhase,
    string('team_abbr', 'tricode'),
    string('opponent_team_abbr', 'tricode of the opponent'),
  ),
  { ...homeGame, from: 'located.home_team_abbr = located.team_abbr' },
  ...takenFrom('located', bool('neutral_site', 'at neither team', { nullWhen: 'unknown' })),
  int64('days_since_last_game', 'd − last game of the team this season', {
    from: 'located.days_since',
    unit: 'days',
    nullWhen: firstGame,
    range: { min: 1, max: 365, severity: 'error' },
  }),
  int64('team_days_rest', 'days off between the games, days_since_last_game − 1', {
    from: 'located.days_since - 1',
    unit: 'days',
    nullWhen: firstGame,
    range: { min: 0, max: 14, severity: 'warn' },
  }),
  bool('team_back_to_back', 'team_days_rest = 0; FALSE for the first game', {
    from: 'COALESCE(located.days_since = 1, FALSE)',
  }),
  int64('game_number_in_season', 'earlier games this season + 1', {
    from: 'located.games_played + 1',
    range: { min: 1, max: 120, severity: 'error' },
  }),
  int64('games_in_last_7_days', 'games in [d − 7, d)', { from: 'located.games_7', ...count(7) }),
  int64('games_in_last_14_days', 'games in [d − 14, d)', {
    from: 'located.games_14',
    ...count(14),
  }),
  int64('team_win_streak_entering', 'games won in a row immediately before d', {
    from: 'located.win_streak',
  }),
  int64('team_loss_streak_entering', 'games lost in a row immediately before d', {
    from: 'located.loss_streak',
  }),
  int64('last_game_margin', 'own − opponent points of the last game', {
    from: 'located.margin',
    unit: 'points',
    nullWhen: firstGame,
  }),
  string('last_game_result', 'W or L', {
    from: "CASE WHEN located.margin > 0 THEN 'W' WHEN located.margin < 0 THEN 'L' END",
    nullWhen: firstGame,
  }),
  ...takenFrom(
    'located',
    int64(
      'travel_miles',
      'great-circle distance from the venue of the last game, the first time from home',
      {
        unit: 'miles',
        nullWhen: 'one of the two venues is unknown',
        range: { min: 0, max: 6500, severity: 'warn' },
      },
    ),
  ),
  int64(
    'time_zone_change_hours',
    'UTC offset here − at the last venue, both on d; positive = moved east',
    {
      from: `CASE WHEN located.from_venue = located.venue THEN 0 ELSE (${utcOffset('zone_here')}) - (${utcOffset('zone_before')}) END`,
      unit: 'hours',
      nullWhen: 'they differ, and the time zone of one is unknown',
      range: { min: -9, max: 9, severity: 'warn' },
    },
  ),
  int64('miles_traveled_last_14_days', 'Σ travel_miles of the games in [d − 14, d)', {
    from: 'located.miles_14',
    unit: 'miles',
    nullWhen: 'one of them is unknown',
    range: { min: 0, max: 20000, severity: 'warn' },
  }),
  int64('consecutive_road_games', 'away games in a row immediately before d', {
    from: 'located.road_streak',
  }),
  numeric('game_spread', [4, 1], 'handicap of this team; negative = favourite', {
    from: 'CASE WHEN located.team_abbr = game_line.line_home THEN game_line.home_spread ELSE -game_line.home_spread END',
    unit: 'points',
    ...noLine,
    range: { ...plausibleSpread, severity: 'error' },
  }),
  numeric('game_total', [5, 1], 'points line of the game, both teams', {
    from: 'game_line.total',
    unit: 'points',
    ...noLine,
    range: { ...plausibleTotal, severity: 'error' },
  }),
  int64('players_out_count', 'players of the team whose latest report says out', {
    from: reported('out_count'),
    ...noInjuries,
  }),
  int64(
    'questionable_players_count',
    'players of the team whose latest report says questionable or doubtful',
    { from: reported('questionable_count'), ...noInjuries },
  ),
  dataQualityIssues([
    { code: 'home_side_unknown', when: 'located.home_team_abbr IS NULL' },
    { code: 'idle_over_30_days', when: `located.days_since > ${longBreakDays}` },
    { code: 'line_implausible', when: 'game_line.implausible' },
    { code: 'missing_upstream_games', when: 'located.lacks_games' },
    { code: 'venue_unknown', when: 'located.venue IS NULL' },
  ]),
];

function utcOffset(zone: string): string {
  return `${zone}.standard_offset + ${zone}.dst_hours * summer_hours`;
}

/** A count of players, 0 where reports are loaded but none says so. */
function reported(count: string): string {
  return `CASE WHEN injury_dates.game_date IS NOT NULL THEN COALESCE(team_injuries.${count}, 0) END`;
}
