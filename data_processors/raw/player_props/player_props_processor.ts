import { date, numeric, string, timestamp } from '../../../src/sql/column.ts';
import { defineTable } from '../../../src/table/table-definition.ts';

const price = {
  unit: 'decimal odds',
  nullWhen: 'the files have none, or it cannot be read',
} as const;

/** Lines of players by bookmaker and market, with their prices; optional. */
export const processor = defineTable({
  kind: 'loaded',
  name: 'player_props',
  dataset: 'nba_raw',
  purpose:
    'Lines of players by bookmaker and market with the prices of both sides, every capture of them. Optional: without it the line columns are NULL.',
  known: { seenAt: 'captured_at', tipoffAt: 'tipoff_at' },
  partition: 'game_date',
  key: ['event_id', 'bookmaker', 'player_lookup', 'market', 'line', 'captured_at'],
  cluster: ['player_lookup'],
  columns: [
    string('event_id', 'id of the game at the source of the lines', { freeText: true }),
    string('bookmaker', 'name of the bookmaker', { freeText: true }),
    string('player_lookup', 'player, after the alias list'),
    date('game_date', 'US Eastern date of the game'),
    timestamp('tipoff_at', 'start of the game', { nullWhen: 'unknown' }),
    timestamp('captured_at', 'when the line was seen', { nullWhen: 'unknown' }),
    string(
      'market',
      'points, rebounds, assists, threes, steals, blocks, turnovers, pra; any other as its files call it, in lower case',
      { freeText: true },
    ),
    numeric('line', [4, 1], 'what the player must exceed or stay below', {
      unit: 'as the market counts',
    }),
    numeric('over_price', [9, 4], 'what a stake of 1 on more than the line returns', price),
    numeric('under_price', [9, 4], 'what a stake of 1 on less than the line returns', price),
  ],
});
