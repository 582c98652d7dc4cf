import { describe, expect, test } from 'vitest';
import { ARENA_KEYS, arenaMiles, arenaOfTeam, utcOffsetHours } from './arenas.ts';
import { TEAM_ABBRS } from './nba-teams.ts';

test('every team has an arena in every season, 31 in all', () => {
  const keys = [2021, 2023, 2024].flatMap((season) =>
    TEAM_ABBRS.map((team) => arenaOfTeam(team, season)),
  );
  expect([...new Set(keys)].sort()).toEqual([...ARENA_KEYS].sort());
  expect(ARENA_KEYS).toHaveLength(31);
});

test.each([
  ['LAC', 2023, 'LAC'],
  ['LAC', 2024, 'LAC_2024'],
  ['LAL', 2024, 'LAL'],
])('%s in %i plays in %s', (team, season, arena) => {
  expect(arenaOfTeam(team, season)).toBe(arena);
});

describe('miles', () => {
  test.each([
    ['ATL', 'BOS', 936],
    ['LAL', 'BOS', 2592],
    ['LAL', 'GSW', 345],
    ['LAL', 'LAC', 0],
    ['LAL', 'LAC_2024', 8],
    ['NYK', 'BKN', 5],
    ['MIA', 'POR', 2704],
    ['ATL', 'CHA', 227],
    ['ATL', 'CHI', 589],
    ['LAL', 'DEN', 831],
    ['NYK', 'BOS', 188],
    ['BOS', 'MIA', 1257],
    ['BOS', 'PHI', 273],
    ['SAS', 'HOU', 186],
    ['DAL', 'HOU', 227],
    ['DEN', 'UTA', 370],
    ['LAL', 'PHX', 358],
    ['MEM', 'WAS', 763],
  ])('%s to %s is %i, and back', (from, to, miles) => {
    expect(arenaMiles(from, to)).toBe(miles);
    expect(arenaMiles(to, from)).toBe(miles);
  });

  test('a known venue that is no arena has some, an unknown one none', () => {
    expect(arenaMiles('48.8386,2.3785', 'BOS')).toBe(3439);
    expect(arenaMiles('55.6250,12.5797', 'BOS')).toBeNull();
    expect(arenaMiles('BOS', '55.6250,12.5797')).toBeNull();
  });
});

describe('the clock', () => {
  test.each([
    ['BOS', '2025-03-08', -5],
    ['BOS', '2025-03-09', -4],
    ['BOS', '2024-11-02', -4],
    ['BOS', '2024-11-03', -5],
    ['BOS', '2026-03-07', -5],
    ['BOS', '2026-03-08', -4],
    ['BOS', '2026-10-31', -4],
    ['BOS', '2026-11-01', -5],
    ['PHX', '2025-01-20', -7],
    ['PHX', '2025-04-10', -7],
    ['DEN', '2025-04-10', -6],
    ['LAC_2024', '2025-04-10', -7],
    ['TOR', '2025-04-10', -4],
  ])('at %s on %s is UTC %i', (venue, date, hours) => {
    expect(utcOffsetHours(venue, date)).toBe(hours);
  });

  test('is unknown at a venue that is not known', () => {
    expect(utcOffsetHours('48.8386,2.3785', '2025-01-23')).toBe(1);
    expect(utcOffsetHours('55.6250,12.5797', '2025-01-23')).toBeNull();
  });
});
