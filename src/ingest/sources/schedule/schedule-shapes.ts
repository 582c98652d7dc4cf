import { easternMoment } from '../../files/dates.ts';
import { easternDay } from '../../files/eastern-day.ts';
import {
  type FileShape,
  type MadeValue,
  requiredNames,
  type TheirText,
  type ToldOfFile,
} from '../../files/source-content.ts';
import { scheduleColumns } from './schedule-entries-sql.ts';

/** `gameDateTimeEst` is a time of the wall clock in the East, whatever its mark; midnight is how none is written. */
const easternTipoff = (theirs: TheirText, { isUtc }: ToldOfFile) => {
  const eastern = theirs('gameDateTimeEst');
  const utc = theirs('gameDateTimeUTC');
  if (isUtc) return eastern;
  return `coalesce(CASE WHEN substr(${eastern}, 12, 5) <> '00:00' THEN ${easternMoment(`substr(${eastern}, 1, 19)`)} END, CASE WHEN ${eastern} IS NULL THEN ${utc} END)`;
};

const tipoffAt: MadeValue = {
  of: '`gameDateTimeEst`, a time of the wall clock in the East whatever its mark; midnight is none',
  sql: easternTipoff,
};

const isFinal = (theirs: TheirText) => `starts_with(${theirs('gameStatus')}, '3')`;

const pointsOf = (...columns: readonly string[]): MadeValue => ({
  of: `\`${columns[0]}\` of a game that is over`,
  sql: (theirs) => `CASE WHEN ${isFinal(theirs)} THEN ${theirs(...columns)} END`,
});

const either = (side: 'home' | 'away') => [
  `${side}Team_teamTricode`,
  `${side}Team.teamTricode`,
  `${side}Team_teamId`,
  `${side}Team.teamId`,
];

/** A game without points is no final one, for nobody knows how it ended. */
const finalWithPoints = (points: string): MadeValue => ({
  of: `\`${points}\`: final where it is there`,
  sql: (theirs) => `CASE WHEN TRY_CAST(${theirs(points)} AS DOUBLE) > 0 THEN 'final' END`,
});

const wherePlayed = (points: string): MadeValue => ({
  of: `\`${points}\``,
  sql: (theirs) => `CASE WHEN TRY_CAST(${theirs(points)} AS DOUBLE) > 0 THEN ${theirs(points)} END`,
});

/** Schedules in the order in which they count where several have a game. */
export const scheduleShapes: readonly FileShape[] = [
  {
    title: 'a schedule file',
    maker: 'a schedule file',
    required: requiredNames(scheduleColumns),
  },
  {
    title: "the league's schedule (ScheduleLeagueV2, scheduleLeagueV2.json)",
    maker: 'ScheduleLeagueV2',
    required: [
      'gameId',
      ['gameDateEst', 'gameDateTimeEst', 'gameDate'],
      either('home'),
      either('away'),
    ],
    names: {
      nba_game_id: 'gameId',
      home_team_abbr: either('home'),
      away_team_abbr: either('away'),
    },
    easternTimes: ['gameDateTimeEst'],
    made: {
      game_date: easternDay('gameDateEst', 'gameDateTimeEst', 'gameDate'),
      tipoff_at: tipoffAt,
      status: {
        of: '`gameStatus` (3 is final), `gameStatusText` (PPD is postponed) and `postponedStatus` (Y, without a time)',
        sql: (theirs) => `CASE
        WHEN regexp_matches(${theirs('gameStatusText')}, '^\\s*(ppd|postponed)', 'i') THEN 'postponed'
        WHEN regexp_matches(${theirs('gameStatusText')}, '^\\s*cancel', 'i') THEN 'cancelled'
        WHEN ${isFinal(theirs)} THEN 'final'
        WHEN upper(${theirs('postponedStatus')}) = 'Y' AND NOT contains(coalesce(${theirs('gameStatusText')}, ''), ':') THEN 'postponed'
        ELSE 'scheduled'
      END`,
      },
      home_points: pointsOf('homeTeam_score', 'homeTeam.score'),
      away_points: pointsOf('awayTeam_score', 'awayTeam.score'),
    },
    example: {
      gameId: '0023500001',
      gameStatus: '1',
      gameStatusText: '7:30 pm ET',
      gameDateEst: '2035-10-23T00:00:00Z',
      gameDateTimeEst: '2035-10-23T19:30:00Z',
      homeTeam_teamTricode: 'BOS',
      homeTeam_score: '0',
      awayTeam_teamTricode: 'NYK',
      awayTeam_score: '0',
    },
  },
  {
    title: 'a schedule with ids of teams (LeagueSchedule, Games)',
    maker: 'LeagueSchedule of Kaggle',
    required: ['gameId', ['gameDateTimeEst', 'gameDate'], 'hometeamId', 'awayteamId'],
    names: { nba_game_id: 'gameId', home_team_abbr: 'hometeamId', away_team_abbr: 'awayteamId' },
    easternTimes: ['gameDateTimeEst', 'gameDate'],
    made: {
      game_date: easternDay('gameDateTimeEst', 'gameDate'),
      tipoff_at: tipoffAt,
      status: finalWithPoints('homeScore'),
      home_points: wherePlayed('homeScore'),
      away_points: wherePlayed('awayScore'),
    },
    example: {
      gameId: '23500001',
      gameDateTimeEst: '2035-10-23 19:30:00+00:00',
      hometeamId: '1610612738',
      awayteamId: '1610612752',
    },
  },
  {
    title: 'the games beside games_details',
    maker: 'games of Kaggle',
    required: ['GAME_ID', 'GAME_DATE_EST', 'HOME_TEAM_ID', 'VISITOR_TEAM_ID'],
    names: {
      nba_game_id: 'GAME_ID',
      home_team_abbr: 'HOME_TEAM_ID',
      away_team_abbr: 'VISITOR_TEAM_ID',
    },
    made: {
      game_date: easternDay('GAME_DATE_EST'),
      status: finalWithPoints('PTS_home'),
      home_points: wherePlayed('PTS_home'),
      away_points: wherePlayed('PTS_away'),
    },
    example: {
      GAME_DATE_EST: '2035-10-23',
      GAME_ID: '23500001',
      HOME_TEAM_ID: '1610612738',
      VISITOR_TEAM_ID: '1610612752',
    },
  },
];
