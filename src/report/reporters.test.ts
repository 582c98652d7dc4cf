import { describe, expect, it } from 'vitest';
import { aReason } from '../../tests/support/told-unit.ts';
import { addDays, type GameDate, gameDate } from '../calendar/game-date.ts';
import { summarise } from '../run/run-summary.ts';
import type { UnitOutcome, UnitResult } from '../run/work/unit-result.ts';
import { makeJsonReporter } from './json-reporter.ts';
import type { RunReporter } from './reporter.ts';
import { makeTextReporter } from './text-reporter.ts';

const first = gameDate('2023-11-01');
const day = (offset: number): GameDate => addDays(first, offset);
const resultOf = (offset: number, outcome: UnitOutcome, table = 'zones'): UnitResult => ({
  table,
  date: day(offset),
  outcome,
  seconds: 0.5,
  upstream: undefined,
  warnings: [],
});
const written: UnitOutcome = { kind: 'written', state: 'done', rows: 100 };
const bootstrap: UnitOutcome = {
  kind: 'skipped',
  state: 'bootstrap',
  reason: aReason('bootstrap period'),
  rows: undefined,
};
const noGames = (reason = 'no games scheduled'): UnitOutcome => ({
  kind: 'skipped',
  state: 'no_games',
  reason: aReason(reason),
  rows: undefined,
});
const failed: UnitOutcome = { kind: 'failed', failure: { kind: 'bad_data', text: 't' } };
const header = {
  verb: 'run',
  tables: ['zones'],
  first: '2023-11-01',
  last: '2023-11-30',
  dates: 30,
  warehouse: './b.duckdb',
  dataKind: 'real',
};
const followUps = {
  retry: (table: string, dates: readonly string[]) => `retry ${table} ${dates.join(',')}`,
  command: (text: string) => text,
};

const days = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + index);

function linesOf(
  make: (print: (line: string) => void) => RunReporter,
  use: (reporter: RunReporter) => void,
): readonly string[] {
  const lines: string[] = [];
  use(make((line) => lines.push(line)));
  return lines;
}
const textOf = (results: readonly UnitResult[], tables: readonly string[] = ['zones']) =>
  linesOf(makeTextReporter, (reporter) => {
    reporter.header({ ...header, tables });
    for (const result of results) reporter.unit(result);
    reporter.summary(summarise('run', results.length, results, false, 1), followUps);
  });
const tallies = (lines: readonly string[]) => lines.filter((line) => line.startsWith('---'));

describe('the header', () => {
  const headerOf = (more: Partial<typeof header>) =>
    linesOf(makeTextReporter, (reporter) => reporter.header({ ...header, ...more }))[0];

  it('says what, over which days, where', () => {
    expect(headerOf({})).toBe('run zones: 2023-11-01 to 2023-11-30, 30 dates, ./b.duckdb');
    expect(headerOf({ last: '2023-11-01', dates: 1 })).toBe('run zones: 2023-11-01, ./b.duckdb');
    expect(headerOf({ tables: ['zones', 'games'] })).toContain('run 2 tables: ');
  });

  it('says when the data are simulated', () => {
    expect(headerOf({ dataKind: 'simulated' })).toContain('simulated data');
  });
});

describe('the tally', () => {
  it('comes after every ten game dates, with sums so far', () => {
    const results = days(0, 25).map((offset) =>
      resultOf(offset, offset < 3 ? bootstrap : offset === 5 ? failed : written),
    );
    const lines = textOf(results);
    expect(tallies(lines)).toEqual([
      '--- 10 dates: 6 done, 3 skipped, 1 failed or blocked, 600 rows, 5.00 s',
      '--- 20 dates: 16 done, 3 skipped, 1 failed or blocked, 1,600 rows, 10.00 s',
    ]);
    expect(lines.indexOf(tallies(lines)[0] ?? '')).toBe(1 + 10);
  });

  it('does not count days without games', () => {
    const results = days(0, 12).map((offset) =>
      resultOf(offset, offset % 2 === 0 ? written : noGames()),
    );
    expect(tallies(textOf(results))).toEqual([]);
  });

  it('is kept for each table', () => {
    const results = days(0, 10).flatMap((offset) => [
      resultOf(offset, written, 'games'),
      resultOf(offset, written, 'zones'),
    ]);
    expect(tallies(textOf(results, ['games', 'zones']))).toEqual([
      '--- games 10 dates: 10 done, 0 skipped, 0 failed or blocked, 1,000 rows, 5.00 s',
      '--- zones 10 dates: 10 done, 0 skipped, 0 failed or blocked, 1,000 rows, 5.00 s',
    ]);
  });
});

describe('dates that stand', () => {
  const stands = (rows: number, reason = 'inputs unchanged'): UnitOutcome => ({
    kind: 'skipped',
    state: 'done',
    reason: aReason(reason),
    rows,
  });

  it('are told in one line from eight in a row on, and what was worked by itself', () => {
    const results = days(0, 30).map((offset) =>
      resultOf(offset, offset === 12 ? written : offset > 24 ? bootstrap : stands(5)),
    );
    expect(textOf(results).slice(1, 9)).toEqual([
      '2023-11-01 to 2023-11-12  done  12 dates, 60 rows  up to date: inputs unchanged',
      '2023-11-13  done  100 rows  0.50 s',
      '2023-11-14 to 2023-11-25  done  12 dates, 60 rows  up to date: inputs unchanged',
      ...[26, 27, 28, 29, 30].map((one) => `Skipping 2023-11-${one} (bootstrap period)`),
    ]);
    expect(textOf(days(0, 7).map((offset) => resultOf(offset, stands(5))))).toContain(
      '2023-11-03  done  5 rows  up to date: inputs unchanged',
    );
  });

  it('are told one by one where somebody asks for all', () => {
    const all = (print: (line: string) => void) => makeTextReporter(print, { isVerbose: true });
    const lines = linesOf(all, (reporter) => {
      for (const offset of days(0, 20)) reporter.unit(resultOf(offset, stands(5)));
    });
    expect(lines.filter((line) => line.endsWith('up to date: inputs unchanged'))).toHaveLength(20);
  });

  it('are not folded over another reason or table', () => {
    const results = [
      ...days(0, 5).map((offset) => resultOf(offset, stands(5))),
      ...days(5, 5).map((offset) => resultOf(offset, stands(5, 'other options'))),
      ...days(10, 5).map((offset) => resultOf(offset, stands(5, 'other options'), 'games')),
    ];
    expect(textOf(results, ['zones', 'games']).join('\n')).not.toContain(' to 2023-11-0');
  });
});

describe('days without games', () => {
  const skips = (lines: readonly string[]) => lines.filter((line) => line.startsWith('Skipping'));

  it('are told one by one up to a week', () => {
    const lines = textOf(days(0, 7).map((offset) => resultOf(offset, noGames())));
    expect(skips(lines)).toHaveLength(7);
    expect(skips(lines)[0]).toBe('Skipping 2023-11-01 (no games scheduled)');
  });

  it('and in one line from eight on', () => {
    const results = [
      resultOf(0, written),
      ...days(1, 8).map((offset) => resultOf(offset, noGames('between seasons'))),
      resultOf(9, written),
    ];
    expect(textOf(results).slice(1, 4)).toEqual([
      '2023-11-01  done  100 rows  0.50 s',
      'Skipping 2023-11-02 to 2023-11-09 (between seasons), 8 dates',
      '2023-11-10  done  100 rows  0.50 s',
    ]);
  });

  it('that end the run are told before the summary', () => {
    const lines = textOf(days(0, 8).map((offset) => resultOf(offset, noGames())));
    expect(lines[1]).toBe('Skipping 2023-11-01 to 2023-11-08 (no games scheduled), 8 dates');
    expect(lines[3]).toContain('8 units');
  });

  it('are not joined over a gap in the request', () => {
    const results = [...days(0, 5), ...days(20, 5)].map((offset) => resultOf(offset, noGames()));
    expect(skips(textOf(results))).toHaveLength(10);
  });

  it('are not joined over two tables', () => {
    const results = ['games', 'zones'].flatMap((table) =>
      days(0, 8).map((offset) => resultOf(offset, noGames(), table)),
    );
    expect(skips(textOf(results, ['games', 'zones']))).toEqual([
      'Skipping 2023-11-01 to 2023-11-08 (no games scheduled), 8 dates  games',
      'Skipping 2023-11-01 to 2023-11-08 (no games scheduled), 8 dates  zones',
    ]);
  });

  it('of different reasons are not told under the reason of the first', () => {
    const results = days(0, 16).map((offset) =>
      resultOf(offset, noGames(offset < 8 ? 'between seasons: 2022 is over' : 'off-season')),
    );
    expect(skips(textOf(results))).toEqual([
      'Skipping 2023-11-01 to 2023-11-08 (between seasons: 2022 is over), 8 dates',
      'Skipping 2023-11-09 to 2023-11-16 (off-season), 8 dates',
    ]);
  });

  it('bootstrap days are never folded', () => {
    const lines = textOf(days(0, 14).map((offset) => resultOf(offset, bootstrap)));
    expect(skips(lines)).toHaveLength(14);
  });
});

describe('as JSON', () => {
  const results = [
    resultOf(0, written),
    resultOf(1, failed),
    resultOf(2, failed),
    resultOf(3, {
      kind: 'blocked',
      state: 'blocked',
      reason: aReason('a "quoted"\nreason'),
      remedy: { verb: 'run_stale' },
    }),
  ];
  const lines = linesOf(makeJsonReporter, (reporter) => {
    reporter.header(header);
    for (const result of results) reporter.unit(result);
    reporter.summary(summarise('id', 5, results, true, 1.25), followUps);
  });
  const parsed = lines.map((line): Record<string, unknown> => JSON.parse(line));

  it('every line is one object with a type', () => {
    expect(parsed.map(({ type }) => type)).toEqual([
      'header',
      'unit',
      'unit',
      'unit',
      'unit',
      'summary',
    ]);
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
  });

  it('has the fields of the text', () => {
    expect(parsed[0]).toMatchObject({ verb: 'run', tables: ['zones'], data_kind: 'real' });
    expect(parsed[1]).toMatchObject({ outcome: 'written', state: 'done', rows: 100, seconds: 0.5 });
    expect(parsed[2]).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'bad_data', text: 't' },
    });
    expect(parsed[4]).toMatchObject({
      outcome: 'blocked',
      reason: { kind: 'recorded', text: 'a "quoted"\nreason' },
      remedy: { verb: 'run_stale', command: 'backcourt run --stale' },
    });
    expect(parsed[5]).toMatchObject({
      run_id: 'id',
      total: 5,
      written: 1,
      unchanged: 0,
      rows_written: 100,
      not_reached: 1,
      interrupted: true,
      seconds: 1.25,
      retry: ['retry zones 2023-11-02,2023-11-03'],
    });
    expect(parsed[5]?.['failed']).toHaveLength(2);
  });
});
