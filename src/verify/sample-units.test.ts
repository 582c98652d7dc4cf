import { describe, expect, it } from 'vitest';
import { addDays, gameDate } from '../calendar/game-date.ts';
import { sampleUnits } from './sample-units.ts';

const unitsOf = (table: string) =>
  Array.from({ length: 50 }, (_, index) => ({
    table,
    date: addDays(gameDate('2023-11-01'), index),
  }));
const units = [...unitsOf('zones'), ...unitsOf('cache')];

describe('a sample of units', () => {
  it('has so many dates of each table, in order', () => {
    const drawn = sampleUnits(units, 5, 'a');
    for (const table of ['zones', 'cache']) {
      const dates = drawn.filter((unit) => unit.table === table).map(({ date }) => date);
      expect(dates).toHaveLength(5);
      expect(dates).toEqual([...dates].sort());
    }
  });

  it('is the same for the same seed, whatever other tables there are; another for another', () => {
    expect(sampleUnits(units, 5, 'a')).toEqual(sampleUnits(units, 5, 'a'));
    expect(sampleUnits(unitsOf('zones'), 5, 'a')).toEqual(sampleUnits(units, 5, 'a').slice(0, 5));
    expect(sampleUnits(units, 5, 'b')).not.toEqual(sampleUnits(units, 5, 'a'));
  });

  it('is everything for 0, or where there is no more', () => {
    expect(sampleUnits(units, 0, 'a')).toEqual(units);
    expect(sampleUnits(units, 99, 'a')).toEqual(units);
  });
});
