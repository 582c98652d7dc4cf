import { date, int64 } from '../../../src/sql/column.ts';
import { defineTable } from '../../../src/table/table-definition.ts';

/** Birth dates; optional. */
export const processor = defineTable({
  kind: 'loaded',
  name: 'players',
  dataset: 'nba_raw',
  purpose: 'Birth dates of players. Optional: without it the age of a player is NULL.',
  partition: 'partition_date',
  key: ['player_id'],
  cluster: ['player_id'],
  columns: [
    int64('player_id', 'NBA player id'),
    date('birth_date', 'day of birth'),
    date(
      'partition_date',
      '1900-01-01 on every row: the table has no dates and is replaced as a whole',
    ),
  ],
});
