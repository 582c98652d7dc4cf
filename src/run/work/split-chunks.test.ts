import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aReason } from '../../../tests/support/told-unit.ts';
import { addDays, type GameDate, gameDate } from '../../calendar/game-date.ts';
import { makeSeasonCalendar } from '../../calendar/season-calendar.ts';
import type { PlannedUnit } from '../../plan/plan.ts';
import { loadTables } from '../../table/table-registry.ts';
import { splitChunks } from './split-chunks.ts';

const tables = await loadTables();

const first = gameDate('2023-11-01');
const unit = (table: string, date: GameDate): PlannedUnit => ({
  table,
  date,
  state: 'missing',
  action: 'run',
  reason: aReason(''),
  remedy: undefined,
  upstream: undefined,
  rows: undefined,
});
const calendarOf = (dates: readonly GameDate[]) =>
  makeSeasonCalendar(
    dates.map((date) => ({ date, seasonYear: 2023, games: 1, teams: [], finalTeams: [] })),
  );
const unitsOf = (tables: readonly string[], dates: readonly GameDate[]) =>
  tables.flatMap((table) => dates.map((date) => unit(table, date)));

describe('a plan of two tables and seven days, one of them without games', () => {
  const days = Array.from({ length: 7 }, (_, offset) => addDays(first, offset));
  const calendar = calendarOf(days.filter((date) => date !== '2023-11-04'));
  const units = unitsOf(['games', 'zones'], days);
  const shown = (batchDays: number) =>
    splitChunks(units, { calendar, tables }, batchDays)
      .flat()
      .map((batch) => `${batch.table} ${batch.first} ${batch.last} ${batch.units.length}`);

  it('goes chunk by chunk, within each table by table', () => {
    expect(shown(3)).toEqual([
      'games 2023-11-01 2023-11-04 4',
      'zones 2023-11-01 2023-11-04 4',
      'games 2023-11-05 2023-11-07 3',
      'zones 2023-11-05 2023-11-07 3',
    ]);
  });

  it('is day by day with one date per batch, the day without games beside the one before', () => {
    expect(shown(1).filter((line) => line.startsWith('games'))).toEqual([
      'games 2023-11-01 2023-11-01 1',
      'games 2023-11-02 2023-11-02 1',
      'games 2023-11-03 2023-11-04 2',
      'games 2023-11-05 2023-11-05 1',
      'games 2023-11-06 2023-11-06 1',
      'games 2023-11-07 2023-11-07 1',
    ]);
  });

  it('is one batch per table when everything fits', () => {
    expect(shown(6)).toEqual(['games 2023-11-01 2023-11-07 7', 'zones 2023-11-01 2023-11-07 7']);
  });
});

it('a wide table is worked in fewer dates at once than the others of its days, and its dates are all there', () => {
  const days = Array.from({ length: 600 }, (_, offset) => addDays(first, offset));
  const [wide, narrow] = ['ml_feature_store_v2', 'team_offense_game_summary'] as const;
  const units = unitsOf([narrow, wide], days);
  const batches = splitChunks(units, { calendar: calendarOf(days), tables }, 850).flat();
  const own = batches.filter(({ table }) => table === wide);
  expect(batches.length - own.length).toBe(1);
  expect(own.length).toBeGreaterThan(1);
  const { columns } = tables.table(wide);
  for (const batch of own) expect(batch.units.length * columns.length).toBeLessThanOrEqual(60_000);
  expect(own.flatMap((batch) => batch.units.map(({ date }) => date))).toEqual(days);
});

it('nothing to do makes no batches', () => {
  expect(splitChunks([], { calendar: calendarOf([first]), tables }, 10)).toEqual([]);
});

it('days without games alone make one batch', () => {
  const days = [first, addDays(first, 1)];
  expect(
    splitChunks(unitsOf(['games'], days), { calendar: calendarOf([]), tables }, 1),
  ).toHaveLength(1);
});

it('holds every unit exactly once, in batches of at most so many game dates, an earlier table and date always first', () => {
  const offsets = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 });
  const namesOfTables = fc.shuffledSubarray(['offense', 'games', 'zones', 'cache'], {
    minLength: 1,
  });
  fc.assert(
    fc.property(
      offsets,
      offsets,
      namesOfTables,
      fc.integer({ min: 1, max: 20 }),
      (asked, played, names, batchDays) => {
        const dates = asked.toSorted((a, b) => a - b).map((offset) => addDays(first, offset));
        const calendar = calendarOf(played.map((offset) => addDays(first, offset)));
        const units = unitsOf(names, dates);
        const batches = splitChunks(units, { calendar, tables }, batchDays).flat();
        const out = batches.flatMap((batch) => batch.units);
        expect(new Set(out)).toEqual(new Set(units));
        expect(out).toHaveLength(units.length);
        for (const batch of batches) {
          const own = batch.units.map(({ date }) => date);
          expect(own).toEqual(own.toSorted());
          expect([batch.first, batch.last]).toEqual([own[0], own.at(-1)]);
          expect(batch.units.every(({ table }) => table === batch.table)).toBe(true);
          const gameDates = own.filter((date) => calendar.scheduled(date));
          expect(gameDates.length).toBeLessThanOrEqual(batchDays);
        }
        // A unit may read every earlier table of its own and of earlier dates.
        const position = new Map(out.map(({ table, date }, index) => [`${table} ${date}`, index]));
        for (const [index, name] of names.entries()) {
          for (const earlier of names.slice(0, index)) {
            for (const date of dates) {
              expect(position.get(`${earlier} ${date}`)).toBeLessThan(
                position.get(`${name} ${date}`) ?? -1,
              );
            }
          }
        }
        const fullest = batches.filter(({ table }) => table === names[0]).slice(0, -1);
        for (const batch of fullest) {
          const gameDates = batch.units.filter(({ date }) => calendar.scheduled(date));
          expect(gameDates).toHaveLength(batchDays);
        }
      },
    ),
    { numRuns: 100, seed: 52 },
  );
});
