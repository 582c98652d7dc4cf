import { type BoxLine, openBoxLine, pointsOf, sumOf } from './box-line.ts';
import { breakTie } from './break-tie.ts';
import { shootFreeThrows } from './free-throws.ts';
import { planGame, type TeamForm, type TeamPlan } from './game-plan.ts';
import { countTheRest } from './other-counts.ts';
import type { Player } from './player.ts';
import { lineupQuality, MOST_PLAYERS, playersUsed, playingTime } from './playing-time.ts';
import { enterPlusMinus } from './plus-minus.ts';
import type { Random } from './random.ts';
import { type Shot, type Side, shoot } from './shoot.ts';

/** A team as it comes to a game: who is available, in order of depth, and how it plays this season. */
export interface TeamSheet extends Omit<TeamForm, 'quality'> {
  readonly players: readonly Player[];
}

export interface GameRequest {
  readonly home: TeamSheet;
  readonly away: TeamSheet;
  readonly isPlayoff: boolean;
  /** Skill of the league's average shooter, see `usualShooterSkill`. */
  readonly usualSkill: number;
}

/** A game that was played: every line of both teams and every field goal attempt. */
export interface GameResult {
  readonly lines: readonly BoxLine[];
  readonly shots: readonly Shot[];
  readonly homePoints: number;
  readonly awayPoints: number;
}

const REGULATION_SECONDS = 2880;
const OVERTIME_SECONDS = 300;
/** A handful of rows a season are of somebody who never left the bench but is listed. */
const LISTED_AT_ZERO_CHANCE = 0.002;

/** Plays one game; the same request and stream of numbers give the same game. */
export function playGame(request: GameRequest, random: Random): GameResult {
  const { isPlayoff, usualSkill } = request;
  const plan = planGame(formOf(request.home), formOf(request.away), isPlayoff, random);
  const gameSeconds = REGULATION_SECONDS + plan.overtimes * OVERTIME_SECONDS;
  const side = (sheet: TeamSheet, teamPlan: TeamPlan, isHome: boolean): Side => {
    const used = playersUsed(plan.expectedMargin, sheet.players.length, random);
    const seconds = [...playingTime(used, gameSeconds, plan.expectedMargin, random)];
    const mayList = used < Math.min(MOST_PLAYERS, sheet.players.length);
    if (mayList && random.chance(LISTED_AT_ZERO_CHANCE)) seconds.push(0);
    const lines = seconds.map((value, place) =>
      openBoxLine(sheet.players[place] as Player, isHome, value),
    );
    return { lines, plan: teamPlan };
  };
  const home = side(request.home, plan.home, true);
  const away = side(request.away, plan.away, false);

  const shots = shoot([home, away], gameSeconds, usualSkill, random);
  shootFreeThrows(home, random);
  shootFreeThrows(away, random);
  breakTie(home.lines, away.lines, shots, random);
  countTheRest(home, away, gameSeconds, random);
  countTheRest(away, home, gameSeconds, random);
  const homePoints = sumOf(home.lines, pointsOf);
  const awayPoints = sumOf(away.lines, pointsOf);
  enterPlusMinus(home.lines, homePoints - awayPoints, gameSeconds, random);
  enterPlusMinus(away.lines, awayPoints - homePoints, gameSeconds, random);
  return { lines: [...home.lines, ...away.lines], shots, homePoints, awayPoints };
}

function formOf(sheet: TeamSheet): TeamForm {
  return { quality: lineupQuality(sheet.players), pace: sheet.pace, threeLean: sheet.threeLean };
}
