import { describe, expect, it } from 'vitest';
import { aReason } from '../../tests/support/told-unit.ts';
import { gameDate } from '../calendar/game-date.ts';
import { summarise } from '../run/run-summary.ts';
import type { UnitOutcome, UnitResult } from '../run/work/unit-result.ts';
import { alertBody, lackingFiles, warningsOf } from './alert-body.ts';

const resultOf = (outcome: UnitOutcome, warnings: readonly string[] = []): UnitResult => ({
  table: 'zones',
  date: gameDate('2023-11-15'),
  outcome,
  seconds: 0.1,
  upstream: undefined,
  warnings,
});
const written = resultOf({ kind: 'written', state: 'done', rows: 30 }, ['pace_is_constant (1)']);
const failed = resultOf({ kind: 'failed', failure: { kind: 'bad_data', text: 'row 3' } });
const blocked = resultOf({
  kind: 'blocked',
  state: 'blocked',
  reason: aReason('r'),
  remedy: undefined,
});

function bodyOf(results: readonly UnitResult[], exitCode: number, interrupted = false): unknown {
  const body = alertBody({
    verb: 'run',
    asked: { tables: ['zones'] },
    warehouse: 'w.duckdb',
    startedAt: '2023-11-15T12:00:00Z',
    exitCode,
    summary: summarise('id', results.length, results, interrupted, 1),
    warnings: results.flatMap(warningsOf),
  });
  return body && JSON.parse(body);
}

describe('an alert', () => {
  it('names what failed, what is blocked and what was written with a warning', () => {
    expect(bodyOf([written, failed, blocked], 3)).toMatchObject({
      text: 'backcourt run id: 1 unit failed, 1 unit blocked, 1 warning (exit code 3)',
      run_id: 'id',
      exit_code: 3,
      failed: [
        { table: 'zones', date: '2023-11-15', failure: { kind: 'bad_data', text: 'row 3' } },
      ],
      blocked: [{ table: 'zones', date: '2023-11-15', reason: { text: 'r' } }],
      warnings: [{ table: 'zones', date: '2023-11-15', warning: 'pace_is_constant (1)' }],
    });
  });

  it('is made for a warning alone, once: rows that came out equal were told of before', () => {
    expect(bodyOf([written], 0)).toMatchObject({ counts: { warnings: 1 }, exit_code: 0 });
    const unchanged = { ...written, outcome: { kind: 'unchanged', state: 'done', rows: 30 } };
    expect(bodyOf([unchanged as UnitResult], 0)).toBeUndefined();
  });

  it('is not made when all is well, nor when a person has interrupted the run', () => {
    expect(bodyOf([{ ...written, warnings: [] }], 0)).toBeUndefined();
    expect(bodyOf([failed], 130, true)).toBeUndefined();
  });

  it('names at most 200 units of a kind, and counts all', () => {
    const body = bodyOf(
      Array.from({ length: 300 }, () => blocked),
      5,
    );
    expect(body).toMatchObject({ counts: { blocked: 300 } });
    expect(body).toHaveProperty('blocked.length', 200);
  });

  it('of a morning names the files that are due and did not come', () => {
    const date = gameDate('2023-11-14');
    const id = { kind: 'logs', season: 2023, date, gameType: 'regular_season' } as const;
    const game = { ...id, id: '0022300100', status: 'final' } as const;
    const trouble = { kind: 'status', status: 403 } as const;
    const results = [{ id, reason: 'new', outcome: 'refused', trouble } as const];
    const grid = [{ id, game, state: 'refused' } as const];
    const fetched = { results, grid, kept: [], unknownSeasons: [], interrupted: false };
    const morning = {
      verb: 'morning',
      asked: {},
      warehouse: 'w.duckdb',
      startedAt: '',
      exitCode: 3,
    };
    const body = alertBody({ ...morning, files: lackingFiles(fetched) });
    expect(JSON.parse(body ?? '')).toMatchObject({
      text: 'backcourt morning: 1 document not there (exit code 3)',
      files: [
        {
          ...{ document: 'logs', date, state: 'refused', games: ['0022300100'] },
          text: `${date} logs, regular_season: refused, the host answers 403, it refuses`,
        },
      ],
    });
    const again = lackingFiles({ ...fetched, grid: [{ id, game, state: 'fetched' }] });
    expect(again).toMatchObject([
      { games: [], text: expect.stringContaining('what was there stays') },
    ]);
    const whole = lackingFiles({ ...fetched, results: [], grid: [{ id, game, state: 'fetched' }] });
    expect(alertBody({ ...morning, exitCode: 0, files: whole })).toBeUndefined();
    const unknown = lackingFiles({ ...fetched, results: [], grid: [], unknownSeasons: [2023] });
    expect(unknown).toMatchObject([
      { document: 'schedule', date: null, text: 'no 2023-24 schedule' },
    ]);
  });

  it('of a run that could not begin has its error', () => {
    const body = alertBody({
      verb: 'run',
      asked: {},
      warehouse: 'w.duckdb',
      startedAt: '2023-11-15T12:00:00Z',
      exitCode: 6,
      error: 'held by another process',
    });
    expect(JSON.parse(body ?? '')).toMatchObject({
      text: 'backcourt run: held by another process (exit code 6)',
      run_id: null,
      error: 'held by another process',
      counts: { total: 0, failed: 0 },
    });
  });
});

it('tells of a table that failed as a whole', () => {
  const fault = { kind: 'definition', text: 'no column n' } as const;
  const failedTables = [{ table: 'zones', fault, dates: [gameDate('2023-11-15')] }];
  const body = alertBody({
    verb: 'run',
    asked: {},
    warehouse: 'w.duckdb',
    startedAt: '2023-11-15T12:00:00Z',
    exitCode: 3,
    summary: summarise('id', 1, [], false, 1, failedTables),
  });
  expect(JSON.parse(body ?? '')).toMatchObject({
    text: 'backcourt run id: 1 table failed (exit code 3)',
    counts: { failed: 1, not_reached: 0 },
    failed_tables: [
      { table: 'zones', dates: 1, fault: { text: 'its definition fails: no column n' } },
    ],
  });
});
