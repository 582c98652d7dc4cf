import { bool, type Column, date, int64, string } from '../../../src/sql/column.ts';

/** The game a row belongs to, as the schedule names it. */
export const gameColumns: readonly Column[] = [
  string('game_id', 'YYYYMMDD_AWAY_HOME, taken from the schedule'),
  string('nba_game_id', 'NBA game id, 10 characters'),
  date('game_date', 'US Eastern date of the game'),
  int64('season_year', 'first year of the season, from the NBA game id'),
  string('game_type', 'regular_season, playoffs, play_in or cup_final'),
];

export const seasonPhase: Column = string(
  'season_phase',
  'playoffs, play_in, else by days since the season began: 0–41 early, 42–129 mid, from 130 late',
);

export const homeGame: Column = bool(
  'home_game',
  'home by the schedule (nominal at a neutral site)',
  {
    nullWhen: 'the home side is unknown',
  },
);
