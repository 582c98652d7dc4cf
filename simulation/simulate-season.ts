import { addDays, type GameDate } from '../src/calendar/game-date.ts';
import { teams } from '../src/league/teams.ts';
import { type Availability, makeAvailability } from './availability.ts';
import { openBoxLine } from './box-line.ts';
import type { League } from './league.ts';
import { FULL_SEASON_GAMES } from './pairing-rounds.ts';
import { type GameResult, playGame, type TeamSheet } from './play-game.ts';
import type { Player } from './player.ts';
import { USUAL_MINUTES } from './playing-time.ts';
import { playPostseason } from './postseason.ts';
import { randomOf } from './random.ts';
import { regularSeason, type ScheduledGame } from './regular-season.ts';
import { seasonDatesOf, type UnusualDates } from './season-dates.ts';
import { shotAppetite } from './shoot.ts';
import { standingsOf } from './standings.ts';
import { tradeDeadline } from './trade-deadline.ts';

export interface SeasonRequest {
  readonly league: League;
  /** Regular-season games of a team: an even number from 2 to 82. */
  readonly gamesPerTeam: number;
  readonly postseason: boolean;
  readonly unusualDates?: UnusualDates;
}

/** A scheduled game and what happened in it. */
export interface PlayedGame extends GameResult {
  readonly game: ScheduledGame;
}

export interface SimulatedSeason {
  readonly seasonYear: number;
  /** The games in order of date, the postseason last. */
  readonly games: readonly PlayedGame[];
  /** The league as it is when the season is over: players who were traded are with their new team. */
  readonly league: League;
}

/** Plays one season. Pure: the same league and the same request give the same games. */
export function simulateSeason(request: SeasonRequest): SimulatedSeason {
  const { league, gamesPerTeam } = request;
  const { seed, seasonYear } = league;
  const dates = seasonDatesOf(seasonYear, gamesPerTeam, request.unusualDates);
  const tradedRosters = tradeDeadline(league.rosters, randomOf(seed, seasonYear, 'trades'));
  const availability = makeAvailability(randomOf(seed, seasonYear, 'injuries'));
  const styles = teamStyles(seed, seasonYear);
  const usualSkill = usualShooterSkill(league);
  const lastDay = new Map<number, GameDate>();
  const games: PlayedGame[] = [];

  const play = (game: ScheduledGame): number => {
    const rosters = game.date > dates.tradeDeadline ? tradedRosters : league.rosters;
    const sheet = (team: number): TeamSheet => ({
      players: playersOf(availability, rosters[team] ?? [], game.date, lastDay.get(team)),
      pace: styles[team]?.pace ?? 0,
      threeLean: styles[team]?.threeLean ?? 0,
    });
    const isPlayoff = game.seasonType !== 'Regular Season';
    const result = playGame(
      { home: sheet(game.home), away: sheet(game.away), isPlayoff, usualSkill },
      randomOf(seed, game.gameId),
    );
    for (const team of [game.home, game.away]) lastDay.set(team, game.date);
    games.push({ game, ...result });
    return result.homePoints > result.awayPoints ? game.home : game.away;
  };

  for (const game of regularSeason(dates, gamesPerTeam, seed)) play(game);
  if (request.postseason) {
    playPostseason({
      seasonYear,
      end: dates.playable.at(-1) as GameDate,
      standings: standingsOf(games.map((played) => ({ ...played.game, ...played }))),
      winsNeeded: gamesPerTeam < FULL_SEASON_GAMES ? 2 : 4,
      play,
    });
  }
  return {
    seasonYear,
    games: games.toSorted((a, b) =>
      a.game.date < b.game.date ? -1 : a.game.date > b.game.date ? 1 : 0,
    ),
    league: { ...league, rosters: tradedRosters },
  };
}

function playersOf(
  availability: Availability,
  roster: readonly Player[],
  date: GameDate,
  last: GameDate | undefined,
): readonly Player[] {
  return availability.playersFor(roster, date, last !== undefined && addDays(last, 1) === date);
}

/** How every team likes to play this season. */
function teamStyles(seed: number, seasonYear: number) {
  const random = randomOf(seed, seasonYear, 'styles');
  return teams.map(() => ({ pace: random.normal(0, 0.9), threeLean: random.normal(0, 0.025) }));
}

/** Skill of the player behind the average shot of the season: better than the average player. */
function usualShooterSkill(league: League): number {
  let weights = 0;
  let sum = 0;
  for (const roster of league.rosters) {
    const byDepth = roster.toSorted((a, b) => b.skill - a.skill);
    byDepth.slice(0, USUAL_MINUTES.length).forEach((player, place) => {
      const weight = (USUAL_MINUTES[place] ?? 0) * shotAppetite(openBoxLine(player, true, 0));
      weights += weight;
      sum += weight * player.skill;
    });
  }
  return sum / weights;
}
