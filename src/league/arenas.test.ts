import { expect, it } from 'vitest';
import { arenas, milesBetween } from './arenas.ts';
import { places } from './places.ts';

const at = (venue: string) => {
  const arena = arenas.find((candidate) => candidate.venue === venue);
  if (!arena) throw new Error(`no arena ${venue}`);
  return arena;
};
const miles = (a: string, b: string) => Math.round(milesBetween(at(a), at(b)));

it('has one arena per team and season', () => {
  expect(arenas).toHaveLength(31);
  expect(new Set(arenas.map(({ venue }) => venue)).size).toBe(31);
  for (const year of [2021, 2023, 2024, 2030]) {
    const own = arenas.filter(
      (arena) => arena.fromSeasonYear <= year && year <= arena.toSeasonYear,
    );
    expect(new Set(own.map(({ team }) => team)).size).toBe(30);
    expect(own).toHaveLength(30);
  }
});

it('knows the miles between arenas', () => {
  expect(miles('ATL', 'BOS')).toBe(936);
  expect(miles('LAL', 'BOS')).toBe(2592);
  expect(miles('LAL', 'GSW')).toBe(345);
  expect([miles('LAL', 'LAC'), miles('LAL', 'LAC_2024')]).toEqual([0, 8]);
  expect(miles('NYK', 'BKN')).toBe(5);
  expect(miles('MIA', 'POR')).toBe(2704);
  expect([miles('ATL', 'CHA'), miles('ATL', 'CHI')]).toEqual([227, 589]);
  expect([miles('LAL', 'DEN'), miles('LAL', 'PHX')]).toEqual([831, 358]);
  expect([miles('NYK', 'BOS'), miles('BOS', 'MIA'), miles('BOS', 'PHI')]).toEqual([188, 1257, 273]);
  expect([miles('SAS', 'HOU'), miles('DAL', 'HOU'), miles('DEN', 'UTA')]).toEqual([186, 227, 370]);
});

it('has a key of its own for every place, and none on top of another but the one that two share', () => {
  expect(new Set(places.map(({ venue }) => venue)).size).toBe(places.length);
  const neighbours = places.flatMap((a) =>
    places
      .filter((b) => a.venue < b.venue && milesBetween(a, b) < 2)
      .map((b) => `${a.venue} ${b.venue}`),
  );
  expect(neighbours).toEqual(['LAC LAL']);
});

it('has no pair so close to half a mile that a last bit could decide', () => {
  const closest = Math.min(
    ...places.flatMap((a) => places.map((b) => Math.abs((milesBetween(a, b) % 1) - 0.5))),
  );
  expect(closest).toBeGreaterThan(0.0005);
});
