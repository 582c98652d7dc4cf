import { expect, it } from 'vitest';
import { aReason } from '../../tests/support/told-unit.ts';
import { gameDate } from '../calendar/game-date.ts';
import { type StatusReport, statusJson, statusLines } from './status-report.ts';

const report: StatusReport = {
  warehouse: './b.duckdb',
  dataKind: 'simulated',
  gameDates: 414,
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
      action: 'run',
      reason: aReason('last attempt failed: doubled key (1)'),
      remedy: undefined,
      upstream: undefined,
      rows: undefined,
    },
  ],
  refused: [{ date: '2023-11-20', reason: 'row 7: makes > attempts' }],
};

const followUps = { command: (text: string) => `npx ${text}` };

it('shows the grid table × season, the totals, and then all that is not in order', () => {
  expect(statusLines(report, followUps)).toEqual([
    './b.duckdb: simulated data, 414 game dates in 2 seasons',
    '',
    'table  2022-23  2023-24    rows',
    'box    209/209  204/205  55,708',
    'zones        —  195/198   1,234',
    '',
    'units: 7 bootstrap, 193 done, 2 empty, 2 stale, 1 failed',
    'zones 2023-24: 2 stale, 1 failed',
    '2023-11-20 refused at ingest: row 7: makes > attempts',
    '2023-11-15  zones  failed  last attempt failed: doubled key (1)',
  ]);
});

it('has no troubles to tell where all is in order', () => {
  const computed = report.computed.map((cell) => ({
    ...cell,
    states: { bootstrap: 7, done: 196, empty: 2, not_yet: 3 },
  }));
  expect(statusLines({ ...report, computed, listed: [], refused: [] }, followUps).at(-1)).toBe(
    'units: 7 bootstrap, 196 done, 2 empty, 3 not_yet',
  );
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
  ]);
  expect(parsed[0]).toMatchObject({ data_kind: 'simulated', game_dates: 414 });
  expect(parsed[3]).toMatchObject({
    table: 'zones',
    season_year: 2023,
    due: 198,
    covered: 195,
    rows: 1234,
  });
});
