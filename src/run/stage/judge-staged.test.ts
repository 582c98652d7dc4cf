import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRecord } from '../../../tests/support/a-record.ts';
import { gameDate } from '../../calendar/game-date.ts';
import type { PartitionRecord } from '../../ledger/partition-record.ts';
import { exactly } from '../../table/expected-rows.ts';
import { emptyHash } from '../../table/partition-hash.ts';
import { judgeStaged } from './judge-staged.ts';
import { emptyStagedDate, type StagedDate } from './staged-dates.ts';

const day = gameDate('2023-11-15');
const where = 'zones 2023-11-15';
const anything = { min: 0, max: Number.MAX_SAFE_INTEGER, why: 'anything goes' };

const stagedOf = (rows: number, more: Partial<StagedDate> = {}): StagedDate => ({
  ...emptyStagedDate(day),
  rows,
  dataHash: rows === 0 ? emptyHash : `hash of ${rows}`,
  ...more,
});

const recordOf = (rows: number, more: Partial<PartitionRecord> = {}): PartitionRecord =>
  aRecord('zones', day, { rows, dataHash: 'another hash', fingerprint: 'f', ...more });

const violation = (severity: 'error' | 'warn', count = 2) => ({
  check: 'points_identity',
  severity,
  count,
});

describe('a first writing', () => {
  it('writes what the schedule makes one expect', () => {
    expect(judgeStaged(where, stagedOf(30), exactly(30, ''), undefined, false)).toEqual({
      kind: 'write',
      state: 'done',
      warnings: [],
    });
  });

  it('zero rows where zero may be: empty, and written as such', () => {
    expect(judgeStaged(where, stagedOf(0), anything, undefined, false)).toEqual({
      kind: 'write',
      state: 'empty',
      warnings: [],
    });
  });

  it('zero rows where rows are expected is a failure, never a success', () => {
    const verdict = judgeStaged(
      where,
      stagedOf(0),
      exactly(16, '2 rows for each of 8 games'),
      undefined,
      true,
    );
    expect(verdict).toEqual({
      kind: 'fail',
      failure: {
        kind: 'upstream_missing',
        text: 'zones 2023-11-15: no rows, but 2 rows for each of 8 games; nothing was written',
      },
    });
  });

  it.each([
    [15, '16'],
    [17, '16'],
  ])('%i rows where exactly 16 are expected fail', (rows, expected) => {
    const verdict = judgeStaged(where, stagedOf(rows), exactly(16, '8 games'), undefined, true);
    expect(verdict).toMatchObject({ kind: 'fail', failure: { kind: 'check_failed' } });
    expect(verdict.kind === 'fail' && verdict.failure.text).toBe(
      `zones 2023-11-15: ${rows} rows, expected ${expected} (8 games)`,
    );
  });

  it('says what was expected in words: a span, or at least', () => {
    const text = (min: number, max: number) => {
      const verdict = judgeStaged(where, stagedOf(3), { min, max, why: 'w' }, undefined, false);
      return verdict.kind === 'fail' ? verdict.failure.text : undefined;
    };
    expect(text(5, 9)).toContain('expected 5 to 9 (w)');
    expect(text(5, Number.MAX_SAFE_INTEGER)).toContain('expected at least 5 (w)');
    expect(text(0, 2)).toContain('expected 0 to 2 (w)');
    expect(text(3, 3)).toBeUndefined();
  });
});

describe('checks', () => {
  it('an error fails the date and names the check and how often', () => {
    const staged = stagedOf(30, { violations: [violation('warn'), violation('error', 7)] });
    expect(judgeStaged(where, staged, exactly(30, ''), recordOf(30), true)).toEqual({
      kind: 'fail',
      failure: { kind: 'check_failed', text: 'zones 2023-11-15: points_identity (7)' },
    });
  });

  it('an error among groups of rows names one of them', () => {
    const example = 'game 0022300061';
    const text = (count: number) => {
      const staged = stagedOf(30, { violations: [{ ...violation('error', count), example }] });
      const verdict = judgeStaged(where, staged, exactly(30, ''), recordOf(30), true);
      return verdict.kind === 'fail' && verdict.failure.text;
    };
    expect(text(1)).toBe('zones 2023-11-15: points_identity (1: game 0022300061)');
    expect(text(2)).toBe('zones 2023-11-15: points_identity (2: game 0022300061, …)');
  });

  it('an error fails the date even when the rows are those that stand there', () => {
    const staged = stagedOf(30, { violations: [violation('error')] });
    const record = recordOf(30, { dataHash: staged.dataHash });
    expect(judgeStaged(where, staged, anything, record, true).kind).toBe('fail');
  });

  it('a warning is kept with the date that is written, or that is found unchanged', () => {
    const staged = stagedOf(30, { violations: [violation('warn')] });
    const warnings = ['points_identity (2)'];
    expect(judgeStaged(where, staged, anything, undefined, false)).toMatchObject({ warnings });
    const same = recordOf(30, { dataHash: staged.dataHash });
    expect(judgeStaged(where, staged, anything, same, false)).toEqual({
      kind: 'unchanged',
      state: 'done',
      warnings,
    });
  });
});

describe('rows that stand there', () => {
  it('equal content is not written again', () => {
    const staged = stagedOf(30);
    const record = recordOf(30, { dataHash: staged.dataHash });
    expect(judgeStaged(where, staged, anything, record, false).kind).toBe('unchanged');
  });

  it('equal content after a failed attempt is not written again either', () => {
    const staged = stagedOf(30);
    const failed = recordOf(30, { dataHash: staged.dataHash, state: 'failed' });
    expect(judgeStaged(where, staged, anything, failed, false)).toMatchObject({
      kind: 'unchanged',
      state: 'done',
    });
  });

  it('empty stays empty', () => {
    const record = recordOf(0, { dataHash: emptyHash, state: 'empty' });
    expect(judgeStaged(where, stagedOf(0), anything, record, false)).toMatchObject({
      kind: 'unchanged',
      state: 'empty',
    });
  });

  it('empty after a failure that never wrote is a first writing', () => {
    const record = recordOf(0, { dataHash: undefined, state: 'failed' });
    expect(judgeStaged(where, stagedOf(0), anything, record, false).kind).toBe('write');
  });

  it.each([
    [15, 30, 'write'],
    [14, 30, 'refuse'],
    [16, 31, 'write'],
    [15, 31, 'refuse'],
    [1, 2, 'write'],
    [0, 1, 'refuse'],
    [1, 1, 'write'],
    [60, 30, 'write'],
  ])('%i rows in place of %i: %s', (rows, stored, kind) => {
    expect(judgeStaged(where, stagedOf(rows), anything, recordOf(stored), false).kind).toBe(kind);
    expect(judgeStaged(where, stagedOf(rows), anything, recordOf(stored), true).kind).toBe('write');
  });

  it('a refusal says what would be lost and which flag allows it', () => {
    expect(judgeStaged(where, stagedOf(0), anything, recordOf(30), false)).toEqual({
      kind: 'refuse',
      reason: { kind: 'would_shrink', storedRows: 30, newRows: 0 },
    });
  });

  it('rows that a failed attempt left standing are protected too', () => {
    const failed = recordOf(30, { state: 'failed' });
    expect(judgeStaged(where, stagedOf(3), anything, failed, false).kind).toBe('refuse');
  });
});

it('never writes or keeps a date outside its bounds or with a broken check, and never loses most rows unasked', () => {
  const count = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(
      fc.record({
        rows: count,
        stored: fc.option(count, { nil: undefined }),
        min: count,
        extra: count,
        sameHash: fc.boolean(),
        error: fc.boolean(),
        allowShrink: fc.boolean(),
      }),
      ({ rows, stored, min, extra, sameHash, error, allowShrink }) => {
        const staged = stagedOf(rows, { violations: error ? [violation('error')] : [] });
        const record =
          stored === undefined
            ? undefined
            : recordOf(stored, sameHash ? { dataHash: staged.dataHash } : {});
        const bounds = { min, max: min + extra, why: '' };
        const verdict = judgeStaged(where, staged, bounds, record, allowShrink);
        const sound = !error && rows >= min && rows <= min + extra;
        expect(verdict.kind === 'fail').toBe(!sound);
        if (verdict.kind === 'write' && !allowShrink) {
          expect(2 * rows >= (stored ?? 0)).toBe(true);
        }
        if (verdict.kind === 'unchanged') expect([sameHash, stored]).toEqual([true, rows]);
        if (verdict.kind === 'write' || verdict.kind === 'unchanged') {
          expect(verdict.state).toBe(rows === 0 ? 'empty' : 'done');
        }
      },
    ),
    { numRuns: 500, seed: 51 },
  );
});

describe('candidates that are known', () => {
  const expected = { ...anything, candidates: 187 };
  const kindOf = (rows: number, excluded: number) => {
    const verdict = judgeStaged(where, stagedOf(rows, { excluded }), expected, undefined, false);
    return verdict.kind === 'fail' ? verdict.failure.kind : verdict.kind;
  };

  it('each has a row or is left out with a reason', () => {
    expect([kindOf(180, 7), kindOf(0, 187)]).toEqual(['write', 'write']);
    expect([kindOf(1, 0), kindOf(186, 0), kindOf(187, 1)]).toEqual([
      'check_failed',
      'check_failed',
      'check_failed',
    ]);
    expect([kindOf(0, 0), kindOf(0, 186)]).toEqual(['upstream_missing', 'upstream_missing']);
  });
});
