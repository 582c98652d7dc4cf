import type { OpenBoxLine } from './box-line.ts';
import { courtAreaOf } from './court-area.ts';
import type { TeamPlan } from './game-plan.ts';
import type { Player } from './player.ts';
import { type Random, shuffled } from './random.ts';
import { shareOut } from './share-out.ts';
import { shotAction } from './shot-action.ts';
import { type ShotSpot, type ShotZone, shotSpot } from './shot-spot.ts';

/** One field goal attempt. */
export interface Shot {
  readonly eventId: number;
  readonly line: OpenBoxLine;
  /** The period: 1 to 4, then one more per overtime. */
  readonly period: number;
  /** Seconds left in the period. */
  readonly secondsLeft: number;
  readonly isThree: boolean;
  /** Index into `shotActions`. */
  readonly action: number;
  /** Index into `courtAreas`. */
  readonly area: number;
  readonly distance: number;
  readonly x: number;
  readonly y: number;
  made: boolean;
}

/** One team about to play. */
export interface Side {
  readonly lines: readonly OpenBoxLine[];
  readonly plan: TeamPlan;
}

const SHOTS_PER_SKILL = 0.23;
const ACCURACY_PER_SKILL = { paint: 0.011, midRange: 0.01, three: 0.006 } as const;
/** Where less than this goes in, a shot is a heave, and nobody's touch helps. */
const HEAVE_ACCURACY = 0.1;
const REGULATION_SECONDS = 2880;
const QUARTER_SECONDS = 720;
const OVERTIME_SECONDS = 300;

/** How much more than his playing time alone a player shoots, by habit and skill. */
export function shotAppetite(line: OpenBoxLine): number {
  return line.player.habits.shots * Math.exp(SHOTS_PER_SKILL * line.player.skill);
}

/**
 * Takes all shots of a game and enters them into the lines.
 * Makes are drawn by systematic sampling: the team makes what its accuracies add up to, give or take
 * one, so a team's points vary by its day and not once more by luck; whose shots go in is luck.
 * @param usualSkill skill of the average shooter of the league, who has the accuracies of the spots.
 * @returns the shots in order of the clock.
 */
export function shoot(
  sides: readonly Side[],
  gameSeconds: number,
  usualSkill: number,
  random: Random,
): Shot[] {
  const shooters = shuffled(
    sides.flatMap((side) => shootersOf(side, random)),
    random,
  );
  const shots: Shot[] = [];
  let eventId = 0;
  for (const [order, { line, team }] of shooters.entries()) {
    const zone = zoneOf(line.player, team.threeLean, random);
    const isThree = zone === 'three';
    const spot = shotSpot(zone, random);
    const made = isMade(team, isThree, accuracyOf(line.player, zone, spot, team, usualSkill));
    enter(line, isThree, made);
    eventId += 1 + random.integer(4);
    const elapsed = Math.floor(((order + random.uniform()) / shooters.length) * gameSeconds);
    shots.push({
      eventId,
      line,
      period: periodAt(elapsed),
      secondsLeft: secondsLeftAt(elapsed),
      isThree,
      action: shotAction(isThree, spot.distance, random),
      area: courtAreaOf(zone, spot),
      distance: spot.distance,
      x: spot.x,
      y: spot.y,
      made,
    });
  }
  return shots;
}

/** A team while it shoots: `twos` and `threes` are the parts of a make carried over to the next shot. */
interface ShootingTeam {
  readonly threeLean: number;
  readonly accuracyShift: number;
  twos: number;
  threes: number;
}

interface Shooter {
  readonly line: OpenBoxLine;
  readonly team: ShootingTeam;
}

/** Who takes each shot of a side; on a given day some players shoot more than usual. */
function shootersOf({ lines, plan }: Side, random: Random): readonly Shooter[] {
  const weights = lines.map(
    (line) => line.seconds * shotAppetite(line) * Math.exp(random.normal(0, 0.17)),
  );
  const attempts = shareOut(plan.fieldGoalAttempts, weights, random);
  const { threeLean, accuracyShift } = plan;
  const team = { threeLean, accuracyShift, twos: random.uniform(), threes: random.uniform() };
  const shooters: Shooter[] = [];
  lines.forEach((line, index) => {
    const shooter = { line, team };
    for (let shot = attempts[index] ?? 0; shot > 0; shot -= 1) shooters.push(shooter);
  });
  return shooters;
}

function zoneOf(player: Player, threeLean: number, random: Random): ShotZone {
  const threes = Math.max(0, player.threeShare + threeLean);
  const draw = random.uniform() - threes;
  if (draw < 0) return 'three';
  const inPaint = ((1 - threes) * player.paintShare) / (1 - player.threeShare);
  return draw < inPaint ? 'paint' : 'midRange';
}

function accuracyOf(
  player: Player,
  zone: ShotZone,
  spot: ShotSpot,
  team: ShootingTeam,
  usualSkill: number,
): number {
  if (spot.accuracy < HEAVE_ACCURACY) return spot.accuracy;
  const accuracy = spot.accuracy + touchOf(player, zone) + team.accuracyShift;
  const exact = accuracy + ACCURACY_PER_SKILL[zone] * (player.skill - usualSkill);
  return Math.min(0.97, Math.max(0.01, exact));
}

function touchOf(player: Player, zone: ShotZone): number {
  if (zone === 'paint') return player.paintTouch;
  return zone === 'midRange' ? player.midRangeTouch : player.threeTouch;
}

function isMade(team: ShootingTeam, isThree: boolean, accuracy: number): boolean {
  const sum = accuracy + (isThree ? team.threes : team.twos);
  const made = sum >= 1;
  if (isThree) team.threes = made ? sum - 1 : sum;
  else team.twos = made ? sum - 1 : sum;
  return made;
}

function enter(line: OpenBoxLine, isThree: boolean, made: boolean): void {
  line.fieldGoalAttempts += 1;
  if (isThree) line.threeAttempts += 1;
  if (!made) return;
  line.fieldGoals += 1;
  if (isThree) line.threes += 1;
}

function periodAt(elapsed: number): number {
  if (elapsed < REGULATION_SECONDS) return 1 + Math.floor(elapsed / QUARTER_SECONDS);
  return 5 + Math.floor((elapsed - REGULATION_SECONDS) / OVERTIME_SECONDS);
}

function secondsLeftAt(elapsed: number): number {
  if (elapsed < REGULATION_SECONDS) return QUARTER_SECONDS - 1 - (elapsed % QUARTER_SECONDS);
  return OVERTIME_SECONDS - 1 - ((elapsed - REGULATION_SECONDS) % OVERTIME_SECONDS);
}
