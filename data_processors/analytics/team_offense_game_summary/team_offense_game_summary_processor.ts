import { exactly } from '../../../src/table/expected-rows.ts';

import { defineTable } from '../../../src/table/table-definition.ts';
import { sameDay } from '../../../src/window/window.ts';
import { checks } from './checks.ts';
import { measures } from './measures.ts';
import { rowsSql } from './rows-sql.ts';

/** What each team did with the ball in a game. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'analytics',
  name: 'team_offense_game_summary',
  dataset: 'nba_analytics',
  purpose: 'What each team did with the ball in a game: two rows per final game.',
  known: 'after_the_day',
  partition: 'game_date',
  key: ['team_abbr', 'game_date'],
  cluster: ['team_abbr'],
  columns: measures,
  inputs: [
    { table: 'player_box', windows: [sameDay], required: true },
    { table: 'shots', windows: [sameDay], required: false },
    { table: 'schedule', windows: [sameDay], required: true },
  ],
  options: [],
  bootstrap: false,
  lookback: undefined,
  excludes: false,
  checks,
  expectedRows: ({ finalGames }) =>
    exactly(2 * finalGames, `2 rows for each of ${finalGames} games`),
  rowsSql,
});
