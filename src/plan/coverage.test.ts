import { expect, it } from 'vitest';
import { aReason } from '../../tests/support/told-unit.ts';
import { gameDate } from '../calendar/game-date.ts';
import { makeSeasonCalendar } from '../calendar/season-calendar.ts';
import { countCoverage } from './coverage.ts';
import type { PlannedUnit } from './plan.ts';
import type { UnitState } from './unit-state.ts';

const days: readonly (readonly [string, number])[] = [
  ['2023-04-08', 2022],
  ['2023-04-09', 2022],
  ['2023-10-24', 2023],
  ['2023-11-01', 2023],
  ['2023-11-02', 2023],
  ['2023-11-03', 2023],
  ['2023-11-04', 2023],
];
const calendar = makeSeasonCalendar(
  days.map(([date, seasonYear]) => ({
    date: gameDate(date),
    seasonYear,
    games: 1,
    teams: [],
    finalTeams: [],
  })),
);

const unit = (table: string, date: string, state: UnitState, rows?: number): PlannedUnit => ({
  table,
  date: gameDate(date),
  state,
  action: 'skip',
  reason: aReason(''),
  remedy: undefined,
  upstream: undefined,
  rows,
});
const planOf = (units: readonly PlannedUnit[]) => ({
  request: { tables: [], dates: [], backfillMode: true, options: {} },
  units,
});

it('counts by table and season what is due, covered and there', () => {
  const cells = countCoverage(
    planOf([
      unit('zones', '2023-04-08', 'done', 30),
      unit('zones', '2023-04-09', 'stale', 29),
      unit('zones', '2023-10-24', 'bootstrap'),
      unit('zones', '2023-11-01', 'empty', 0),
      unit('zones', '2023-11-02', 'done', 15),
      unit('zones', '2023-11-03', 'missing'),
      unit('zones', '2023-11-04', 'not_yet'),
      unit('caches', '2023-11-02', 'blocked'),
      unit('caches', '2023-11-03', 'failed', 7),
    ]),
    calendar,
  );
  expect(cells).toEqual([
    {
      table: 'zones',
      seasonYear: 2022,
      due: 2,
      covered: 1,
      states: { done: 1, stale: 1 },
      rows: 59,
    },
    {
      table: 'zones',
      seasonYear: 2023,
      due: 3,
      covered: 2,
      states: { bootstrap: 1, empty: 1, done: 1, missing: 1, not_yet: 1 },
      rows: 15,
    },
    {
      table: 'caches',
      seasonYear: 2023,
      due: 2,
      covered: 0,
      states: { blocked: 1, failed: 1 },
      rows: 7,
    },
  ]);
});

it('says nothing about nothing', () => {
  expect(countCoverage(planOf([]), calendar)).toEqual([]);
});

it('throws for a day that no season has', () => {
  expect(() => countCoverage(planOf([unit('zones', '2023-11-07', 'done')]), calendar)).toThrow(
    '2023-11-07',
  );
});
