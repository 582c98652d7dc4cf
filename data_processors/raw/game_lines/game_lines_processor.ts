import { date, numeric, string, timestamp } from '../../../src/sql/column.ts';
import { defineTable } from '../../../src/table/table-definition.ts';

/** Spread and total of games; optional. */
export const processor = defineTable({
  kind: 'loaded',
  name: 'game_lines',
  dataset: 'nba_raw',
  purpose:
    'Spread and total of games, one row per event of the source and capture. Optional: without it the line columns are NULL.',
  known: { seenAt: 'captured_at', tipoffAt: 'tipoff_at' },
  partition: 'game_date',
  key: ['event_id', 'game_date', 'captured_at'],
  cluster: ['event_id'],
  columns: [
    string('event_id', 'id of the game at the source of the lines', { freeText: true }),
    date('game_date', 'US Eastern date of the game'),
    string('home_team_abbr', 'home team as the source of the lines has it'),
    string('away_team_abbr', 'the other team'),
    timestamp('tipoff_at', 'start of the game', { nullWhen: 'unknown' }),
    timestamp('captured_at', 'when the line was seen', { nullWhen: 'unknown' }),
    numeric('home_spread', [4, 1], "the home team's handicap; negative = home favourite", {
      unit: 'points',
      nullWhen: 'no spread was offered',
    }),
    numeric('total', [5, 1], 'points of both teams together', {
      unit: 'points',
      nullWhen: 'no total was offered',
    }),
  ],
});
