import { defineTable } from '../../../src/table/table-definition.ts';
import { acceptClosingLines } from '../../../src/table/table-option.ts';
import { lastGames, sameDay, seasonToDate, undated } from '../../../src/window/window.ts';
import { checks } from './checks.ts';
import { expectedRows, rosterDays } from './expected-rows.ts';
import { measures } from './measures.ts';
import { rowsSql } from './rows-sql.ts';

/** What each player of the date's teams brings to the game: rest, workload, form, pace, lines. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'analytics',
  name: 'upcoming_player_game_context',
  dataset: 'nba_analytics',
  purpose:
    'What each player brings to the game of his team, known before tip-off: rest, workload, form, pace, lines. A row for whoever last played, within 30 days, for a team of the date; never for who turned out to play.',
  partition: 'game_date',
  key: ['universal_player_id', 'game_date'],
  cluster: ['universal_player_id', 'team_abbr'],
  columns: measures,
  inputs: [
    { table: 'schedule', windows: [sameDay, seasonToDate], required: true },
    { table: 'game_results', windows: [seasonToDate], required: true },
    { table: 'upcoming_team_game_context', windows: [sameDay], required: true },
    {
      table: 'player_game_summary',
      windows: [seasonToDate],
      columns: [
        'universal_player_id',
        'player_lookup',
        'player_full_name',
        'game_date',
        'season_year',
        'team_abbr',
        'is_active',
        'seconds_played',
        'points',
        'usage_rate',
      ],
      required: true,
    },
    {
      table: 'team_offense_game_summary',
      windows: [lastGames(10, 'team')],
      columns: ['game_date', 'team_abbr', 'pace'],
      required: true,
    },
    {
      table: 'team_defense_game_summary',
      windows: [lastGames(10, 'team')],
      columns: ['game_date', 'team_abbr', 'opp_fg_attempts', 'opp_ft_attempts', 'defensive_rating'],
      required: true,
    },
    { table: 'player_props', windows: [sameDay], required: false },
    { table: 'injuries', windows: [sameDay], required: false },
    { table: 'players', windows: [undated], required: false },
  ],
  options: [acceptClosingLines],
  bootstrap: false,
  lookback: {
    days: rosterDays,
    tables: ['player_game_summary', 'team_offense_game_summary', 'team_defense_game_summary'],
  },
  excludes: false,
  checks,
  expectedRows,
  rowsSql,
});
