import { expect, it } from 'vitest';
import type { DateFacts } from '../../../src/table/expected-rows.ts';
import { expectedRows } from './expected-rows.ts';

const facts = (teams: number, previousDateRows?: number): DateFacts => ({
  games: 8,
  teamsBackWithin: () => 16,
  finalGames: 8,
  inputRows: () => 170,
  inputComplete: () => true,
  teamsWithGames: () => teams,
  previousDateRows,
});
const defaults = { min_games: 5, quality_threshold: 0 };

it('nobody need have a row before a team has enough games', () => {
  expect(expectedRows(facts(0), defaults)).toMatchObject({
    min: 0,
    why: 'no team has 5 games',
  });
});

it('somebody must, once a team has', () => {
  expect(expectedRows(facts(2), defaults).min).toBe(1);
});

it('never fewer than on the date before', () => {
  expect(expectedRows(facts(30, 348), defaults).min).toBe(348);
  expect(expectedRows(facts(30, 348), { min_games: 5, quality_threshold: 80 }).min).toBe(348);
});

it('asks for nobody where a threshold or a high minimum may leave nobody', () => {
  expect(expectedRows(facts(30), { min_games: 5, quality_threshold: 80 }).min).toBe(0);
  expect(expectedRows(facts(30), { min_games: 40, quality_threshold: 0 }).min).toBe(0);
});
