import { describe, expect, it } from 'vitest';
import { aReason } from '../../../tests/support/told-unit.ts';
import { gameDate } from '../../calendar/game-date.ts';
import type { UnitOutcome, UnitResult } from '../../run/work/unit-result.ts';
import { unitLines, upstreamWarning } from './unit-lines.ts';

const resultOf = (outcome: UnitOutcome, more: Partial<UnitResult> = {}): UnitResult => ({
  table: 'zones',
  date: gameDate('2023-11-15'),
  outcome,
  seconds: 0.021,
  upstream: undefined,
  warnings: [],
  ...more,
});
const written: UnitOutcome = { kind: 'written', state: 'done', rows: 348 };
const gap = { available: 6, scheduled: 12, lookback: 15, complete: false };

it('the warning about upstream days has the words of the manual', () => {
  expect(upstreamWarning('2023-11-05', gap)).toBe('2023-11-05: Only 6/15 Phase 3 days available');
});

describe('one table', () => {
  it.each<readonly [string, UnitOutcome, string]>([
    ['written', written, '2023-11-15  done  348 rows  0.02 s'],
    ['written with one row', { ...written, rows: 1 }, '2023-11-15  done  1 row  0.02 s'],
    ['empty', { kind: 'written', state: 'empty', rows: 0 }, '2023-11-15  empty  0 rows  0.02 s'],
    [
      'unchanged',
      { kind: 'unchanged', state: 'done', rows: 1348 },
      '2023-11-15  done  1,348 rows  unchanged, nothing written  0.02 s',
    ],
    [
      'bootstrap',
      { kind: 'skipped', state: 'bootstrap', reason: aReason('bootstrap period'), rows: undefined },
      'Skipping 2023-11-15 (bootstrap period)',
    ],
    [
      'no games',
      {
        kind: 'skipped',
        state: 'no_games',
        reason: aReason('no games scheduled'),
        rows: undefined,
      },
      'Skipping 2023-11-15 (no games scheduled)',
    ],
    [
      'done before',
      { kind: 'skipped', state: 'done', reason: aReason('inputs unchanged'), rows: 348 },
      '2023-11-15  done  348 rows  up to date: inputs unchanged',
    ],
    [
      'blocked',
      {
        kind: 'blocked',
        state: 'blocked',
        reason: aReason('box has no partition'),
        remedy: { verb: 'run_stale' },
      },
      '2023-11-15  blocked  box has no partition',
    ],
    [
      'not loaded',
      { kind: 'blocked', state: 'not_loaded', reason: aReason('not there'), remedy: undefined },
      '2023-11-15  not_loaded  not there',
    ],
    [
      'failed',
      { kind: 'failed', failure: { kind: 'check_failed', text: 'doubled key (1)' } },
      '2023-11-15  failed  check_failed: doubled key (1)',
    ],
  ])('%s', (_, outcome, line) => {
    expect(unitLines(resultOf(outcome), 0)).toEqual([line]);
  });

  it('warnings of checks stand behind the date they belong to', () => {
    const result = resultOf(written, { warnings: ['pace outside 75 to 125 (1)', 'other (2)'] });
    expect(unitLines(result, 0)).toEqual([
      '2023-11-15  done  348 rows  0.02 s  (warning: pace outside 75 to 125 (1); other (2))',
    ]);
  });

  it('warnings of checks are told for rows that came out unchanged, too', () => {
    const unchanged: UnitOutcome = { kind: 'unchanged', state: 'done', rows: 348 };
    const lines = unitLines(resultOf(unchanged, { warnings: ['pace outside 75 to 125 (1)'] }), 0);
    expect(lines.join('\n')).toContain('pace outside 75 to 125 (1)');
  });

  it('a lookback gap is warned of before the date that was worked in spite of it', () => {
    expect(unitLines(resultOf(written, { upstream: gap }), 0)).toEqual([
      'warning: 2023-11-15: Only 6/15 Phase 3 days available',
      '2023-11-15  done  348 rows  0.02 s',
    ]);
  });

  it('no warning where the lookback is complete or nothing was worked', () => {
    expect(unitLines(resultOf(written, { upstream: { ...gap, complete: true } }), 0)).toHaveLength(
      1,
    );
    const skipped: UnitOutcome = { kind: 'skipped', state: 'done', reason: aReason('r'), rows: 1 };
    expect(unitLines(resultOf(skipped, { upstream: gap }), 0)).toHaveLength(1);
  });
});

describe('several tables', () => {
  it('name the table in every line, aligned', () => {
    expect(unitLines(resultOf(written), 8)).toEqual([
      '2023-11-15  zones     done  348 rows  0.02 s',
    ]);
    const skipped: UnitOutcome = {
      kind: 'skipped',
      state: 'bootstrap',
      reason: aReason('bootstrap period'),
      rows: undefined,
    };
    expect(unitLines(resultOf(skipped), 8)).toEqual([
      'Skipping 2023-11-15 (bootstrap period)  zones',
    ]);
  });
});
