import { date, int64, string } from '../../../src/sql/column.ts';
import { taken } from '../../../src/table/measure.ts';

/** Whom and which game a row of a feature store is about. */
export const featureStoreIdentity = taken(
  string('universal_player_id', 'NBA player id as a decimal string'),
  string('player_lookup', 'name without marks, lower case, only a–z and 0–9'),
  date('game_date', 'the row holds what was known before the first game of this date'),
  string('game_id', 'YYYYMMDD_AWAY_HOME, taken from the schedule'),
  string('nba_game_id', 'NBA game id, 10 characters'),
  int64('season_year', 'first year of the season'),
  string('team_abbr', 'team he is expected to play for'),
  string('opponent_team_abbr', 'tricode of the opponent'),
);
