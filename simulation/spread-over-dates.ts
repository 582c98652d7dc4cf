import { dayNumber, type GameDate } from '../src/calendar/game-date.ts';
import { teams } from '../src/league/teams.ts';
import type { Pairing } from './pairing-rounds.ts';
import type { Random } from './random.ts';
import { slateSizes } from './slate-sizes.ts';

/** A pairing with its day. */
export interface DatedPairing {
  readonly pairing: Pairing;
  readonly date: GameDate;
}

const MOVES_PER_GAME = 40;
const REACH = 4;
const MARGIN_DAYS = 16;
/** Cost of a gap between two games by days off; a gap of 8 or 9 is the all-star break. */
const GAP_COST = [0.5, 0, 0.9, 2, 5, 12] as const;
const MOST_IN_7_DAYS = 5;
const MOST_IN_14_DAYS = 9;

/**
 * Gives every pairing a day. Each round first gets two days of its own, so no team can be asked to
 * play twice on one; then single games are moved by up to four playable days as long as the nights
 * come closer to the wanted sizes and the gaps of both teams to the league's habits.
 */
export function spreadOverDates(
  rounds: readonly (readonly Pairing[])[],
  dates: readonly GameDate[],
  random: Random,
): readonly DatedPairing[] {
  const pairings = rounds.flat();
  const wanted = slateSizes(dates, pairings.length, random);
  const slots = rounds.flatMap((round, index) => firstSlots(round, index, wanted));
  const first = dayNumber(dates[0] as GameDate);
  const days = dates.map((date) => dayNumber(date) - first + MARGIN_DAYS);
  const board = makeBoard(days, (days.at(-1) ?? 0) + MARGIN_DAYS);
  pairings.forEach((pairing, index) => {
    board.place(pairing, slots[index] ?? 0);
  });

  const moves = pairings.length * MOVES_PER_GAME;
  for (let move = 0; move < moves; move += 1) {
    const index = random.integer(pairings.length);
    const pairing = pairings[index] as Pairing;
    const from = slots[index] ?? 0;
    const to = from + random.integer(2 * REACH + 1) - REACH;
    if (to === from || to < 0 || to >= days.length || !board.isFree(pairing, to)) continue;
    const before = board.cost(pairing, wanted, from, to);
    board.remove(pairing, from);
    board.place(pairing, to);
    const after = board.cost(pairing, wanted, from, to);
    // A little worse is accepted early on, so that the search leaves dead ends.
    const tolerance = 1.2 * (1 - move / moves);
    if (after <= before + tolerance * random.uniform() - 1e-9) slots[index] = to;
    else {
      board.remove(pairing, to);
      board.place(pairing, from);
    }
  }
  return pairings.map((pairing, index) => ({
    pairing,
    date: dates[slots[index] ?? 0] as GameDate,
  }));
}

/** The two days of round `index`, filled in proportion to the sizes wanted on them; the last round is the last day. */
function firstSlots(
  round: readonly Pairing[],
  index: number,
  wanted: readonly number[],
): readonly number[] {
  const early = 2 * index + 2 < wanted.length ? (wanted[2 * index] ?? 0) : 0;
  const late = wanted[2 * index + 1] ?? 0;
  const onFirstDay = Math.round((round.length * early) / Math.max(1, early + late));
  return round.map((_, place) => 2 * index + (place < onFirstDay ? 0 : 1));
}

interface Board {
  readonly place: (pairing: Pairing, slot: number) => void;
  readonly remove: (pairing: Pairing, slot: number) => void;
  readonly isFree: (pairing: Pairing, slot: number) => boolean;
  /** What is wrong around two slots: nights off their size, gaps of the two teams, too many games in a week. */
  readonly cost: (pairing: Pairing, wanted: readonly number[], a: number, b: number) => number;
}

/** @param days calendar day of each slot, from some day 0 that is at least two weeks before the first. */
function makeBoard(days: readonly number[], length: number): Board {
  const plays = teams.map(() => new Uint8Array(length));
  const sizes = new Int16Array(days.length);
  const set = (pairing: Pairing, slot: number, value: 0 | 1) => {
    for (const team of pairing) (plays[team] as Uint8Array)[days[slot] ?? 0] = value;
    sizes[slot] = (sizes[slot] ?? 0) + (value === 1 ? 1 : -1);
  };
  const sizeCost = (wanted: readonly number[], slot: number) => {
    const size = wanted[slot] ?? 0;
    // The nights that stand out are kept more strictly: the short ones and the last.
    const weight = slot === days.length - 1 ? 9 : size <= 2 ? 3 : 0.6;
    return weight * ((sizes[slot] ?? 0) - size) ** 2;
  };
  return {
    place: (pairing, slot) => set(pairing, slot, 1),
    remove: (pairing, slot) => set(pairing, slot, 0),
    isFree: (pairing, slot) => pairing.every((team) => plays[team]?.[days[slot] ?? 0] === 0),
    cost: (pairing, wanted, a, b) => {
      const from = days[Math.min(a, b)] ?? 0;
      const to = days[Math.max(a, b)] ?? 0;
      let cost = sizeCost(wanted, a) + sizeCost(wanted, b);
      for (const team of pairing) cost += teamCost(plays[team] as Uint8Array, from, to);
      return cost;
    },
  };
}

/** Gaps and crowding of one team over the days that a game between `from` and `to` can affect. */
function teamCost(plays: Uint8Array, from: number, to: number): number {
  const last = Math.min(plays.length - 1, to + MARGIN_DAYS - 1);
  let cost = 0;
  let gap = -1;
  let inARow = 0;
  let inWeek = 0;
  let inFortnight = 0;
  const first = from - MARGIN_DAYS + 1;
  for (let day = first; day <= last; day += 1) {
    const today = plays[day] ?? 0;
    inWeek += today - (day - 7 < first ? 0 : (plays[day - 7] ?? 0));
    inFortnight += today - (day - 14 < first ? 0 : (plays[day - 14] ?? 0));
    if (today === 0) {
      inARow = 0;
      if (gap >= 0) gap += 1;
      continue;
    }
    inARow += 1;
    if (gap >= 0) cost += GAP_COST[Math.min(gap, GAP_COST.length - 1)] ?? 0;
    gap = 0;
    if (inARow > 2) cost += 1000;
    if (day >= from && inWeek > MOST_IN_7_DAYS) cost += 1000;
    if (day >= from && inFortnight > MOST_IN_14_DAYS) cost += 1000;
  }
  return cost;
}
