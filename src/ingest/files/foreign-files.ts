/** A kind of file that people have and that cannot be loaded. */
interface ForeignFile {
  /** Columns by which it is known, in any case; of several in one entry, one is enough. */
  readonly columns: readonly (string | readonly string[])[];
  /** Columns that it does not have. */
  readonly without?: readonly string[];
  readonly is: string;
  readonly because: string;
  /** Where it stands what is wanted instead. */
  readonly page: string;
}

const logPage = 'docs/inputs/nba-stats.md lists the logs that are read';

/** Files that are refused by name; of several that fit, the first. */
export const foreignFiles: readonly ForeignFile[] = [
  {
    columns: ['run_id', 'code_version', 'processed_at', 'data_hash'],
    is: 'an export of Backcourt',
    because: 'its rows are computed of loaded files, and cannot be loaded themselves',
    page: 'docs/verbs.md tells how copy moves them to another warehouse',
  },
  {
    columns: ['TRB', 'MP', ['Tm', 'Team', 'Opp', 'Rk', 'Player']],
    is: 'of basketball-reference',
    because: 'it has no ids of the NBA, and a game cannot be told by names alone',
    page: logPage,
  },
  {
    columns: [['athlete_id', 'athlete_display_name']],
    is: 'of hoopR or ESPN',
    because: 'its ids of games and players are those of ESPN, and belong to no game of the NBA',
    page: logPage,
  },
  {
    columns: ['PERSON_ID', 'ROSTERSTATUS', 'FROM_YEAR'],
    without: ['BIRTHDATE'],
    is: 'the list of CommonAllPlayers',
    because: 'it has no birth dates; those are in CommonPlayerInfo',
    page: 'docs/inputs/players.md lists the files that are read',
  },
  {
    columns: ['TEAM_ID', 'GAME_ID', 'MATCHUP', 'PTS'],
    without: ['PLAYER_ID'],
    is: 'a log of teams',
    because: 'it has no PLAYER_ID, and a box score is made of its players',
    page: logPage,
  },
  {
    columns: [['GAME_ACTIONS', 'actionNumber', 'EVENTMSGTYPE']],
    is: 'a play-by-play',
    because: 'nothing is made of single plays, and a box score has its counts in it',
    page: logPage,
  },
  {
    columns: ['SCOREBOARD_GAMES'],
    is: 'the scoreboard of a day',
    because: 'it has neither the players nor the games of other days',
    page: 'docs/inputs/schedule.md lists the schedules that are read',
  },
  {
    columns: [['MESSAGE', 'ERROR', 'DETAIL']],
    without: ['GAME_ID', 'gameId', 'GAME_DATE', 'EVENT_ID'],
    is: 'the answer of a site that has sent no data',
    because: 'it holds a message about an error; ask the site again',
    page: 'docs/inputs/README.md lists the sources',
  },
  {
    columns: [['PLAYER_ID', 'PLAYER_NAME', 'personId'], 'MIN', 'PTS', 'FGM', 'FGA'],
    without: ['GAME_ID', 'GAMEID'],
    is: 'a log without GAME_ID',
    because: 'which game a row is of cannot be told',
    page: logPage,
  },
];
