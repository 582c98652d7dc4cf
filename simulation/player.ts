import { playerName } from './player-name.ts';
import { pick, type Random } from './random.ts';

export type Position = 'guard' | 'wing' | 'big';

/** What a player does per minute on court, relative to the average player (1); skill comes on top. */
export interface Habits {
  readonly shots: number;
  readonly freeThrows: number;
  readonly offensiveRebounds: number;
  readonly defensiveRebounds: number;
  readonly assists: number;
  readonly turnovers: number;
  readonly steals: number;
  readonly blocks: number;
  readonly fouls: number;
}

/** One invented player as he is in one season. */
export interface Player {
  readonly id: number;
  readonly name: string;
  readonly position: Position;
  /** Years at the start of the season. */
  readonly age: number;
  /** Mean 0 and deviation 1 over the league: about 2 is a star, −1 the end of a bench, never above 3. */
  readonly skill: number;
  readonly habits: Habits;
  /** Shares of his shots, adding up to 1. */
  readonly paintShare: number;
  readonly midRangeShare: number;
  readonly threeShare: number;
  /** Added to the accuracy from each zone. */
  readonly paintTouch: number;
  readonly midRangeTouch: number;
  readonly threeTouch: number;
  readonly freeThrowAccuracy: number;
}

interface PositionNorm extends Habits {
  readonly midRangeShare: number;
  readonly threeShare: number;
  readonly freeThrowAccuracy: number;
}

const NORMS: Readonly<Record<Position, PositionNorm>> = {
  guard: {
    shots: 1.03,
    freeThrows: 0.92,
    offensiveRebounds: 0.5,
    defensiveRebounds: 0.78,
    assists: 1.65,
    turnovers: 1.12,
    steals: 1.15,
    blocks: 0.42,
    fouls: 0.9,
    midRangeShare: 0.18,
    threeShare: 0.465,
    freeThrowAccuracy: 0.805,
  },
  wing: {
    shots: 1,
    freeThrows: 0.92,
    offensiveRebounds: 0.85,
    defensiveRebounds: 0.97,
    assists: 0.8,
    turnovers: 0.92,
    steals: 1.05,
    blocks: 0.75,
    fouls: 0.98,
    midRangeShare: 0.16,
    threeShare: 0.465,
    freeThrowAccuracy: 0.775,
  },
  big: {
    shots: 0.97,
    freeThrows: 1.16,
    offensiveRebounds: 2.1,
    defensiveRebounds: 1.5,
    assists: 0.65,
    turnovers: 0.98,
    steals: 0.78,
    blocks: 2.1,
    fouls: 1.2,
    midRangeShare: 0.18,
    threeShare: 0.2,
    freeThrowAccuracy: 0.71,
  },
};

const POSITIONS: readonly Position[] = ['guard', 'guard', 'wing', 'wing', 'big'];

/** A new player; `skill` is put on the league's scale by whoever makes the league. */
export function makePlayer(id: number, age: number, skill: number, random: Random): Player {
  const position = pick(POSITIONS, random);
  const norm = NORMS[position];
  const midRangeShare = within(norm.midRangeShare + random.normal(0, 0.05), 0.03, 0.4);
  const threeShare = within(norm.threeShare + random.normal(0, 0.12), 0.01, 0.75 - midRangeShare);
  return {
    id,
    name: playerName(random),
    position,
    age,
    skill,
    habits: {
      shots: norm.shots * around1(random, 0.14),
      freeThrows: norm.freeThrows * around1(random, 0.25),
      offensiveRebounds: norm.offensiveRebounds * around1(random, 0.25),
      defensiveRebounds: norm.defensiveRebounds * around1(random, 0.2),
      assists: norm.assists * around1(random, 0.3),
      turnovers: norm.turnovers * around1(random, 0.18),
      steals: norm.steals * around1(random, 0.25),
      blocks: norm.blocks * around1(random, 0.35),
      fouls: norm.fouls * around1(random, 0.15),
    },
    paintShare: 1 - midRangeShare - threeShare,
    midRangeShare,
    threeShare,
    paintTouch: random.normal(0, 0.025),
    midRangeTouch: random.normal(0, 0.03),
    threeTouch: random.normal(0, 0.022),
    freeThrowAccuracy: within(norm.freeThrowAccuracy + random.normal(0, 0.06), 0.45, 0.94),
  };
}

/** A factor that is 1 in the median. */
function around1(random: Random, deviation: number): number {
  return Math.exp(random.normal(0, deviation));
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
