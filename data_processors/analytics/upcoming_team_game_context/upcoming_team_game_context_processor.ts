import { exactly } from '../../../src/table/expected-rows.ts';

import { defineTable } from '../../../src/table/table-definition.ts';
import { acceptClosingLines } from '../../../src/table/table-option.ts';
import { sameDay, seasonToDate, undated } from '../../../src/window/window.ts';
import { checks } from './checks.ts';
import { measures } from './measures.ts';
import { rowsSql } from './rows-sql.ts';

/** What each team brings to its game of the date: rest, form, travel, lines, injuries. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'analytics',
  name: 'upcoming_team_game_context',
  dataset: 'nba_analytics',
  purpose:
    'What each team brings to its game of the date, known before tip-off: rest, form, travel, lines, injuries. Two rows per scheduled game, final or not.',
  partition: 'game_date',
  key: ['team_abbr', 'game_date'],
  cluster: ['team_abbr'],
  columns: measures,
  inputs: [
    { table: 'schedule', windows: [sameDay, seasonToDate], required: true },
    { table: 'game_results', windows: [seasonToDate], required: true },
    { table: 'venue_distances', windows: [undated], required: false },
    { table: 'game_lines', windows: [sameDay], required: false },
    { table: 'injuries', windows: [sameDay], required: false },
  ],
  options: [acceptClosingLines],
  bootstrap: false,
  lookback: undefined,
  excludes: false,
  checks,
  expectedRows: ({ games }) => exactly(2 * games, `2 rows for each of ${games} games`),
  rowsSql,
});
