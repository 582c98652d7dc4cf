import { describe, expect, it } from 'vitest';
import { aReason } from '../../tests/support/told-unit.ts';
import { gameDate } from '../calendar/game-date.ts';
import { exitCodeOf, summarise } from './run-summary.ts';
import type { UnitOutcome, UnitResult } from './work/unit-result.ts';

const date = gameDate('2023-11-15');
const resultOf = (outcome: UnitOutcome): UnitResult => ({
  table: 'zones',
  date,
  outcome,
  seconds: 0.1,
  upstream: undefined,
  warnings: [],
});

const written = resultOf({ kind: 'written', state: 'done', rows: 30 });
const empty = resultOf({ kind: 'written', state: 'empty', rows: 0 });
const unchanged = resultOf({ kind: 'unchanged', state: 'done', rows: 28 });
const skipped = (state: 'bootstrap' | 'done') =>
  resultOf({ kind: 'skipped', state, reason: aReason('r'), rows: undefined });
const blocked = resultOf({
  kind: 'blocked',
  state: 'blocked',
  reason: aReason('r'),
  remedy: { verb: 'run_stale' },
});
const notLoaded = resultOf({
  kind: 'blocked',
  state: 'not_loaded',
  reason: aReason('r'),
  remedy: undefined,
});
const failed = resultOf({ kind: 'failed', failure: { kind: 'bad_data', text: 't' } });

const summaryOf = (results: readonly UnitResult[], more: { total?: number; stop?: boolean } = {}) =>
  summarise('run', more.total ?? results.length, results, more.stop ?? false, 1.5);

it('adds up every outcome once', () => {
  const results = [
    written,
    empty,
    unchanged,
    skipped('bootstrap'),
    skipped('bootstrap'),
    skipped('done'),
    blocked,
    notLoaded,
    failed,
  ];
  const summary = summaryOf(results, { total: 12 });
  expect(summary).toEqual({
    runId: 'run',
    total: 12,
    written: 2,
    unchanged: 1,
    rowsWritten: 30,
    mended: 0,
    distrusted: 0,
    incomplete: [],
    removed: 0,
    skipped: { bootstrap: 2, done: 1 },
    blocked: [
      {
        table: 'zones',
        date,
        state: 'blocked',
        reason: aReason('r'),
        remedy: { verb: 'run_stale' },
      },
      { table: 'zones', date, state: 'not_loaded', reason: aReason('r'), remedy: undefined },
    ],
    failed: [{ table: 'zones', date, failure: { kind: 'bad_data', text: 't' } }],
    failedTables: [],
    otherOptions: [],
    notReached: 3,
    interrupted: false,
    seconds: 1.5,
  });
});

describe('the exit code', () => {
  it.each([
    ['nothing asked for', [], false, 0],
    ['everything done', [written, unchanged, empty], false, 0],
    ['only skips', [skipped('bootstrap'), skipped('done')], false, 0],
    ['a blocked unit', [written, blocked], false, 5],
    ['a date that is not loaded', [written, notLoaded], false, 5],
    ['a failed unit', [written, failed], false, 3],
    ['failed comes before blocked', [blocked, failed], false, 3],
    ['interrupted comes before both', [blocked, failed], true, 130],
    ['interrupted with nothing wrong', [written], true, 130],
  ])('%s', (_, results, stop, exitCode) => {
    expect(exitCodeOf(summaryOf(results, { stop, total: 10 }))).toBe(exitCode);
  });
});

it('counts the dates of a table that failed as a whole, and is no success', () => {
  const fault = { kind: 'definition', text: 't' } as const;
  const failedTables = [{ table: 'zones', fault, dates: [date, date] }];
  const summary = summarise('run', 5, [written], false, 1, failedTables);
  expect([summary.notReached, exitCodeOf(summary)]).toEqual([2, 3]);
});
