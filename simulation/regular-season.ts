import type { GameDate } from '../src/calendar/game-date.ts';
import { teams } from '../src/league/teams.ts';
import { chooseVenues } from './choose-venues.ts';
import { regularSeasonGameId } from './nba-game-id.ts';
import { pairingRounds } from './pairing-rounds.ts';
import { randomOf } from './random.ts';
import type { SeasonDates } from './season-dates.ts';
import { spreadOverDates } from './spread-over-dates.ts';

export type SeasonType = 'Regular Season' | 'PlayIn' | 'Playoffs';

/** One game of a simulated season; teams are indexes into `teams`. */
export interface ScheduledGame {
  readonly gameId: string;
  readonly date: GameDate;
  readonly seasonType: SeasonType;
  readonly home: number;
  readonly away: number;
}

/** The regular season in order of date: every team plays `gamesPerTeam` games, half of them at home. */
export function regularSeason(
  dates: SeasonDates,
  gamesPerTeam: number,
  seed: number,
): readonly ScheduledGame[] {
  const { seasonYear, playable } = dates;
  const random = randomOf(seed, seasonYear, 'schedule');
  const dated = spreadOverDates(pairingRounds(gamesPerTeam, random), playable, random);
  const inOrder = dated.toSorted((a, b) => compare(a.date, b.date));
  return chooseVenues(inOrder, seasonYear, random)
    .toSorted((a, b) => compare(a.date, b.date) || compare(tricode(a.home), tricode(b.home)))
    .map((fixture, index) => ({
      ...fixture,
      gameId: regularSeasonGameId(seasonYear, index + 1),
      seasonType: 'Regular Season',
    }));
}

function tricode(team: number): string {
  return teams[team]?.tricode ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
