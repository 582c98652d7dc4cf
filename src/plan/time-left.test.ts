import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aReason } from '../../tests/support/told-unit.ts';
import { addDays, gameDate } from '../calendar/game-date.ts';
import type { UnitEstimator } from './estimate-plan.ts';
import type { PlannedUnit } from './plan.ts';
import { makeTimeLeft } from './time-left.ts';

function units(count: number, table = 'zones'): readonly PlannedUnit[] {
  return Array.from({ length: count }, (_, index) => ({
    table,
    date: addDays(gameDate('2023-11-01'), index),
    state: 'missing',
    action: 'run',
    reason: aReason(''),
    remedy: undefined,
    upstream: undefined,
    rows: undefined,
  }));
}

const twoSeconds: UnitEstimator = ({ action }) =>
  action === 'run' ? { rows: 10, seconds: 2 } : { rows: 0, seconds: 0 };
const unknown: UnitEstimator = () => undefined;

describe('the time left of a run', () => {
  it('begins with what history makes one expect', () => {
    expect(makeTimeLeft(units(10), twoSeconds).left(0)).toBe(20);
  });

  it('goes down while nothing is finished, and never below nothing', () => {
    const time = makeTimeLeft(units(10), twoSeconds);
    expect([time.left(5), time.left(30)]).toEqual([15, 0]);
  });

  it('follows the pace of this run: twice as slow as history is twice as long', () => {
    const all = units(10);
    const time = makeTimeLeft(all, twoSeconds);
    for (const [index, unit] of all.slice(0, 5).entries()) time.finished(unit, 4 * (index + 1));
    expect(time.left(20)).toBeGreaterThan(17);
    expect(time.left(20)).toBeLessThanOrEqual(20);
  });

  it('is unknown without history until a unit is finished, then goes by counts', () => {
    const all = units(4);
    const time = makeTimeLeft(all, unknown);
    expect(time.left(3)).toBeUndefined();
    if (all[0]) time.finished(all[0], 3);
    expect(time.left(3)).toBeCloseTo(9);
  });

  it('takes a table without history for an average one', () => {
    const mixed: UnitEstimator = (unit) => (unit.table === 'zones' ? twoSeconds(unit) : undefined);
    expect(makeTimeLeft([...units(3), ...units(2, 'cache')], mixed).left(0)).toBe(10);
  });

  it('does not count units that are skipped', () => {
    const skipped = units(5, 'cache').map((unit) => ({ ...unit, action: 'skip' as const }));
    const time = makeTimeLeft([...skipped, ...units(5)], twoSeconds);
    for (const unit of skipped) time.finished(unit, 0.01);
    expect(time.left(0.01)).toBeCloseTo(10, 0);
    expect(makeTimeLeft(skipped, unknown).left(0)).toBe(0);
  });

  it('at a steady pace never goes up, and ends at nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.1, max: 1.9, noNaN: true }),
        (count, pace) => {
          const all = units(count);
          const time = makeTimeLeft(all, twoSeconds);
          let last = time.left(0) ?? 0;
          for (const [index, unit] of all.entries()) {
            const at = (index + 1) * pace;
            time.finished(unit, at);
            const left = time.left(at) ?? 0;
            expect(left).toBeLessThanOrEqual(last + 1e-9);
            last = left;
          }
          expect(last).toBe(0);
        },
      ),
    );
  });
});
