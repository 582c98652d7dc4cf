import { describe, expect, it } from 'vitest';
import { aRecord } from '../../tests/support/a-record.ts';
import { aReason } from '../../tests/support/told-unit.ts';
import { gameDate } from '../calendar/game-date.ts';
import { makeLedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import { estimatePlan, makeUnitEstimator } from './estimate-plan.ts';
import type { PlannedUnit } from './plan.ts';

function record(day: number, rows: number, seconds: number, more: Partial<PartitionRecord> = {}) {
  const date = gameDate(`2023-11-${String(day).padStart(2, '0')}`);
  return aRecord('zones', date, { rows, seconds, secondsIsShare: true, ...more });
}

function unit(more: Partial<PlannedUnit> = {}): PlannedUnit {
  return {
    table: 'zones',
    date: gameDate('2023-11-20'),
    state: 'missing',
    action: 'run',
    reason: aReason(''),
    remedy: undefined,
    upstream: undefined,
    rows: undefined,
    ...more,
  };
}

describe('what a unit is expected to take', () => {
  const history = makeLedgerSnapshot([
    record(1, 10, 1),
    record(2, 20, 4),
    record(3, 30, 3),
    record(4, 999, 999, { state: 'failed' }),
    record(5, 0, 50, { state: 'empty' }),
  ]);
  const estimate = makeUnitEstimator(history);

  it('is the median of the dates that are done; failed and empty ones say nothing', () => {
    expect(estimate(unit())).toEqual({ rows: 20, seconds: 2 });
  });

  it('goes by the rows that stand there', () => {
    expect(estimate(unit({ state: 'stale', rows: 40 }))).toEqual({ rows: 40, seconds: 4 });
  });

  it('is nothing for a unit that is not worked, and unknown without history', () => {
    expect(estimate(unit({ state: 'done', action: 'skip', rows: 5 }))?.seconds).toBe(0);
    expect(estimate(unit({ table: 'cache' }))).toBeUndefined();
  });

  it('adds up, and says how many units nothing is known of', () => {
    const plan = [unit(), unit({ table: 'cache' }), unit({ action: 'skip', state: 'done' })];
    expect(estimatePlan(plan, estimate)).toEqual({
      units: 2,
      unknownUnits: 1,
      rows: 20,
      seconds: 2,
    });
  });
});
