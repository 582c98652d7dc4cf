import { describe, expect, it } from 'vitest';
import { coordinatesOf, venueAt } from './venue-at.ts';

describe('the venue at some coordinates', () => {
  it.each([
    ['the arena itself', 39.7487, -105.0077, 2023, 'DEN', 'DEN'],
    ['a few streets away', 39.7595, -105.0077, 2023, 'DEN', 'DEN'],
    ['more than a mile away', 39.7637, -105.0077, 2023, 'DEN', '39.7637,-105.0077'],
    ['somebody else’s arena', 39.7487, -105.0077, 2023, 'LAL', 'DEN'],
    ['the arena that two share, for the one', 34.043, -118.2673, 2023, 'LAC', 'LAC'],
    ['the arena that two share, for the other', 34.043, -118.2673, 2023, 'LAL', 'LAL'],
    ['the arena that one has left', 34.043, -118.2673, 2024, 'LAC', 'LAL'],
    ['the new arena', 33.945, -118.3431, 2024, 'LAC', 'LAC_2024'],
    ['the new arena before it was one', 33.945, -118.3431, 2023, 'LAC', '33.9450,-118.3431'],
    ['Paris', 48.83859, 2.378501, 2024, 'IND', '48.8386,2.3785'],
    ['beside a hall in Paris', 48.8399, 2.38, 2024, 'IND', '48.8386,2.3785'],
    ['Copenhagen', 55.62501, 12.57969, 2024, 'IND', '55.6250,12.5797'],
    ['nearly nothing below zero', 48.83859, -0.00001, 2024, 'IND', '48.8386,0.0000'],
  ])('%s', (_, lat, lon, seasonYear, home, venue) => {
    expect(venueAt({ lat, lon }, seasonYear, home)).toBe(venue);
  });

  it('gives its coordinates back, an arena has none', () => {
    expect(coordinatesOf('48.8386,-2.3785')).toEqual({ lat: 48.8386, lon: -2.3785 });
    expect(coordinatesOf('LAC_2024')).toBeUndefined();
  });
});
