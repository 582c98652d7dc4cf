import { bool, date, int64, string } from '../../../src/sql/column.ts';
import { defineTable } from '../../../src/table/table-definition.ts';

const missing = { nullWhen: 'missing in the source' } as const;

/** One row per player and game, from NBA.com player game logs. */
export const processor = defineTable({
  kind: 'loaded',
  name: 'player_box',
  dataset: 'nba_raw',
  purpose: 'Box score of each player who is listed for a game, from NBA.com player game logs.',
  partition: 'game_date',
  key: ['nba_game_id', 'player_id'],
  cluster: ['nba_game_id'],
  columns: [
    string('nba_game_id', 'GAME_ID with its leading zeros'),
    date('game_date', 'first 10 characters of GAME_DATE'),
    int64('season_year', 'first year of the season, from the game id'),
    string('game_type', 'regular_season, playoffs, play_in or cup_final, from the game id'),
    string('team_abbr', 'TEAM_ABBREVIATION, variants mapped to one of the 30 tricodes'),
    int64('player_id', 'PLAYER_ID'),
    string('player_name', 'PLAYER_NAME', { freeText: true }),
    string(
      'player_lookup',
      'name without marks, lower case, only a–z and 0–9; the larger id of two that share it on a date gets _<id>',
    ),
    bool('marks_home', 'MATCHUP contains "vs."'),
    int64('seconds_played', 'MIN_SEC, else MIN', {
      unit: 'seconds',
      nullWhen: 'the player did not play, or the minutes of the season are unknown',
    }),
    int64('fgm', 'field goals made', missing),
    int64('fga', 'field goals attempted', missing),
    int64('fg3m', 'three-pointers made', missing),
    int64('fg3a', 'three-pointers attempted', missing),
    int64('ftm', 'free throws made', missing),
    int64('fta', 'free throws attempted', missing),
    int64('oreb', 'offensive rebounds', missing),
    int64('dreb', 'defensive rebounds', missing),
    int64('ast', 'assists', missing),
    int64('tov', 'turnovers', missing),
    int64('stl', 'steals', missing),
    int64('blk', 'blocks', missing),
    int64('pf', 'personal fouls', missing),
    int64('pts', 'points', missing),
    int64('plus_minus', 'team points minus opponent points while on court', missing),
    bool('starter', 'started the game', { nullWhen: 'the source does not say' }),
  ],
});
