import { describe, expect, it } from 'vitest';
import { aReason } from '../../tests/support/told-unit.ts';
import { gameDate } from '../calendar/game-date.ts';
import { findPlanMoves } from './find-plan-moves.ts';
import type { Plan, PlannedUnit } from './plan.ts';
import { makeSavedPlan, type PlannedTable } from './saved-plan.ts';

const day = gameDate('2023-11-15');
const settings = { batchDays: 850, allowShrink: false, skipDownstreamTrigger: true };
const zones: PlannedTable = { name: 'zones', definitionVersion: 'v1', options: '{"min_games":5}' };

function unit(more: Partial<PlannedUnit> = {}): PlannedUnit {
  return {
    table: 'zones',
    date: day,
    state: 'stale',
    action: 'run',
    reason: aReason('an input has changed'),
    remedy: undefined,
    upstream: undefined,
    rows: 30,
    dataHash: 'rows',
    fingerprint: 'inputs',
    ...more,
  };
}

function planOf(...units: readonly PlannedUnit[]): Plan {
  return {
    request: { tables: ['zones'], dates: [day], backfillMode: true, options: {} },
    units,
  };
}

const saved = makeSavedPlan(planOf(unit()), settings, [zones]);

describe('what moved since a plan was saved', () => {
  it('is nothing when the same request makes the same plan', () => {
    expect(findPlanMoves(saved, planOf(unit()), [zones])).toEqual([]);
    expect(makeSavedPlan(planOf(unit()), settings, [zones]).digest).toBe(saved.digest);
  });

  it.each([
    ['state', { state: 'failed' }, 'stale', 'failed'],
    ['inputs', { fingerprint: 'others' }, 'inputs', 'others'],
    ['rows', { dataHash: 'others' }, 'rows', 'others'],
    ['action', { action: 'block' }, 'run', 'block'],
  ] as const)('names the %s of a unit, then and now', (what, more, was, is) => {
    expect(findPlanMoves(saved, planOf(unit(more)), [zones])).toEqual([
      { table: 'zones', date: day, what, was, is },
    ]);
  });

  it.each([
    ['definition', { definitionVersion: 'v2' }, 'v1', 'v2'],
    ['options', { options: '{"min_games":6}' }, '{"min_games":5}', '{"min_games":6}'],
  ] as const)('tells a moved %s once for the table, not per unit', (what, more, was, is) => {
    const now = planOf(unit({ fingerprint: 'others' }));
    expect(findPlanMoves(saved, now, [{ ...zones, ...more }])).toEqual([
      { table: 'zones', date: undefined, what, was, is },
    ]);
  });

  it('tells of a table that is gone, and of units that came or went', () => {
    expect(findPlanMoves(saved, planOf(), [])).toMatchObject([{ is: 'no such table' }]);
    expect(findPlanMoves(saved, planOf(), [zones])).toMatchObject([
      { is: 'no longer in the plan' },
    ]);
    const other = unit({ date: gameDate('2023-11-16') });
    expect(findPlanMoves(saved, planOf(unit(), other), [zones])).toMatchObject([
      { was: 'not in the plan', is: 'stale' },
    ]);
  });
});
