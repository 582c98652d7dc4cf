import { describe, expect, it } from 'vitest';
import { gameTypeOf, restoreGameId, seasonYearOf } from './game-id.ts';

describe('seasonYearOf', () => {
  it.each([
    ['0022300634', 2023],
    ['0041900406', 2019],
    ['0022000001', 2020],
    ['0024600001', 1946],
    ['0029600001', 1996],
    ['0029900001', 1999],
    ['0020000001', 2000],
    ['0024500001', 2045],
  ])('%s → %i', (id, year) => {
    expect(seasonYearOf(id)).toBe(year);
  });
});

describe('gameTypeOf', () => {
  it.each([
    ['0022300001', 'regular_season'],
    ['0042300401', 'playoffs'],
    ['0052300101', 'play_in'],
    ['0062300001', 'cup_final'],
    ['0012300001', undefined],
    ['0032300001', undefined],
    ['0072300001', undefined],
    ['1022300001', undefined],
  ])('%s → %s', (id, type) => {
    expect(gameTypeOf(id)).toBe(type);
  });
});

describe('restoreGameId', () => {
  it('gives back the zeros a CSV copy has lost', () => {
    expect(restoreGameId('22300634')).toBe('0022300634');
    expect(restoreGameId('0022300634')).toBe('0022300634');
  });
});
