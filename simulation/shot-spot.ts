import { pickIndex, type Random } from './random.ts';

/** Zone of a shot as the tables count it. */
export type ShotZone = 'paint' | 'midRange' | 'three';

/** Where a shot was taken. `x` and `y` are tenths of feet from the basket, `distance` whole feet rounded down. */
export interface ShotSpot {
  readonly x: number;
  readonly y: number;
  readonly distance: number;
  /** Accuracy of an average player of the simulated league from here. */
  readonly accuracy: number;
}

/**
 * By whole feet from the basket: how many of 100 shots in the paint are taken there; below, how often they go
 * in.
 */
const PAINT_WEIGHTS = [17, 20, 19, 13, 8, 7, 6, 5, 5];
const PAINT_ACCURACIES = [0.765, 0.73, 0.61, 0.515, 0.455, 0.44, 0.435, 0.435, 0.435];
const MID_RANGE_FIRST_FOOT = 9;
const MID_RANGE_WEIGHTS = [10, 10, 10, 9, 8.5, 8, 8, 7, 6.5, 6, 5, 3.5, 2];

const CORNER_CHANCE = 0.24;
const HEAVE_CHANCE = 0.004;
const ARC = 239;
const DEEPEST_USUAL_THREE = 390;
const SIDELINE = 248;

/** A random place in `zone`; paint is a two from up to 8 feet, mid-range any other two. */
export function shotSpot(zone: ShotZone, random: Random): ShotSpot {
  switch (zone) {
    case 'paint': {
      const foot = pickIndex(PAINT_WEIGHTS, random);
      return onArc(foot, angleBetween(-8, 188, random), PAINT_ACCURACIES[foot] ?? 0, random);
    }
    case 'midRange': {
      const foot = MID_RANGE_FIRST_FOOT + pickIndex(MID_RANGE_WEIGHTS, random);
      const accuracy = 0.455 - 0.0042 * (foot - MID_RANGE_FIRST_FOOT);
      return onArc(foot, angleBetween(-10, 190, random), accuracy, random);
    }
    case 'three':
      return threePointSpot(random);
  }
}

function threePointSpot(random: Random): ShotSpot {
  const draw = random.uniform();
  if (draw < HEAVE_CHANCE) {
    return polar(430 + random.uniform() * 370, angleBetween(70, 110, random), 0.025);
  }
  if (draw < HEAVE_CHANCE + CORNER_CHANCE) {
    const side = random.chance(0.5) ? 1 : -1;
    return spotAt(side * (221 + random.uniform() * 19), random.uniform() * 125 - 40, 0.386);
  }
  const beyond = -Math.log(1 - random.uniform()) * 21;
  const angle = angleBetween(23, 157, random);
  const radius = Math.min(DEEPEST_USUAL_THREE, ARC + beyond, SIDELINE / Math.abs(Math.cos(angle)));
  return polar(radius, angle, 0.368 - 0.0007 * (radius - ARC));
}

/** Puts a shot within one foot of distance, off its edges, so that rounding to tenths stays inside it. */
function onArc(foot: number, angle: number, accuracy: number, random: Random): ShotSpot {
  return polar(10 * foot + 1 + random.uniform() * 8, angle, accuracy);
}

function polar(radius: number, angle: number, accuracy: number): ShotSpot {
  return spotAt(radius * Math.cos(angle), radius * Math.sin(angle), accuracy);
}

function spotAt(exactX: number, exactY: number, accuracy: number): ShotSpot {
  // `|| 0` makes 0 of −0, which would be a second zero.
  const x = Math.round(exactX) || 0;
  const y = Math.round(exactY) || 0;
  return { x, y, distance: Math.floor(Math.sqrt(x * x + y * y) / 10), accuracy };
}

/** Draws an angle in radians: 0 is the right sideline, 90 degrees is straight out from the basket. */
function angleBetween(low: number, high: number, random: Random): number {
  return ((low + random.uniform() * (high - low)) * Math.PI) / 180;
}
