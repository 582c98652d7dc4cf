import { date, numeric, string, timestamp } from '../../../src/sql/column.ts';
import { defineTable } from '../../../src/table/table-definition.ts';

/** Points lines of players by bookmaker; optional. */
export const processor = defineTable({
  kind: 'loaded',
  name: 'player_props',
  dataset: 'nba_raw',
  purpose:
    'Points lines of players by bookmaker, every capture of them. Optional: without it the line columns are NULL.',
  known: { seenAt: 'captured_at', tipoffAt: 'tipoff_at' },
  partition: 'game_date',
  key: ['event_id', 'bookmaker', 'player_lookup', 'line', 'captured_at'],
  cluster: ['player_lookup'],
  columns: [
    string('event_id', 'id of the game at the source of the lines', { freeText: true }),
    string('bookmaker', 'name of the bookmaker', { freeText: true }),
    string('player_lookup', 'player, after the alias list'),
    date('game_date', 'US Eastern date of the game'),
    timestamp('tipoff_at', 'start of the game', { nullWhen: 'unknown' }),
    timestamp('captured_at', 'when the line was seen', { nullWhen: 'unknown' }),
    string('market', 'points'),
    numeric('line', [4, 1], 'points line', { unit: 'points' }),
  ],
});
