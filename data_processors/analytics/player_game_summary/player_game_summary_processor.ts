import { exactly } from '../../../src/table/expected-rows.ts';

import { defineTable } from '../../../src/table/table-definition.ts';
import { sameDay } from '../../../src/window/window.ts';
import { checks } from './checks.ts';
import { measures } from './measures.ts';
import { rowsSql } from './rows-sql.ts';

/** What each player did in a game. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'analytics',
  name: 'player_game_summary',
  dataset: 'nba_analytics',
  purpose: 'What each player did in a game: one row per row of the box score.',
  known: 'after_the_day',
  partition: 'game_date',
  key: ['universal_player_id', 'game_date'],
  cluster: ['universal_player_id', 'team_abbr'],
  columns: measures,
  inputs: [
    { table: 'player_box', windows: [sameDay], required: true },
    { table: 'shots', windows: [sameDay], required: false },
    { table: 'team_offense_game_summary', windows: [sameDay], required: true },
    { table: 'schedule', windows: [sameDay], required: true },
    { table: 'player_props', windows: [sameDay], required: false },
  ],
  options: [],
  bootstrap: false,
  lookback: undefined,
  excludes: false,
  checks,
  expectedRows: ({ inputRows }) =>
    exactly(inputRows('player_box') ?? 0, 'one row per box score row'),
  rowsSql,
});
