import { expect, it } from 'vitest';
import { gameDate } from '../calendar/game-date.ts';
import type { PlannedUnit } from '../plan/plan.ts';
import { planLines } from './plan-lines.ts';

const unit = (date: string, more: Partial<PlannedUnit>): PlannedUnit => ({
  table: 'zones',
  date: gameDate(date),
  state: 'missing',
  action: 'run',
  reason: 'never written',
  help: undefined,
  upstream: undefined,
  rows: undefined,
  ...more,
});
const linesOf = (units: readonly PlannedUnit[], tables = ['zones']) =>
  planLines(
    { request: { tables, dates: [], backfillMode: true, options: {} }, units },
    { command: (text) => `npx ${text}` },
  );
const gap = { available: 6, scheduled: 12, lookback: 15, complete: false };

it('says per date what would run or is skipped and why, what is missing upstream and what is there', () => {
  const lines = linesOf([
    unit('2023-10-24', { state: 'bootstrap', action: 'skip', reason: 'bootstrap period' }),
    unit('2023-11-04', { state: 'done', action: 'skip', reason: 'inputs unchanged', rows: 348 }),
    unit('2023-11-05', { upstream: gap }),
    unit('2023-11-06', { state: 'stale', reason: 'an input has changed', rows: 1 }),
    unit('2023-11-07', { state: 'no_games', action: 'skip', reason: 'no games scheduled' }),
    unit('2023-11-08', {
      state: 'blocked',
      action: 'block',
      reason: 'games has no partition',
      help: 'backcourt run --tables games',
      rows: 30,
    }),
    unit('2023-11-09', { state: 'not_loaded', action: 'block', reason: 'not there' }),
  ]);
  expect(lines).toEqual([
    'Skipping 2023-10-24 (bootstrap period)',
    '2023-11-04  done  would skip: inputs unchanged, 348 rows there now',
    'warning: 2023-11-05: Only 6/15 Phase 3 days available',
    '2023-11-05  missing  would run: never written',
    '2023-11-06  stale  would run: an input has changed, 1 row there now',
    'Skipping 2023-11-07 (no games scheduled)',
    '2023-11-08  blocked  games has no partition, 30 rows there now; fill it with: npx backcourt run --tables games',
    '2023-11-09  not_loaded  not there',
  ]);
});

it('warns of no gap where the lookback is complete', () => {
  expect(linesOf([unit('2023-11-05', { upstream: { ...gap, complete: true } })])).toHaveLength(1);
});

it('names the table where there are several', () => {
  expect(linesOf([unit('2023-11-05', {})], ['zones', 'factors'])[0]).toBe(
    '2023-11-05  zones    missing  would run: never written',
  );
  const skipped = unit('2023-10-24', { state: 'bootstrap', action: 'skip', reason: 'r' });
  expect(linesOf([skipped], ['zones', 'factors'])[0]).toBe('Skipping 2023-10-24 (r)  zones');
});
