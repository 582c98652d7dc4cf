import { defineTable } from '../../../src/table/table-definition.ts';
import { bootstrapDays, minGames, qualityThreshold } from '../../../src/table/table-option.ts';
import { lastDays, lastGames, seasonToDate } from '../../../src/window/window.ts';
import { zoneColumnNames } from '../../shared/shots/shot-zones-sql.ts';
import { checks } from './checks.ts';
import { expectedRows } from './expected-rows.ts';
import { measures } from './measures.ts';
import { rowsSql } from './rows-sql.ts';

/** How each team has defended paint, mid-range and the arc over its last 15 games. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'precompute',
  name: 'team_defense_zone_analysis',
  dataset: 'nba_precompute',
  purpose:
    'How a team has defended paint, mid-range and the arc over its last 15 games, against the league of the moment.',
  partition: 'analysis_date',
  key: ['team_abbr', 'analysis_date'],
  cluster: ['team_abbr'],
  columns: measures,
  inputs: [
    {
      table: 'team_defense_game_summary',
      windows: [lastGames(15, 'team'), lastDays(30), seasonToDate],
      columns: [
        'game_date',
        'season_year',
        'team_abbr',
        'points_allowed',
        'has_shot_zones',
        ...zoneColumnNames.map((name) => `opp_${name}`),
        'defensive_rating',
        'opponent_pace',
      ],
      required: true,
    },
    { table: 'schedule', windows: [seasonToDate], required: true },
    { table: 'game_results', windows: [seasonToDate], required: true },
  ],
  options: [bootstrapDays, minGames, qualityThreshold],
  bootstrap: true,
  lookback: { days: 15, tables: ['team_defense_game_summary'] },
  excludes: true,
  checks,
  expectedRows,
  rowsSql,
});
