import { historyInput } from '../../../src/games/player-history-sql.ts';
import { defineTable } from '../../../src/table/table-definition.ts';
import { bootstrapDays, minGames, qualityThreshold } from '../../../src/table/table-option.ts';
import { lastGames, sameDay, seasonToDate } from '../../../src/window/window.ts';
import { expectedPlayerRows } from '../../shared/roster/expected-player-rows.ts';
import { checks } from './checks.ts';
import { features, featureVersion } from './features.ts';
import { historySums } from './gathered-sql.ts';
import { measures } from './measures.ts';
import { rowsSql } from './rows-sql.ts';

/** The 25 model features of each player of a game, with the origin of each value. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'precompute',
  name: 'ml_feature_store',
  dataset: 'nba_predictions',
  purpose: 'The 25 model features of each player of a game, with the origin of each value.',
  partition: 'game_date',
  key: ['universal_player_id', 'game_date'],
  cluster: ['universal_player_id'],
  columns: measures,
  inputs: [
    { table: 'upcoming_player_game_context', windows: [sameDay], required: true },
    { table: 'player_daily_cache', windows: [sameDay], required: true },
    { table: 'player_composite_factors', windows: [sameDay], required: true },
    { table: 'player_shot_zone_analysis', windows: [sameDay], required: true },
    { table: 'team_defense_zone_analysis', windows: [sameDay], required: true },
    {
      table: 'player_game_summary',
      windows: [lastGames(10, 'player'), seasonToDate, lastGames(10, 'team')],
      columns: [...historyInput(historySums), 'team_abbr'],
      required: true,
    },
    {
      table: 'team_offense_game_summary',
      windows: [seasonToDate],
      columns: ['game_date', 'season_year', 'team_abbr', 'win_flag'],
      required: true,
    },
    { table: 'schedule', windows: [seasonToDate], required: true },
  ],
  options: [bootstrapDays, minGames, qualityThreshold],
  bootstrap: true,
  lookback: {
    days: 30,
    tables: ['player_game_summary', 'team_offense_game_summary', 'team_defense_game_summary'],
  },
  excludes: true,
  checks,
  contract: {
    version: featureVersion,
    // A default stands where a value is missing.
    features: features.map(({ name, unit, range }) => ({ name, unit, nullWhen: undefined, range })),
  },
  expectedRows: expectedPlayerRows,
  rowsSql,
});
