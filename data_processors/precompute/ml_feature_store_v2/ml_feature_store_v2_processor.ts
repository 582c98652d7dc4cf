import { historyInput } from '../../../src/games/player-history-sql.ts';
import { defineTable } from '../../../src/table/table-definition.ts';
import {
  acceptClosingLines,
  bootstrapDays,
  minGames,
  qualityThreshold,
} from '../../../src/table/table-option.ts';
import { lastGames, sameDay, seasonToDate } from '../../../src/window/window.ts';
import { expectedPlayerRows } from '../../shared/roster/expected-player-rows.ts';
import { checks } from './checks.ts';
import { features, featureVersion } from './features.ts';
import { measures } from './measures.ts';
import { rosterInput } from './roster-sql.ts';
import { ofLatest, playerSums, rowsSql } from './rows-sql.ts';
import { teamFormInput } from './team-form-sql.ts';

/** What a model is fed, a named column each, for each player of a game. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'precompute',
  name: 'ml_feature_store_v2',
  dataset: 'nba_predictions',
  purpose:
    'Model features of each player of a game, a named column each, for every market; NULL where something is unknown.',
  partition: 'game_date',
  key: ['universal_player_id', 'game_date'],
  cluster: ['universal_player_id'],
  columns: measures,
  inputs: [
    { table: 'upcoming_player_game_context', windows: [sameDay], required: true },
    {
      table: 'upcoming_team_game_context',
      windows: [sameDay],
      columns: ['game_date', 'nba_game_id', 'team_abbr', 'travel_miles', 'time_zone_change_hours'],
      required: true,
    },
    {
      table: 'player_shot_zone_analysis',
      windows: [sameDay],
      required: true,
    },
    { table: 'team_defense_zone_analysis', windows: [sameDay], required: true },
    {
      table: 'player_game_summary',
      windows: [seasonToDate, lastGames(10, 'team')],
      columns: [...new Set([...historyInput(playerSums, ofLatest), ...rosterInput])],
      required: true,
    },
    {
      table: 'team_offense_game_summary',
      windows: [seasonToDate],
      columns: teamFormInput,
      required: true,
    },
    { table: 'schedule', windows: [sameDay, seasonToDate], required: true },
    { table: 'player_props', windows: [sameDay], required: false },
  ],
  options: [acceptClosingLines, bootstrapDays, minGames, qualityThreshold],
  bootstrap: true,
  lookback: { days: 30, tables: ['player_game_summary', 'team_offense_game_summary'] },
  excludes: true,
  checks,
  contract: { version: featureVersion, features },
  expectedRows: expectedPlayerRows,
  rowsSql,
});
