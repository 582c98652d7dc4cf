import { bool, date, int64, string } from '../../../src/sql/column.ts';
import { defineTable } from '../../../src/table/table-definition.ts';

/** One row per field goal attempt, from NBA.com shot charts. */
export const processor = defineTable({
  kind: 'loaded',
  name: 'shots',
  dataset: 'nba_raw',
  purpose: 'Each field goal attempt with its distance, from NBA.com shot charts.',
  partition: 'game_date',
  key: ['nba_game_id', 'event_id'],
  cluster: ['nba_game_id'],
  columns: [
    string('nba_game_id', 'GAME_ID with its leading zeros'),
    int64('event_id', 'GAME_EVENT_ID'),
    date('game_date', 'GAME_DATE'),
    int64('player_id', 'PLAYER_ID'),
    string('team_abbr', 'tricode of TEAM_ID'),
    string('home_team_abbr', 'HTM, variants mapped', { nullWhen: 'the source does not say' }),
    string('shot_type', 'SHOT_TYPE; begins with 2PT or 3PT', { freeText: true }),
    int64('distance_ft', 'SHOT_DISTANCE', { unit: 'whole feet' }),
    bool('made', 'SHOT_MADE_FLAG = 1'),
    bool('is_assisted', 'the made shot was assisted', {
      nullWhen: 'the source does not say (never in shot charts)',
    }),
  ],
});
