import { columnsSummed } from '../../../src/games/game-sums.ts';
import { sumsOf } from '../../../src/games/games-measures.ts';
import { historyInput } from '../../../src/games/player-history-sql.ts';
import { defineTable } from '../../../src/table/table-definition.ts';
import { bootstrapDays, minGames, qualityThreshold } from '../../../src/table/table-option.ts';
import { lastGames, sameDay, seasonToDate } from '../../../src/window/window.ts';
import { expectedPlayerRows } from '../../shared/roster/expected-player-rows.ts';
import { checks } from './checks.ts';
import { measures, playerMeasures, teamMeasures } from './measures.ts';
import { rowsSql } from './rows-sql.ts';

/** One row per player and game date with everything a model reads repeatedly during the day. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'precompute',
  name: 'player_daily_cache',
  dataset: 'nba_precompute',
  purpose:
    'One row per player and game date with everything a model reads repeatedly during the day.',
  partition: 'cache_date',
  key: ['universal_player_id', 'cache_date'],
  cluster: ['universal_player_id'],
  columns: measures,
  inputs: [
    { table: 'upcoming_player_game_context', windows: [sameDay], required: true },
    { table: 'player_shot_zone_analysis', windows: [sameDay], required: true },
    {
      table: 'player_game_summary',
      windows: [seasonToDate, lastGames(10, 'team')],
      columns: [...historyInput(sumsOf(playerMeasures)), 'team_abbr'],
      required: true,
    },
    {
      table: 'team_offense_game_summary',
      windows: [lastGames(10, 'team')],
      columns: ['game_date', 'team_abbr', ...columnsSummed(sumsOf(teamMeasures))],
      required: true,
    },
    { table: 'schedule', windows: [seasonToDate], required: true },
    { table: 'game_results', windows: [seasonToDate], required: true },
  ],
  after: ['team_defense_zone_analysis', 'player_composite_factors'],
  options: [bootstrapDays, minGames, qualityThreshold],
  bootstrap: true,
  lookback: { days: 10, tables: ['player_game_summary', 'team_offense_game_summary'] },
  excludes: true,
  checks,
  expectedRows: expectedPlayerRows,
  rowsSql,
});
