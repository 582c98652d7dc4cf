import type { InputColumn } from '../../files/source-content.ts';

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

/** Counts that were not kept in every season: a whole game can be without one, a player of it cannot. */
export const sometimesKept: readonly string[] = [
  'fg3m',
  'fg3a',
  'oreb',
  'dreb',
  'tov',
  'stl',
  'blk',
];

/** The columns of PlayerGameLogs that are read. */
export const logColumns: readonly InputColumn[] = [
  {
    name: 'GAME_ID',
    type: 'id',
    required: true,
    rule: 'regular season, playoffs, play-in and cup final are kept, other kinds dropped and counted',
    example: '0023500001',
  },
  {
    name: 'GAME_DATE',
    type: 'date',
    required: true,
    rule: 'within the season of the id',
    example: '2035-10-23',
  },
  { name: 'TEAM_ABBREVIATION', type: 'team', required: true, example: 'BOS' },
  { name: 'PLAYER_ID', type: 'id', required: true, rule: 'once in a game', example: '990001' },
  { name: 'PLAYER_NAME', type: 'text', required: true, example: 'Pat Example Jr.' },
  {
    name: 'MATCHUP',
    type: 'text',
    required: true,
    rule: 'vs. marks the home team',
    example: 'BOS vs. NYK',
  },
  {
    name: 'MIN',
    type: 'playing time',
    required: true,
    rule: 'read where there is no MIN_SEC',
    example: '34.2',
  },
  { name: 'FGM', type: 'whole number', required: true, rule: 'field goals made', example: '8' },
  {
    name: 'FGA',
    type: 'whole number',
    required: true,
    rule: 'field goals attempted',
    example: '15',
  },
  { name: 'FG3M', type: 'whole number', required: true, rule: 'three-pointers made', example: '2' },
  {
    name: 'FG3A',
    type: 'whole number',
    required: true,
    rule: 'three-pointers attempted',
    example: '5',
  },
  { name: 'FTM', type: 'whole number', required: true, rule: 'free throws made', example: '4' },
  {
    name: 'FTA',
    type: 'whole number',
    required: true,
    rule: 'free throws attempted',
    example: '4',
  },
  { name: 'OREB', type: 'whole number', required: true, rule: 'offensive rebounds', example: '1' },
  { name: 'DREB', type: 'whole number', required: true, rule: 'defensive rebounds', example: '6' },
  { name: 'AST', type: 'whole number', required: true, rule: 'assists', example: '5' },
  { name: 'TOV', type: 'whole number', required: true, rule: 'turnovers', example: '2' },
  { name: 'STL', type: 'whole number', required: true, rule: 'steals', example: '1' },
  { name: 'BLK', type: 'whole number', required: true, rule: 'blocks', example: '0' },
  { name: 'PF', type: 'whole number', required: true, rule: 'personal fouls', example: '3' },
  {
    name: 'PTS',
    type: 'whole number',
    required: true,
    rule: 'points; 2·(FGM − FG3M) + 3·FG3M + FTM',
    example: '22',
  },
  {
    name: 'PLUS_MINUS',
    type: 'whole number',
    required: true,
    rule: 'team points minus opponent points while on court',
    example: '-4',
  },
  { name: 'MIN_SEC', type: 'playing time', rule: 'to the second', example: '34:12' },
  {
    name: 'TEAM_ID',
    type: 'id',
    rule: 'decides where the abbreviation is of another time (SEA, NJN)',
    example: '1610612738',
  },
  { name: 'WL', type: 'W or L', example: 'W' },
  { name: 'SEASON_YEAR', type: 'season', rule: 'that of the game id', example: '2035-36' },
  { name: 'SEASON_TYPE', type: 'text', rule: 'that of the game id', example: 'Regular Season' },
  { name: 'STARTER', type: 'true or false', example: 'true' },
  { name: 'IS_HOME', type: 'true or false', rule: 'read where there is no MATCHUP', example: '' },
];

/** The columns of ShotChartDetail that are read. */
export const chartColumns: readonly InputColumn[] = [
  {
    name: 'GAME_ID',
    type: 'id',
    required: true,
    rule: 'as in the player log',
    example: '0023500001',
  },
  { name: 'GAME_EVENT_ID', type: 'id', required: true, rule: 'once in a game', example: '7' },
  {
    name: 'GAME_DATE',
    type: 'date',
    required: true,
    rule: 'within the season of the id',
    example: '20351023',
  },
  { name: 'PLAYER_ID', type: 'id', required: true, example: '990001' },
  {
    name: 'TEAM_ID',
    type: 'id',
    required: true,
    rule: 'of one of the 30 teams',
    example: '1610612738',
  },
  {
    name: 'SHOT_TYPE',
    type: 'text',
    required: true,
    rule: 'begins with 2PT or 3PT',
    example: '2PT Field Goal',
  },
  {
    name: 'SHOT_DISTANCE',
    type: 'whole number',
    required: true,
    rule: 'feet; a shot without one is dropped and counted',
    example: '12',
  },
  { name: 'SHOT_MADE_FLAG', type: '0 or 1', required: true, example: '1' },
  { name: 'HTM', type: 'team', rule: 'the home team', example: 'BOS' },
  { name: 'IS_ASSISTED', type: 'true or false', example: 'false' },
];

/** What tells two rows of a game apart: the column as read, and its name in the source. */
export const sourceKey: Readonly<
  Record<StatsTable, { readonly column: string; readonly name: string }>
> = {
  player_box: { column: 'player_id', name: 'PLAYER_ID' },
  shots: { column: 'event_id', name: 'GAME_EVENT_ID' },
};
