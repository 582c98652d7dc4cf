import { otherVenues } from '../../../src/league/other-venues.ts';

/** Games that were not played in the arena of the home team. */
export interface VenueCorrection {
  /** First and last date, both included. */
  readonly from: string;
  readonly to: string;
  readonly games:
    | { readonly of: 'everybody' }
    | { readonly of: 'home_team'; readonly team: string }
    // In alphabetical order, as `team_a_abbr` and `team_b_abbr` are.
    | { readonly of: 'two_teams'; readonly teams: readonly [string, string] };
  readonly venue: string;
  /** TRUE when neither team was at home. */
  readonly neutral: boolean;
  readonly reason: string;
}

const { disneyWorld, tampa, lasVegas, austin, mexicoCity, london, paris, berlin } = otherVenues;

/** Where games were played that the player logs, which know sides and no places, put into an arena. */
export const venueCorrections: readonly VenueCorrection[] = [
  {
    from: '2020-07-30',
    to: '2020-10-11',
    games: { of: 'everybody' },
    venue: disneyWorld.venue,
    neutral: true,
    reason: 'the season of 2019-20 was finished in one place because of the pandemic',
  },
  {
    from: '2020-12-22',
    to: '2021-05-16',
    games: { of: 'home_team', team: 'TOR' },
    venue: tampa.venue,
    neutral: false,
    reason: 'Toronto played its home games of 2020-21 in Tampa, the border being closed',
  },
  ...neutralGames(mexicoCity.venue, 'a game in Mexico City', [
    ['2014-11-12', 'HOU', 'MIN'],
    ['2015-12-03', 'BOS', 'SAC'],
    ['2017-01-12', 'DAL', 'PHX'],
    ['2017-01-14', 'PHX', 'SAS'],
    ['2017-12-07', 'BKN', 'OKC'],
    ['2017-12-09', 'BKN', 'MIA'],
    ['2018-12-13', 'CHI', 'ORL'],
    ['2018-12-15', 'ORL', 'UTA'],
    ['2019-12-12', 'DAL', 'DET'],
    ['2019-12-14', 'PHX', 'SAS'],
    ['2022-12-17', 'MIA', 'SAS'],
    ['2023-11-09', 'ATL', 'ORL'],
    ['2024-11-02', 'MIA', 'WAS'],
    ['2025-11-01', 'DAL', 'DET'],
  ]),
  ...neutralGames(london.venue, 'a game in London', [
    ['2013-01-17', 'DET', 'NYK'],
    ['2014-01-16', 'ATL', 'BKN'],
    ['2015-01-15', 'MIL', 'NYK'],
    ['2016-01-14', 'ORL', 'TOR'],
    ['2017-01-12', 'DEN', 'IND'],
    ['2018-01-11', 'BOS', 'PHI'],
    ['2019-01-17', 'NYK', 'WAS'],
    ['2026-01-18', 'MEM', 'ORL'],
  ]),
  ...neutralGames(paris.venue, 'a game in Paris', [
    ['2020-01-24', 'CHA', 'MIL'],
    ['2023-01-19', 'CHI', 'DET'],
    ['2024-01-11', 'BKN', 'CLE'],
    ['2025-01-23', 'IND', 'SAS'],
    ['2025-01-25', 'IND', 'SAS'],
  ]),
  ...neutralGames(berlin.venue, 'a game in Berlin', [['2026-01-15', 'MEM', 'ORL']]),
  ...neutralGames(lasVegas.venue, 'semi-finals and final of the cup are played in Las Vegas', [
    ['2023-12-07', 'IND', 'MIL'],
    ['2023-12-07', 'LAL', 'NOP'],
    ['2023-12-09', 'IND', 'LAL'],
    ['2024-12-14', 'ATL', 'MIL'],
    ['2024-12-14', 'HOU', 'OKC'],
    ['2024-12-17', 'MIL', 'OKC'],
    ['2025-12-13', 'NYK', 'ORL'],
    ['2025-12-13', 'OKC', 'SAS'],
    ['2025-12-16', 'NYK', 'SAS'],
  ]),
  ...games(austin.venue, false, 'San Antonio plays some home games in Austin', [
    ['2023-04-06', 'POR', 'SAS'],
    ['2023-04-08', 'MIN', 'SAS'],
    ['2024-03-15', 'DEN', 'SAS'],
    ['2024-03-17', 'BKN', 'SAS'],
    ['2025-02-20', 'PHX', 'SAS'],
    ['2025-02-21', 'DET', 'SAS'],
  ]),
];

type GameOfTwo = readonly [date: string, team: string, otherTeam: string];

function neutralGames(
  venue: string,
  reason: string,
  list: readonly GameOfTwo[],
): readonly VenueCorrection[] {
  return games(venue, true, reason, list);
}

function games(
  venue: string,
  neutral: boolean,
  reason: string,
  list: readonly GameOfTwo[],
): readonly VenueCorrection[] {
  return list.map(([date, team, otherTeam]) => ({
    from: date,
    to: date,
    games: { of: 'two_teams', teams: [team, otherTeam] },
    venue,
    neutral,
    reason,
  }));
}
