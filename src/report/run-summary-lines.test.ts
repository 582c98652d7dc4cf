import { describe, expect, it } from 'vitest';
import { aReason } from '../../tests/support/told-unit.ts';
import { gameDate } from '../calendar/game-date.ts';
import type { Remedy } from '../plan/remedy.ts';
import type { BlockedUnit, FailedUnit, RunSummary } from '../run/run-summary.ts';
import { runSummaryLines } from './run-summary-lines.ts';

const summary: RunSummary = {
  runId: 'run',
  total: 1200,
  written: 1000,
  unchanged: 3,
  rowsWritten: 376_569,
  mended: 0,
  distrusted: 0,
  removed: 0,
  skipped: { bootstrap: 14, done: 180 },
  blocked: [],
  failed: [],
  failedTables: [],
  otherOptions: [],
  incomplete: [],
  notReached: 0,
  interrupted: false,
  seconds: 72.4,
};
const followUps = {
  retry: (table: string, dates: readonly string[]) => `retry ${table} ${dates.join(',')}`,
  command: (text: string) => `npx backcourt ${text}`,
};
const linesOf = (more: Partial<RunSummary> = {}) =>
  runSummaryLines({ ...summary, ...more }, followUps);
const failedOn = (date: string, table = 'zones'): FailedUnit => ({
  table,
  date: gameDate(date),
  failure: { kind: 'bad_data', text: `${table} ${date}: Conversion Error` },
});
const blockedOn = (date: string, more: Partial<BlockedUnit> = {}): BlockedUnit => ({
  table: 'zones',
  date: gameDate(date),
  state: 'blocked',
  reason: { kind: 'season_input_missing', table: 'games', before: gameDate(date) },
  remedy: undefined,
  ...more,
});

it('begins with one sentence of counts', () => {
  expect(linesOf()).toEqual([
    '',
    '1,200 units: 1,000 written (376,569 rows), 3 unchanged, 194 skipped (14 bootstrap, 180 done), 0 blocked, 0 failed; 1m 12s',
  ]);
});

it('says when there was nothing to do, and only then', () => {
  const nothing = { written: 0, unchanged: 0, rowsWritten: 0 };
  expect(linesOf(nothing).at(-1)).toBe('nothing to do');
  expect(linesOf({ ...nothing, failed: [failedOn('2023-11-15')] })).not.toContain('nothing to do');
  expect(linesOf({ ...nothing, notReached: 2 })).not.toContain('nothing to do');
});

it('says what was not reached, and that an interrupted run can go on', () => {
  const lines = linesOf({ notReached: 3, interrupted: true });
  expect(lines).toContain('3 units not reached');
  expect(lines.some((line) => line.startsWith('interrupted'))).toBe(true);
  expect(linesOf().join('\n')).not.toContain('interrupted');
});

describe('failed dates', () => {
  it('that a check found lead to the files, for a retry alone fails alike', () => {
    const { table, date } = failedOn('2023-11-15');
    const text = 'zones 2023-11-15: two_sides_of_a_game_disagree (1: game 0022300061)';
    const lines = linesOf({ failed: [{ table, date, failure: { kind: 'check_failed', text } }] });
    expect(lines.slice(-5)).toEqual([
      'what a check found stands in the files as a rule, and fails again until sound ones of the date are loaded:',
      '  npx backcourt ingest <files>',
      '',
      'retry with:',
      '  retry zones 2023-11-15',
    ]);
    expect(linesOf({ failed: [failedOn('2023-11-15')] }).join()).not.toContain('ingest');
  });

  it('that a check found of an own table lead to its file, and to no other', () => {
    const text = 'form 2023-11-15: rows_of_one_universal_player_id (1: 201)';
    const unit = { ...failedOn('2023-11-15', 'form'), failure: { kind: 'check_failed', text } };
    const lines = linesOf({ failed: [{ ...unit, definedIn: 'tables/form.sql' } as FailedUnit] });
    expect(lines.slice(-5)).toEqual([
      'what a check found of an own table is mended in its file:',
      '  tables/form.sql',
      '',
      'retry with:',
      '  retry form 2023-11-15',
    ]);
    expect(lines.join()).not.toContain('ingest');
  });

  it('are listed in full, however many, with one retry command per table on a line of its own', () => {
    const zones = Array.from({ length: 60 }, (_, index) =>
      failedOn(`2023-${index < 30 ? 11 : 12}-${String((index % 30) + 1).padStart(2, '0')}`),
    );
    const failed = [...zones, failedOn('2023-11-05', 'caches')];
    const lines = linesOf({ failed });
    for (const { table, date, failure } of failed) {
      expect(lines).toContain(`  ${date}  ${table}  bad_data: ${failure.text}`);
    }
    expect(lines.slice(-3)).toEqual([
      'retry with:',
      `  retry zones ${zones.map(({ date }) => date).join(',')}`,
      '  retry caches 2023-11-05',
    ]);
  });
});

describe('blocked dates', () => {
  const fill = (end: string, tables = ['offense', 'games']): Remedy => ({
    verb: 'run',
    mode: 'backfill',
    tables,
    dates: { kind: 'range', first: gameDate('2023-10-24'), last: gameDate(end) },
  });
  const single = (date: string, tables = ['games']): Remedy => ({
    verb: 'run',
    mode: 'backfill',
    tables,
    dates: { kind: 'list', dates: [gameDate(date)] },
  });
  const filled = (end: string) =>
    `  help: npx backcourt run --backfill --tables offense,games --start-date 2023-10-24 --end-date ${end}`;

  it('of one reason are one line, whatever the day in it, and their help one command over all of them', () => {
    const blocked = ['2023-11-15', '2023-11-16', '2023-11-17'].map((date, index) =>
      blockedOn(date, { remedy: fill(`2023-11-${14 + index}`) }),
    );
    expect(linesOf({ blocked }).slice(2)).toEqual([
      '',
      'blocked:',
      '  zones  2023-11-15 to 2023-11-17, 3 dates  blocked: games has no rows for this season before 2023-11-15',
      filled('2023-11-16'),
    ]);
  });

  it('a single one has no range', () => {
    const lines = linesOf({ blocked: [blockedOn('2023-11-15')] });
    expect(lines.at(-1)).toBe(
      '  zones  2023-11-15  blocked: games has no rows for this season before 2023-11-15',
    );
  });

  it('help for single dates becomes one list of dates', () => {
    const blocked = ['2023-11-16', '2023-11-15'].map((date) =>
      blockedOn(date, { remedy: single(date) }),
    );
    expect(linesOf({ blocked }).at(-1)).toBe(
      '  help: npx backcourt run --backfill --tables games --dates 2023-11-15,2023-11-16',
    );
  });

  it('equal help is given once', () => {
    const blocked = ['2023-11-15', '2023-11-16'].map((date) =>
      blockedOn(date, {
        state: 'not_loaded',
        remedy: { verb: 'ingest', source: 'nba-stats', files: undefined },
      }),
    );
    expect(linesOf({ blocked }).filter((line) => line.includes('help:'))).toEqual([
      '  help: npx backcourt ingest nba-stats <files>',
    ]);
  });

  it('help that other help includes or overlaps is not given', () => {
    const blocked = [
      blockedOn('2023-11-15', { remedy: fill('2023-11-14') }),
      blockedOn('2023-11-16', { remedy: single('2023-11-10') }),
      blockedOn('2023-11-17', { remedy: fill('2023-11-12', ['games']) }),
      blockedOn('2023-11-18', { remedy: single('2023-11-17') }),
      blockedOn('2023-11-19', { remedy: single('2023-11-10', ['zones']) }),
    ];
    expect(linesOf({ blocked }).filter((line) => line.includes('help:'))).toEqual([
      filled('2023-11-17'),
      '  help: npx backcourt run --backfill --tables zones --dates 2023-11-10',
    ]);
  });

  it('of different states or reasons stay apart; tables that wait for the same are told once', () => {
    const blocked = [
      blockedOn('2023-11-15'),
      blockedOn('2023-11-15', { table: 'caches' }),
      ...['a', 'b', 'c', 'd'].map((table) =>
        blockedOn('2023-11-14', { table, reason: aReason('a third') }),
      ),
      blockedOn('2023-11-15', { state: 'not_loaded' }),
      blockedOn('2023-11-15', { reason: aReason('another') }),
    ];
    expect(linesOf({ blocked }).filter((line) => line.startsWith('  '))).toEqual([
      '  zones, caches  2023-11-15  blocked: games has no rows for this season before 2023-11-15',
      '  4 tables  2023-11-14  blocked: a third',
      '  zones  2023-11-15  not_loaded: games has no rows for this season before 2023-11-15',
      '  zones  2023-11-15  blocked: another',
    ]);
  });
});

it('tells a table whose SQL is wrong in one line, what reads it in another, and one command for all', () => {
  const dates = Array.from({ length: 160 }, () => gameDate('2023-11-15'));
  const text = 'data_processors/precompute/cache yields no column steals, which it declares';
  const failedTables = [
    { table: 'cache', fault: { kind: 'definition', text }, dates },
    { table: 'features', fault: { kind: 'reads', table: 'cache' }, dates },
  ] as const;
  const lines = linesOf({ failedTables, failed: [failedOn('2023-11-16')] });
  expect(lines[1]).toContain('0 blocked, 321 failed;');
  expect(lines.slice(2)).toEqual([
    '',
    'failed:',
    `  cache  160 dates  its definition fails: ${text}`,
    '  features  160 dates  not worked: it reads cache',
    '  2023-11-16  zones  bad_data: zones 2023-11-16: Conversion Error',
    '',
    'mend it, then retry with:',
    '  npx backcourt retry run',
  ]);
});

describe('a table of other columns', () => {
  const fault = {
    kind: 'columns',
    table: 'form',
    left: 3,
    first: gameDate('2023-11-10'),
    last: gameDate('2023-11-15'),
  } as const;
  const form = { table: 'form', fault, dates: [gameDate('2023-11-15')] };
  const whole =
    '  npx backcourt run --backfill --tables form --start-date 2023-11-10 --end-date 2023-11-15';

  it('is not tried again with the dates that were refused, but made with all of them', () => {
    const lines = linesOf({ failedTables: [form] });
    expect(lines.slice(-3)).toEqual(['', 'retry with:', whole]);
    expect(lines.join()).not.toContain('backcourt retry');
    expect(linesOf({ failedTables: [{ ...form, dates: [] }] }).at(-1)).toBe(whole);
  });

  it('comes before what reads it, and leaves other dates their own command', () => {
    const { dates } = form;
    const reads = { table: 'reader', fault: { kind: 'reads', table: 'form' }, dates } as const;
    expect(linesOf({ failedTables: [form, reads] }).slice(-3)).toEqual([
      'retry with:',
      whole,
      '  npx backcourt retry run',
    ]);
    const failed = [failedOn('2023-11-16')];
    expect(linesOf({ failedTables: [form], failed }).slice(-3)).toEqual([
      'retry with:',
      whole,
      '  retry zones 2023-11-16',
    ]);
  });
});
