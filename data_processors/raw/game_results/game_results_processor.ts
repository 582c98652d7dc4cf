import { date, int64, string } from '../../../src/sql/column.ts';
import { defineTable } from '../../../src/table/table-definition.ts';
import { sameDay } from '../../../src/window/window.ts';
import { rowsSql } from './rows-sql.ts';

/** How each game of the schedule ended. */
export const processor = defineTable({
  kind: 'computed',
  phase: 'raw',
  name: 'game_results',
  dataset: 'nba_raw',
  purpose:
    'Status and score of each game of the schedule. A game is final when both teams have box scores; one of which a schedule file gives the score alone is over, and its log is missing.',
  known: 'after_the_day',
  partition: 'game_date',
  key: ['nba_game_id', 'game_date'],
  cluster: ['nba_game_id'],
  columns: [
    string('nba_game_id', 'NBA game id, 10 characters'),
    date('game_date', 'US Eastern date of the game'),
    string(
      'status',
      'final, score_only (over by a schedule file, without box scores) or scheduled',
    ),
    int64('home_points', 'points of the second team of game_id', {
      unit: 'points',
      nullWhen: 'scheduled',
    }),
    int64('away_points', 'points of the first team of game_id', {
      unit: 'points',
      nullWhen: 'scheduled',
    }),
  ],
  inputs: [
    { table: 'schedule', windows: [sameDay], required: true },
    { table: 'schedule_entries', windows: [sameDay], required: false },
    { table: 'player_box', windows: [sameDay], required: false },
  ],
  options: [],
  bootstrap: false,
  lookback: undefined,
  excludes: false,
  checks: [],
  expectedRows: () => ({ min: 1, max: 30, why: 'at most 30 games on a date' }),
  rowsSql,
});
