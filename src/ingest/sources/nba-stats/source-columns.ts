import type { FileShape } from '../../files/source-content.ts';

/** Raw tables that files of NBA.com statistics fill. */
export type StatsTable = 'player_box' | 'shots';

export const boxCounts = [
  'FGM',
  'FGA',
  'FG3M',
  'FG3A',
  'FTM',
  'FTA',
  'OREB',
  'DREB',
  'AST',
  'TOV',
  'STL',
  'BLK',
  'PF',
  'PTS',
] as const;

/** The columns of each endpoint; MIN_SEC, STARTER, HTM and IS_ASSISTED are read where they are there. */
export const statsShapes: Readonly<Record<StatsTable, FileShape>> = {
  player_box: {
    title: 'a player game log',
    maker: 'PlayerGameLogs',
    telling: 'MATCHUP',
    required: [
      'GAME_ID',
      'GAME_DATE',
      'TEAM_ABBREVIATION',
      'PLAYER_ID',
      'PLAYER_NAME',
      'MATCHUP',
      'MIN',
      ...boxCounts,
      'PLUS_MINUS',
    ],
  },
  shots: {
    title: 'a shot chart',
    maker: 'ShotChartDetail',
    telling: 'SHOT_DISTANCE',
    required: [
      'GAME_ID',
      'GAME_EVENT_ID',
      'GAME_DATE',
      'PLAYER_ID',
      'TEAM_ID',
      'SHOT_TYPE',
      'SHOT_DISTANCE',
      'SHOT_MADE_FLAG',
    ],
  },
};

/** What tells two rows of a game apart: the column as read, and its name in the source. */
export const sourceKey: Readonly<
  Record<StatsTable, { readonly column: string; readonly name: string }>
> = {
  player_box: { column: 'player_id', name: 'PLAYER_ID' },
  shots: { column: 'event_id', name: 'GAME_EVENT_ID' },
};
