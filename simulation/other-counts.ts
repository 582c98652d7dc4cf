import { type BoxLine, type OpenBoxLine, sumOf } from './box-line.ts';
import type { Habits } from './player.ts';
import type { Random } from './random.ts';
import { countSuccesses, shareOut } from './share-out.ts';
import { type Side, shotAppetite } from './shoot.ts';

const ASSISTED_SHARE = 0.635;
const STOLEN_SHARE = 0.575;
const BLOCKED_SHARE = 0.205;
const REBOUNDED_SHARE = 0.865;
/** The share of missed free throws that were the last of their trip and so could be rebounded. */
const LIVE_FREE_THROWS = 0.45;
const FOULS_PER_FREE_THROW = 0.45;
const OTHER_FOULS = 9;
const MOST_FOULS = 6;

/** Everything that follows from the shots: rebounds, assists, turnovers, steals, blocks and fouls of one side. */
export function countTheRest(
  side: Side,
  opponent: Side,
  gameSeconds: number,
  random: Random,
): void {
  const { lines, plan } = side;
  const give = (
    count: number,
    habit: keyof Habits,
    add: (line: OpenBoxLine, units: number) => void,
    limits?: readonly number[],
  ): void => {
    const weights = lines.map((line) => line.seconds * line.player.habits[habit]);
    const units = shareOut(count, weights, random, limits);
    lines.forEach((line, index) => {
      add(line, units[index] ?? 0);
    });
  };

  const made = sumOf(lines, (line) => line.fieldGoals);
  const byMates = lines.map((line) => made - line.fieldGoals);
  give(
    countSuccesses(made, ASSISTED_SHARE, random),
    'assists',
    (line, units) => {
      line.assists = units;
    },
    byMates,
  );
  give(Math.min(plan.offensiveRebounds, missesOf(lines)), 'offensiveRebounds', (line, units) => {
    line.offensiveRebounds = units;
  });
  const left = Math.max(0, missesOf(opponent.lines) - opponent.plan.offensiveRebounds);
  give(Math.round(left * REBOUNDED_SHARE), 'defensiveRebounds', (line, units) => {
    line.defensiveRebounds = units;
  });
  const stolen = countSuccesses(opponent.plan.turnovers, STOLEN_SHARE, random);
  give(stolen, 'steals', (line, units) => {
    line.steals = units;
  });
  const missedTwos = sumOf(
    opponent.lines,
    (line) => line.fieldGoalAttempts - line.threeAttempts - (line.fieldGoals - line.threes),
  );
  give(countSuccesses(missedTwos, BLOCKED_SHARE, random), 'blocks', (line, units) => {
    line.blocks = units;
  });
  const others = (OTHER_FOULS * gameSeconds) / 2880;
  const fouls = others + FOULS_PER_FREE_THROW * opponent.plan.freeThrowAttempts;
  const mayFoul = lines.map(() => MOST_FOULS);
  give(
    Math.max(5, Math.round(random.normal(fouls, 2.5))),
    'fouls',
    (line, units) => {
      line.fouls = units;
    },
    mayFoul,
  );
  loseTheBall(side, random);
}

/** Turnovers go to those who have the ball: they follow shots as well as habit. */
function loseTheBall({ lines, plan }: Side, random: Random): void {
  const weights = lines.map(
    (line) => line.seconds * line.player.habits.turnovers * shotAppetite(line) ** 0.9,
  );
  const units = shareOut(plan.turnovers, weights, random);
  lines.forEach((line, index) => {
    line.turnovers = units[index] ?? 0;
  });
}

function missesOf(lines: readonly BoxLine[]): number {
  const shots = sumOf(lines, (line) => line.fieldGoalAttempts - line.fieldGoals);
  const freeThrows = sumOf(lines, (line) => line.freeThrowAttempts - line.freeThrows);
  return Math.floor(shots + LIVE_FREE_THROWS * freeThrows);
}
