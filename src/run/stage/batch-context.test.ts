import { expect, it } from 'vitest';
import { gameDate } from '../../calendar/game-date.ts';
import { makeSeasonCalendar } from '../../calendar/season-calendar.ts';
import { date, string } from '../../sql/column.ts';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import { defineTable } from '../../table/table-definition.ts';
import { minGames } from '../../table/table-option.ts';
import { makeTableRegistry } from '../../table/table-registry.ts';
import { unitOptions } from '../../table/unit-options.ts';
import { lastDays, sameDay, seasonToDate } from '../../window/window.ts';
import { makeWindowResolver } from '../../window/window-dates.ts';
import { batchContext } from './batch-context.ts';

const stored = {
  purpose: '',
  partition: 'day',
  key: ['day'],
  cluster: [],
  columns: [date('day', ''), string('team', '')],
  dataset: 'nba_raw',
} as const;
const table = defineTable({
  ...stored,
  kind: 'computed',
  name: 'zones',
  phase: 'precompute',
  inputs: [
    { table: 'box', windows: [lastDays(3), sameDay], required: true },
    { table: 'schedule', windows: [seasonToDate], required: true },
    { table: 'games', windows: [sameDay], columns: ['team', 'day'], required: true },
    { table: 'lines', windows: [sameDay], columns: 'keys', required: true },
  ],
  options: [minGames],
  bootstrap: false,
  lookback: undefined,
  excludes: false,
  checks: [],
  expectedRows: () => ({ min: 0, max: 1, why: '' }),
  rowsSql: () => '',
});
const tables = makeTableRegistry([
  defineTable({ ...stored, kind: 'loaded', name: 'box' }),
  defineTable({ ...stored, kind: 'loaded', name: 'schedule' }),
  defineTable({ ...stored, kind: 'loaded', name: 'props' }),
  ...['games', 'lines'].map((name) =>
    defineTable({ ...table, name, dataset: 'nba_analytics', inputs: [] }),
  ),
  table,
]);
const days = ['2023-10-24', '2023-11-10', '2023-11-12', '2023-11-15'].map(gameDate);
const calendar = makeSeasonCalendar(
  days.map((day) => ({ date: day, seasonYear: 2023, games: 1, teams: [], finalTeams: [] })),
);
const contextFor = (...dates: readonly string[]) =>
  batchContext(
    duckdbDialect,
    { tables, windows: makeWindowResolver(calendar) },
    table,
    unitOptions(table, { min_games: 8 }),
    dates.map((day) => ({
      date: gameDate(day),
      seasonYear: 2023,
      seasonStart: gameDate('2023-10-24'),
      unbrokenSince: gameDate('2023-10-24'),
    })),
  );

const boundsOf = (sql: string) => sql.match(/\d{4}-\d\d-\d\d/g);

it('cuts an input to the days that the windows of one date can reach', () => {
  const context = contextFor('2023-11-15');
  expect(context.input('box')).toContain('FROM nba_raw.box');
  expect(boundsOf(context.input('box'))).toEqual(['2023-11-12', '2023-11-16']);
  expect(boundsOf(context.input('schedule'))).toEqual(['2023-10-24', '2023-11-15']);
});

it('and for a batch to the days that any of its dates can reach', () => {
  const context = contextFor('2023-11-10', '2023-11-15');
  expect(boundsOf(context.input('box'))).toEqual(['2023-11-07', '2023-11-16']);
});

it('shows the declared columns of an input and no other', () => {
  const context = contextFor('2023-11-15');
  expect(context.input('box')).toContain('SELECT *\n');
  expect(context.input('games')).toContain('SELECT day, team\n');
  expect(context.input('lines')).toContain('SELECT day\n');
});

it('refuses an input or an option that is not declared', () => {
  expect(() => contextFor('2023-11-15').input('props')).toThrow('zones does not declare');
  expect(() => contextFor('2023-11-15').option('quality_threshold')).toThrow(
    'zones does not declare the option "quality_threshold"',
  );
  expect(contextFor('2023-11-15').option('min_games')).toBe('8');
});
