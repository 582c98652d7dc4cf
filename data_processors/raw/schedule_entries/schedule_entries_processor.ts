import { bool, date, float64, int64, string, timestamp } from '../../../src/sql/column.ts';
import { defineTable } from '../../../src/table/table-definition.ts';

const silent = { nullWhen: 'the file does not say' } as const;

/** Games as a schedule file lists them. */
export const processor = defineTable({
  kind: 'loaded',
  name: 'schedule_entries',
  dataset: 'nba_raw',
  purpose:
    'Games as a schedule file lists them. `schedule` and `game_results` are made from these and the player logs.',
  known: 'before_the_day',
  partition: 'game_date',
  key: ['nba_game_id', 'game_date'],
  cluster: ['nba_game_id'],
  columns: [
    string('nba_game_id', 'NBA game id, 10 characters'),
    date('game_date', 'US Eastern date of the game'),
    int64('season_year', 'first year of the season, from the game id'),
    string('game_type', 'regular_season, playoffs, play_in or cup_final, from the game id'),
    string('home_team_abbr', 'home team, variants mapped'),
    string('away_team_abbr', 'the other team'),
    bool('neutral_site', 'the game is at neither team', silent),
    timestamp('tipoff_at', 'start of the game', silent),
    float64('venue_lat', 'latitude of the venue', { unit: 'degrees', ...silent }),
    float64('venue_lon', 'longitude of the venue', { unit: 'degrees', ...silent }),
    string('venue', 'key of the arena at these coordinates, else `lat,lon` with four decimals', {
      nullWhen: 'the file gives no coordinates',
    }),
    string('status', 'final or scheduled', silent),
    int64('home_points', 'points of the home team', { unit: 'points', ...silent }),
    int64('away_points', 'points of the other team', { unit: 'points', ...silent }),
  ],
});
