import { date, string, timestamp } from '../../../src/sql/column.ts';
import { defineTable } from '../../../src/table/table-definition.ts';

/** Injury reports; optional. */
export const processor = defineTable({
  kind: 'loaded',
  name: 'injuries',
  dataset: 'nba_raw',
  purpose:
    'Injury reports for the games of a date, as often as a player was reported. Optional: without any for a date its injury columns are NULL and injury_risk is a default.',
  known: { seenAt: 'reported_at' },
  partition: 'game_date',
  key: ['game_date', 'player_lookup', 'reported_at'],
  cluster: ['player_lookup'],
  columns: [
    date('game_date', 'US Eastern date of the game the report is for'),
    string('player_lookup', 'player, after the alias list'),
    timestamp('reported_at', 'when the report came out'),
    string('team_abbr', 'team the report names', { nullWhen: 'the source does not say' }),
    string('status', 'available, probable, questionable, doubtful or out'),
  ],
});
