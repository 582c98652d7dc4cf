import type { Player } from './player.ts';

/** One player's line of one game; all counts, playing time in seconds. */
export interface BoxLine {
  readonly player: Player;
  readonly isHome: boolean;
  readonly seconds: number;
  readonly fieldGoals: number;
  readonly fieldGoalAttempts: number;
  readonly threes: number;
  readonly threeAttempts: number;
  readonly freeThrows: number;
  readonly freeThrowAttempts: number;
  readonly offensiveRebounds: number;
  readonly defensiveRebounds: number;
  readonly assists: number;
  readonly turnovers: number;
  readonly steals: number;
  readonly blocks: number;
  readonly fouls: number;
  readonly plusMinus: number;
}

/** A line while its game is being played. */
export type OpenBoxLine = { -readonly [K in keyof BoxLine]: BoxLine[K] };

/** A line with nothing in it but playing time. */
export function openBoxLine(player: Player, isHome: boolean, seconds: number): OpenBoxLine {
  return {
    player,
    isHome,
    seconds,
    fieldGoals: 0,
    fieldGoalAttempts: 0,
    threes: 0,
    threeAttempts: 0,
    freeThrows: 0,
    freeThrowAttempts: 0,
    offensiveRebounds: 0,
    defensiveRebounds: 0,
    assists: 0,
    turnovers: 0,
    steals: 0,
    blocks: 0,
    fouls: 0,
    plusMinus: 0,
  };
}

/** Points of a line. */
export function pointsOf(line: BoxLine): number {
  return 2 * (line.fieldGoals - line.threes) + 3 * line.threes + line.freeThrows;
}

/** The sum over some lines of a count, for example `pointsOf`. */
export function sumOf(lines: readonly BoxLine[], count: (line: BoxLine) => number): number {
  let sum = 0;
  for (const line of lines) sum += count(line);
  return sum;
}
