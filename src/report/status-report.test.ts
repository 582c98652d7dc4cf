import { expect, it } from 'vitest';
import { aReason } from '../../tests/support/told-unit.ts';
import { gameDate } from '../calendar/game-date.ts';
import { type StatusReport, statusJson, statusLines } from './status-report.ts';

const report: StatusReport = {
  warehouse: './b.duckdb',
  dataKind: 'simulated',
  dates: ['2023-11-13', '2023-11-15', '2023-11-16', '2023-11-18'].map((date) => gameDate(date)),
  seasonYears: [2022, 2023],
  raw: [
    { table: 'box', seasonYear: 2022, due: 209, covered: 209, states: { done: 209 }, rows: 27_622 },
    { table: 'box', seasonYear: 2023, due: 205, covered: 204, states: { done: 204 }, rows: 28_086 },
  ],
  computed: [
    {
      table: 'zones',
      seasonYear: 2023,
      due: 198,
      covered: 195,
      states: { bootstrap: 7, done: 193, empty: 2, stale: 2, failed: 1 },
      rows: 1234,
    },
  ],
  listed: [
    {
      table: 'zones',
      date: gameDate('2023-11-15'),
      state: 'failed',
      reason: aReason('last attempt failed: doubled key (1)'),
      remedy: undefined,
    },
    ...['2023-11-13', '2023-11-15', '2023-11-18'].map((date) => ({
      table: 'factors',
      date: gameDate(date),
      state: 'stale' as const,
      reason: {
        kind: 'recomputed_first' as const,
        table: 'zones',
        date: gameDate(date),
      },
      remedy: undefined,
    })),
  ],
  remedies: [{ verb: 'run_stale' }],
  refused: [{ date: '2023-11-20', reason: 'row 7: makes > attempts' }],
};

const followUps = { command: (text: string) => `npx ${text}` };

it('shows the grid table × season, the totals, and then all that is not in order', () => {
  expect(statusLines(report, followUps)).toEqual([
    './b.duckdb: simulated data, 4 game dates in 2 seasons',
    '',
    'table  2022-23  2023-24    rows',
    'box    209/209  204/205  55,708',
    'zones        —  197/198   1,234',
    '',
    'units: 7 bootstrap, 193 done, 2 empty, 2 stale, 1 failed',
    'zones 2023-24: 2 stale, 1 failed',
    '2023-11-20 refused at ingest: row 7: makes > attempts',
    'zones  failed  2023-11-15  last attempt failed: doubled key (1)',
    'factors  stale  2023-11-13 to 2023-11-15, 2 dates  zones 2023-11-13 is recomputed first, and the like',
    'factors  stale  2023-11-18  zones 2023-11-18 is recomputed first',
    'help: npx run --stale',
  ]);
});

it('has no troubles to tell where all is in order', () => {
  const computed = report.computed.map((cell) => ({
    ...cell,
    states: { bootstrap: 7, done: 196, empty: 2, not_yet: 3 },
  }));
  expect(
    statusLines({ ...report, computed, listed: [], refused: [], remedies: [] }, followUps).at(-1),
  ).toBe('units: 7 bootstrap, 196 done, 2 empty, 3 not_yet');
});

it('is no wider than its place, whatever it has to show', () => {
  const seasons = Array.from({ length: 30 }, (_, index) => 1995 + index);
  const cells = seasons.flatMap((seasonYear) =>
    ['box', 'a_table_with_a_rather_long_name'].map((table) => ({
      ...{ table, seasonYear, due: 1234, covered: 1200, states: { done: 1200 }, rows: 1_000_000 },
    })),
  );
  const months = ['2023-10', '2023-11', '2023-12', '2024-01', '2024-02', '2024-03'].map(
    (month) => ({ table: 'zones', month, states: { done: 11, stale: 11, failed: 1, missing: 3 } }),
  );
  const wide = { ...report, seasonYears: seasons, raw: cells, months };
  for (const width of [undefined, 70, 132]) {
    const lines = statusLines(wide, followUps, width).slice(0, -3);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width ?? 80);
    for (const shown of ['1995-96', '2024-25', 'Oct', 'Mar']) {
      expect(lines.filter((line) => line.split(/ +/).includes(shown))).toHaveLength(1);
    }
  }
});

it('as JSON is one object per line with the same numbers', () => {
  const parsed = statusJson(report).map((line): Record<string, unknown> => JSON.parse(line));
  expect(parsed.map(({ type }) => type)).toEqual([
    'warehouse',
    'coverage',
    'coverage',
    'coverage',
    'refused',
    'unit',
    'unit',
    'unit',
    'unit',
    'help',
  ]);
  expect(parsed[0]).toMatchObject({ data_kind: 'simulated', game_dates: 4 });
  expect(parsed[3]).toMatchObject({
    table: 'zones',
    season_year: 2023,
    due: 198,
    covered: 195,
    rows: 1234,
  });
});
