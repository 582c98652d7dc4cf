import { describe, expect, it } from 'vitest';
import type { DateFacts } from '../../../src/table/expected-rows.ts';
import { expectedRows } from './expected-rows.ts';

const facts = (teams: number, complete: boolean): DateFacts => ({
  games: 8,
  teamsBackWithin: () => 16,
  finalGames: 8,
  inputRows: () => 16,
  inputComplete: () => complete,
  teamsWithGames: (games) => (games === 5 ? teams : 0),
  previousDateRows: undefined,
});
const defaults = { min_games: 5, quality_threshold: 0 };
const boundsOf = (given: DateFacts, options: Readonly<Record<string, number>> = defaults) => {
  const { min, max } = expectedRows(given, options);
  return [min, max];
};

describe('with every earlier game there', () => {
  it.each([0, 15, 30])('exactly the %i teams with enough games', (teams) => {
    expect(boundsOf(facts(teams, true))).toEqual([teams, teams]);
  });
});

describe('with gaps upstream', () => {
  it('at most those teams, and not nobody', () => {
    expect(boundsOf(facts(30, false))).toEqual([1, 30]);
  });

  it('nobody, where no team has enough games by the schedule', () => {
    expect(boundsOf(facts(0, false))).toEqual([0, 0]);
  });
});

it('a quality threshold may leave nobody, and never adds anybody', () => {
  const strict = { min_games: 5, quality_threshold: 90 };
  expect(boundsOf(facts(30, true), strict)).toEqual([0, 30]);
});

it('says why in words that a person can check', () => {
  expect(expectedRows(facts(15, true), defaults).why).toBe('15 teams have 5 games');
});
