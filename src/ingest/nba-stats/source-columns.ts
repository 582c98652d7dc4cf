/** What a file of NBA.com statistics holds, told by its columns. */
export type SourceContent = 'player_box' | 'shots';

interface ContentColumns {
  readonly endpoint: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** A column that no other content has. */
  readonly telling: string;
}

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

export const contentColumns: Readonly<Record<SourceContent, ContentColumns>> = {
  player_box: {
    endpoint: 'PlayerGameLogs',
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
    optional: ['MIN_SEC', 'STARTER'],
  },
  shots: {
    endpoint: 'ShotChartDetail',
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
    optional: ['HTM', 'IS_ASSISTED'],
  },
};

/** Marks the files of the simulated league. */
export const dataKindColumn = 'DATA_KIND';

/** What tells two rows of a game apart: the column as read, and its name in the source. */
export const sourceKey: Readonly<
  Record<SourceContent, { readonly column: string; readonly name: string }>
> = {
  player_box: { column: 'player_id', name: 'PLAYER_ID' },
  shots: { column: 'event_id', name: 'GAME_EVENT_ID' },
};
