import { bool, type Column, int64, numeric, string } from '../../../src/sql/column.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import { gameColumns, homeGame, seasonPhase } from '../../shared/measures/identity-columns.ts';

const firstGame = 'first game of the season';
const noLine = { nullWhen: 'no usable line is loaded, or the value is implausible' } as const;
const noInjuries = { nullWhen: 'no injury reports are loaded for the date' } as const;
const count = (max: number) => ({ range: { min: 0, max, severity: 'error' as const } });

export const columns: readonly Column[] = [
  ...gameColumns,
  seasonPhase,
  string('team_abbr', 'tricode'),
  string('opponent_team_abbr', 'tricode of the opponent'),
  homeGame,
  bool('neutral_site', 'at neither team', { nullWhen: 'unknown' }),
  int64('days_since_last_game', 'd − last game of the team this season', {
    unit: 'days',
    nullWhen: firstGame,
    range: { min: 1, max: 365, severity: 'error' },
  }),
  int64('team_days_rest', 'days off between the games, days_since_last_game − 1', {
    unit: 'days',
    nullWhen: firstGame,
    range: { min: 0, max: 14, severity: 'warn' },
  }),
  bool('team_back_to_back', 'team_days_rest = 0; FALSE for the first game'),
  int64('game_number_in_season', 'earlier games this season + 1', {
    range: { min: 1, max: 120, severity: 'error' },
  }),
  int64('games_in_last_7_days', 'games in [d − 7, d)', count(7)),
  int64('games_in_last_14_days', 'games in [d − 14, d)', count(14)),
  int64('team_win_streak_entering', 'games won in a row immediately before d'),
  int64('team_loss_streak_entering', 'games lost in a row immediately before d'),
  int64('last_game_margin', 'own − opponent points of the last game', {
    unit: 'points',
    nullWhen: firstGame,
  }),
  string('last_game_result', 'W or L', { nullWhen: firstGame }),
  int64(
    'travel_miles',
    'great-circle distance from the venue of the last game, the first time from home',
    {
      unit: 'miles',
      nullWhen: 'one of the two venues is unknown',
      range: { min: 0, max: 2750, severity: 'warn' },
    },
  ),
  int64(
    'time_zone_change_hours',
    'UTC offset here − at the last venue, both on d; positive = moved east',
    {
      unit: 'hours',
      nullWhen: 'the time zone of one of the two venues is unknown',
      range: { min: -3, max: 3, severity: 'warn' },
    },
  ),
  int64('miles_traveled_last_14_days', 'Σ travel_miles of the games in [d − 14, d)', {
    unit: 'miles',
    nullWhen: 'one of them is unknown',
    range: { min: 0, max: 20000, severity: 'warn' },
  }),
  int64('consecutive_road_games', 'away games in a row immediately before d'),
  numeric('game_spread', [4, 1], 'handicap of this team; negative = favourite', {
    unit: 'points',
    ...noLine,
    range: { min: -25, max: 25, severity: 'error' },
  }),
  numeric('game_total', [5, 1], 'points line of the game, both teams', {
    unit: 'points',
    ...noLine,
    range: { min: 180, max: 270, severity: 'error' },
  }),
  int64('players_out_count', 'players of the team whose latest report says out', noInjuries),
  int64(
    'questionable_players_count',
    'players of the team whose latest report says questionable or doubtful',
    noInjuries,
  ),
  dataQualityIssues(['home_side_unknown', 'line_implausible', 'venue_unknown']),
];
