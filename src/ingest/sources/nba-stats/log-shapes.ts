import { easternDay } from '../../files/eastern-day.ts';
import { type FileShape, type MadeValue, requiredNames } from '../../files/source-content.ts';
import { boxCounts, logColumns } from './source-columns.ts';

/** Our names of what the third version of the box score, and what is made of it, writes in words. */
const writtenOut = {
  GAME_ID: 'gameId',
  PLAYER_ID: 'personId',
  FGM: 'fieldGoalsMade',
  FGA: 'fieldGoalsAttempted',
  FG3M: 'threePointersMade',
  FG3A: 'threePointersAttempted',
  FTM: 'freeThrowsMade',
  FTA: 'freeThrowsAttempted',
  OREB: 'reboundsOffensive',
  DREB: 'reboundsDefensive',
  AST: 'assists',
  TOV: 'turnovers',
  STL: 'steals',
  BLK: 'blocks',
  PF: 'foulsPersonal',
  PTS: 'points',
  PLUS_MINUS: 'plusMinusPoints',
};

const fullName: MadeValue = {
  of: '`firstName` and `familyName` or `lastName`',
  sql: (theirs) => `concat_ws(' ', ${theirs('firstName')}, ${theirs('familyName', 'lastName')})`,
};

/** When the live box score begins its game, by the clock of the East and by UTC. */
const liveDay = easternDay('gameEt');

/** The columns of a whole log but for some. */
const logWithout = (...left: readonly string[]) =>
  requiredNames(logColumns).filter((name) => !left.includes(name));

/** The counts of a row, as the examples of all shapes have them. */
const counts: Readonly<Record<string, string>> = Object.fromEntries(
  logColumns
    .filter(({ name }) => name === 'PLUS_MINUS' || boxCounts.some((count) => count === name))
    .map(({ name, example }) => [name, example]),
);

const writtenCounts = Object.fromEntries(
  Object.entries(writtenOut).flatMap(([name, theirs]) =>
    counts[name] === undefined ? [] : [[theirs, counts[name]]],
  ),
);

/** Player logs in the order in which they count where several have a game. */
export const logShapes: readonly FileShape[] = [
  {
    title: 'a player game log',
    maker: 'PlayerGameLogs',
    telling: 'MATCHUP',
    required: requiredNames(logColumns),
  },
  {
    title: 'the log of a player (PlayerGameLog)',
    maker: 'PlayerGameLog',
    telling: 'MATCHUP',
    required: logWithout('TEAM_ABBREVIATION'),
    names: { SEASON_YEAR: 'SEASON_ID' },
    made: {
      TEAM_ABBREVIATION: {
        of: 'the first team of `MATCHUP`',
        sql: (theirs) => `split_part(trim(${theirs('MATCHUP')}), ' ', 1)`,
      },
    },
    example: {
      SEASON_ID: '22035',
      Player_ID: '990001',
      Game_ID: '0023500001',
      GAME_DATE: '"OCT 23, 2035"',
      MATCHUP: 'BOS vs. NYK',
      WL: 'W',
      MIN: '34',
      ...counts,
      PLAYER_NAME: 'Pat Example Jr.',
    },
  },
  {
    title: 'a box score (BoxScoreTraditionalV3)',
    maker: 'BoxScoreTraditionalV3',
    telling: 'personId',
    required: [
      ...Object.values(writtenOut),
      'minutes',
      ['teamTricode', 'teamId'],
      ['firstName', 'nameI', 'name'],
    ],
    names: {
      ...writtenOut,
      PLAYER_NAME: 'name',
      TEAM_ABBREVIATION: 'teamTricode',
      TEAM_ID: 'teamId',
      MIN: 'minutes',
      GAME_DATE: ['GAME_DATE', 'gameDate'],
      IS_HOME: 'isHome',
      GAME_STATUS: 'gameStatus',
    },
    made: {
      PLAYER_NAME: fullName,
      GAME_DATE: {
        of: `${liveDay.of}, else that of \`gameTimeUTC\` in the East`,
        sql: (theirs, file) => `coalesce(${liveDay.sql(theirs, file)}, ${theirs('gameTimeUTC')})`,
      },
    },
    easternTimes: ['gameEt'],
    gamesElsewhere: true,
    example: {
      gameId: '0023500001',
      teamId: '1610612738',
      teamTricode: 'BOS',
      personId: '990001',
      firstName: 'Pat',
      familyName: 'Example Jr.',
      minutes: '34:12',
      ...writtenCounts,
    },
  },
  {
    title: 'a box score (BoxScoreTraditionalV2, games_details)',
    maker: 'BoxScoreTraditionalV2',
    telling: 'START_POSITION',
    required: [
      ...logWithout('GAME_DATE', 'TEAM_ABBREVIATION', 'MATCHUP', 'TOV'),
      ['TO', 'TOV', 'TURNOVERS'],
      ['TEAM_ID', 'TEAM_ABBREVIATION'],
    ],
    names: { TOV: ['TO', 'TOV', 'TURNOVERS'], GAME_DATE: ['GAME_DATE', 'GAME_DATE_EST'] },
    gamesElsewhere: true,
    example: {
      GAME_ID: '23500001',
      TEAM_ID: '1610612738',
      TEAM_ABBREVIATION: 'BOS',
      PLAYER_ID: '990001',
      PLAYER_NAME: 'Pat Example Jr.',
      START_POSITION: 'F',
      MIN: '34:12',
      ...Object.fromEntries(
        Object.entries(counts).map(([name, count]) => [name === 'TOV' ? 'TO' : name, `${count}.0`]),
      ),
    },
  },
  {
    title: 'a log of players (PlayerStatistics)',
    maker: 'PlayerStatistics of Kaggle',
    telling: 'numMinutes',
    required: [
      ...Object.values(writtenOut),
      'numMinutes',
      'home',
      'firstName',
      'lastName',
      ['gameDateTimeEst', 'gameDate'],
      ['playerteamName', 'playerteamId'],
    ],
    names: {
      ...writtenOut,
      WL: 'win',
      MIN: 'numMinutes',
      TEAM_ID: 'playerteamId',
      IS_HOME: 'home',
    },
    made: {
      PLAYER_NAME: fullName,
      TEAM_ABBREVIATION: {
        of: '`playerteamCity` and `playerteamName`',
        sql: (theirs) =>
          `nullif(concat_ws(' ', ${theirs('playerteamCity')}, ${theirs('playerteamName')}), '')`,
      },
      GAME_DATE: easternDay('gameDateTimeEst', 'gameDate'),
    },
    easternTimes: ['gameDateTimeEst', 'gameDate'],
    example: {
      firstName: 'Pat',
      lastName: 'Example Jr.',
      personId: '990001',
      gameId: '23500001',
      gameDateTimeEst: '2035-10-23 19:30:00',
      playerteamCity: 'Boston',
      playerteamName: 'Celtics',
      win: '1',
      home: '1',
      numMinutes: '34.2',
      ...writtenCounts,
    },
  },
  {
    title: 'a log of players (traditional)',
    maker: 'traditional of Kaggle',
    telling: '3PM',
    required: [
      ...['gameid', 'date', 'playerid', 'player', 'team', 'home', 'away', '3PM', '3PA', '+/-'],
      ...logWithout(
        ...['GAME_ID', 'GAME_DATE', 'PLAYER_ID', 'PLAYER_NAME', 'TEAM_ABBREVIATION'],
        ...['MATCHUP', 'FG3M', 'FG3A', 'PLUS_MINUS'],
      ),
    ],
    names: {
      GAME_ID: 'gameid',
      GAME_DATE: 'date',
      WL: 'win',
      PLAYER_ID: 'playerid',
      PLAYER_NAME: 'player',
      TEAM_ABBREVIATION: 'team',
      FG3M: '3PM',
      FG3A: '3PA',
      PLUS_MINUS: '+/-',
    },
    made: {
      MATCHUP: {
        of: '`team`, `home` and `away`',
        sql: (theirs) =>
          `CASE ${theirs('team')} WHEN ${theirs('home')} THEN concat(${theirs('home')}, ' vs. ', ${theirs('away')}) WHEN ${theirs('away')} THEN concat(${theirs('away')}, ' @ ', ${theirs('home')}) END`,
      },
    },
    example: {
      gameid: '23500001',
      date: '2035-10-23',
      playerid: '990001',
      player: 'Pat Example Jr.',
      team: 'BOS',
      home: 'BOS',
      away: 'NYK',
      MIN: '34',
      ...Object.fromEntries(
        Object.entries(counts).map(([name, count]) => [
          { FG3M: '3PM', FG3A: '3PA', PLUS_MINUS: '+/-' }[name] ?? name,
          count,
        ]),
      ),
      win: '1',
    },
  },
];
