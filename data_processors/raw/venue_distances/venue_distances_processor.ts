import { date, int64, string } from '../../../src/sql/column.ts';
import { defineTable } from '../../../src/table/table-definition.ts';

/** Miles from and to venues that are no arena. */
export const processor = defineTable({
  kind: 'loaded',
  name: 'venue_distances',
  dataset: 'nba_raw',
  purpose:
    'Great-circle miles from and to venues that are neither an arena of a team nor another known place, for those a schedule file gives coordinates of. Distances between known places are constants of the code.',
  partition: 'partition_date',
  key: ['venue_a', 'venue_b'],
  cluster: ['venue_a'],
  columns: [
    string('venue_a', 'venue as `schedule.venue` writes it'),
    string(
      'venue_b',
      'the other venue: a known place, a venue that is none, or itself; each pair in both directions',
    ),
    int64('miles', 'haversine with earth radius 3,959 mi', { unit: 'miles' }),
    date(
      'partition_date',
      '1900-01-01 on every row: the table has no dates and is replaced as a whole',
    ),
  ],
});
