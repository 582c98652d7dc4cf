import { type FileShape, requiredNames } from '../../files/source-content.ts';
import { chartColumns } from './source-columns.ts';

/** Shot charts in the order in which they count where several have a game. */
export const chartShapes: readonly FileShape[] = [
  {
    title: 'a shot chart',
    maker: 'ShotChartDetail',
    telling: 'SHOT_DISTANCE',
    required: requiredNames(chartColumns),
  },
  {
    title: 'the shots of a season (SHOT_MADE, BASIC_ZONE)',
    maker: 'a file of the shots of a season',
    telling: 'SHOT_DISTANCE',
    required: [
      ...requiredNames(chartColumns).filter(
        (name) => !['GAME_EVENT_ID', 'SHOT_MADE_FLAG'].includes(name),
      ),
      ['SHOT_MADE', 'EVENT_TYPE'],
    ],
    names: { HTM: ['HOME_TEAM', 'HTM'] },
    made: {
      SHOT_MADE_FLAG: {
        of: '`SHOT_MADE` or `EVENT_TYPE`',
        sql: (theirs) => {
          const made = theirs('SHOT_MADE', 'EVENT_TYPE');
          return `CASE upper(${made}) WHEN 'TRUE' THEN '1' WHEN 'MADE SHOT' THEN '1' WHEN 'FALSE' THEN '0' WHEN 'MISSED SHOT' THEN '0' ELSE ${made} END`;
        },
      },
      GAME_EVENT_ID: {
        of: 'the place of the row among those of its game',
        // It is counted where the rows of the file are numbered.
        sql: () => 'CAST(NULL AS VARCHAR)',
      },
    },
    example: {
      GAME_ID: '23500001',
      GAME_DATE: '10-23-2035',
      PLAYER_ID: '990001',
      TEAM_ID: '1610612738',
      SHOT_TYPE: '2PT Field Goal',
      SHOT_DISTANCE: '12',
      SHOT_MADE: 'TRUE',
      HOME_TEAM: 'BOS',
    },
  },
];
