import { defineTable } from '../../../src/table/table-definition.ts';
import { bootstrapDays, minGames, qualityThreshold } from '../../../src/table/table-option.ts';
import { lastGames, seasonToDate } from '../../../src/window/window.ts';
import { checks } from './checks.ts';
import { expectedRows } from './expected-rows.ts';
import { measures } from './measures.ts';
import { rowsSql, summaryColumns } from './rows-sql.ts';

/** Where a player shoots from and how well, over his last 10 (partly 20) games. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'precompute',
  name: 'player_shot_zone_analysis',
  dataset: 'nba_precompute',
  purpose: 'Where a player shoots from and how well, over his last 10 (partly 20) games.',
  partition: 'analysis_date',
  key: ['universal_player_id', 'analysis_date'],
  cluster: ['universal_player_id'],
  columns: measures,
  inputs: [
    {
      table: 'player_game_summary',
      windows: [lastGames(20, 'player'), lastGames(10, 'team'), seasonToDate],
      columns: summaryColumns,
      required: true,
    },
    { table: 'schedule', windows: [seasonToDate], required: true },
  ],
  options: [bootstrapDays, minGames, qualityThreshold],
  bootstrap: true,
  lookback: { days: 10, tables: ['player_game_summary'] },
  excludes: true,
  checks,
  expectedRows,
  rowsSql,
});
