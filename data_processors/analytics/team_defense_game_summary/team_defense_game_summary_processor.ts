import { exactly } from '../../../src/table/expected-rows.ts';

import { defineTable } from '../../../src/table/table-definition.ts';
import { sameDay } from '../../../src/window/window.ts';
import { twoSidedGame } from '../../shared/checks/two-sided-game.ts';
import { measures } from './measures.ts';
import { rowsSql } from './rows-sql.ts';

/** What each team allowed in a game: the mirror of the opponent's offense. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'analytics',
  name: 'team_defense_game_summary',
  dataset: 'nba_analytics',
  purpose:
    "What each team allowed in a game: the mirror of the opponent's offense row. team_abbr is the defending team.",
  known: 'after_the_day',
  partition: 'game_date',
  key: ['team_abbr', 'game_date'],
  cluster: ['team_abbr'],
  columns: measures,
  inputs: [{ table: 'team_offense_game_summary', windows: [sameDay], required: true }],
  options: [],
  bootstrap: false,
  lookback: undefined,
  excludes: false,
  checks: [twoSidedGame()],
  expectedRows: ({ finalGames }) =>
    exactly(2 * finalGames, `2 rows for each of ${finalGames} games`),
  rowsSql,
});
