import { describe, expect, it } from 'vitest';
import type { DateFacts } from '../../../src/table/expected-rows.ts';
import { expectedPlayerRows } from './expected-player-rows.ts';

interface Slate {
  readonly games?: number;
  readonly candidates?: number | undefined;
  /** Games that each of the 30 teams has played. */
  readonly played: readonly number[];
  readonly complete?: boolean;
}

const facts = ({ games = 8, candidates = 246, played, complete = true }: Slate): DateFacts => ({
  games,
  teamsBackWithin: () => 2 * games,
  finalGames: games,
  inputRows: () => candidates,
  inputComplete: () => complete,
  teamsWithGames: (least) => played.filter((count) => count >= least).length,
  previousDateRows: undefined,
});
const allPlayed = (games: number) => Array.from({ length: 30 }, () => games);
const defaults = { min_games: 5, quality_threshold: 0 };
const bounds = (slate: Slate, options: Readonly<Record<string, number>> = defaults) => {
  const { min, max } = expectedPlayerRows(facts(slate), options);
  return [min, max];
};

it('never more rows than upcoming players', () => {
  expect(bounds({ played: allPlayed(4) })).toEqual([0, 246]);
  expect(bounds({ played: allPlayed(4), candidates: 0 })).toEqual([0, 0]);
});

describe('how few are a failure', () => {
  it('nobody need have played enough while no team has twice the games', () => {
    expect(bounds({ played: allPlayed(9) })[0]).toBe(0);
  });

  it('half of them must where every team has twice the games', () => {
    expect(bounds({ played: allPlayed(10) })[0]).toBe(123);
    expect(bounds({ played: allPlayed(10) }, { min_games: 6, quality_threshold: 0 })[0]).toBe(0);
  });

  it('somebody must where a team that plays surely has', () => {
    const played = [...allPlayed(10).slice(0, 20), ...allPlayed(9).slice(0, 10)];
    expect(bounds({ played, games: 6 })[0]).toBe(1);
    // Five games: the ten teams without may be the ones that play.
    expect(bounds({ played, games: 5 })[0]).toBe(0);
  });

  it('nobody without upcoming players, with gaps upstream or under a quality threshold', () => {
    const played = allPlayed(40);
    expect(bounds({ played, candidates: 0 })[0]).toBe(0);
    expect(bounds({ played, complete: false })[0]).toBe(0);
    expect(bounds({ played }, { min_games: 5, quality_threshold: 80 })[0]).toBe(0);
  });
});
