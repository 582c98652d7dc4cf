import { defineTable } from '../../../src/table/table-definition.ts';
import { bootstrapDays, minGames, qualityThreshold } from '../../../src/table/table-option.ts';
import { lastGames, sameDay, seasonToDate } from '../../../src/window/window.ts';
import { expectedPlayerRows } from '../../shared/roster/expected-player-rows.ts';
import { checks } from './checks.ts';
import { measures } from './measures.ts';
import { rowsSql } from './rows-sql.ts';

/** Four named adjustments for each player of a game: fatigue, matchup, pace and role. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'precompute',
  name: 'player_composite_factors',
  dataset: 'nba_precompute',
  purpose:
    'Four named adjustments (fatigue, matchup, pace, role) for each player of a game, from what was known before the date.',
  partition: 'game_date',
  key: ['universal_player_id', 'game_date'],
  cluster: ['universal_player_id'],
  columns: measures,
  inputs: [
    { table: 'upcoming_player_game_context', windows: [sameDay], required: true },
    { table: 'player_shot_zone_analysis', windows: [sameDay], required: true },
    { table: 'team_defense_zone_analysis', windows: [sameDay], required: true },
    {
      // Completeness asks which games have rows, not what is in them.
      table: 'player_game_summary',
      windows: [lastGames(10, 'team')],
      columns: 'keys',
      required: true,
    },
    { table: 'schedule', windows: [seasonToDate], required: true },
  ],
  options: [bootstrapDays, minGames, qualityThreshold],
  bootstrap: true,
  lookback: { days: 14, tables: ['player_game_summary'] },
  excludes: true,
  checks,
  expectedRows: expectedPlayerRows,
  rowsSql,
});
