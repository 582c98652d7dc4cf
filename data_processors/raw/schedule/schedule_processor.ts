import { bool, date, float64, int64, string, timestamp } from '../../../src/sql/column.ts';
import { defineTable } from '../../../src/table/table-definition.ts';
import { sameDay } from '../../../src/window/window.ts';
import { rowsSql } from './rows-sql.ts';

const sideUnknown = { nullWhen: 'the home side is unknown' } as const;
const scheduleFileOnly = { nullWhen: 'no schedule file says it' } as const;

/** Who plays whom, where and on which date; never how it ended. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'raw',
  name: 'schedule',
  dataset: 'nba_raw',
  purpose:
    'Who plays whom, where and on which date: every game of the schedule files, of the player logs and of the shot charts. How a game ended is in game_results, so that a result never changes what a row for its date reads.',
  partition: 'game_date',
  key: ['nba_game_id', 'game_date'],
  cluster: ['nba_game_id'],
  columns: [
    string('nba_game_id', 'NBA game id, 10 characters'),
    string('game_id', 'YYYYMMDD_AWAY_HOME; tricodes in alphabetical order if the side is unknown'),
    date('game_date', 'US Eastern date of the game'),
    int64('season_year', 'first year of the season, from the game id'),
    string('game_type', 'regular_season, playoffs, play_in or cup_final'),
    string(
      'home_team_abbr',
      'schedule file, else corrections list, else the one team with "vs.", else the shot chart',
      {
        ...sideUnknown,
      },
    ),
    string('away_team_abbr', 'the other team', sideUnknown),
    string('team_a_abbr', 'first of the two tricodes in alphabetical order'),
    string('team_b_abbr', 'second of the two tricodes'),
    string(
      'venue',
      'venue of the schedule file, else of the corrections list, else arena of the home team: its tricode, with the first season if it has moved (`LAC_2024`); `lat,lon` for a venue that is no arena',
      { nullWhen: 'neutral site or side unknown, and no coordinates' },
    ),
    bool(
      'neutral_site',
      'schedule file, else TRUE if the corrections list says so or neither team is marked as home',
      {
        nullWhen: 'unknown',
      },
    ),
    timestamp('tipoff_at', 'start of the game', scheduleFileOnly),
    float64('venue_lat', 'latitude of the venue', { unit: 'degrees', ...scheduleFileOnly }),
    float64('venue_lon', 'longitude of the venue', { unit: 'degrees', ...scheduleFileOnly }),
  ],
  inputs: [
    { table: 'schedule_entries', windows: [sameDay], required: false },
    { table: 'player_box', windows: [sameDay], required: false },
    { table: 'shots', windows: [sameDay], required: false },
  ],
  options: [],
  bootstrap: false,
  lookback: undefined,
  excludes: false,
  checks: [],
  expectedRows: () => ({ min: 1, max: 30, why: 'at most 30 games on a date' }),
  rowsSql,
});
