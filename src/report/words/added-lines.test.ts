import { expect, it } from 'vitest';
import { gameDate } from '../../calendar/game-date.ts';
import type { AddedUnits } from '../../plan/plan.ts';
import { addedLines } from './added-lines.ts';

const days = ['2023-11-10', '2023-11-11', '2023-11-12', '2023-11-13'].map(gameDate);
const upstream = (table: string, count: number): AddedUnits => ({
  table,
  dates: days.slice(0, count),
  why: 'upstream',
  because: ['zones'],
});
const downstream = (table: string, because: readonly string[]): AddedUnits => ({
  table,
  dates: days.slice(3),
  why: 'downstream',
  because,
});

it('tells what was added in one line per reason and set of dates', () => {
  expect(addedLines([])).toEqual([]);
  expect(
    addedLines([
      upstream('offense', 1),
      upstream('defense', 1),
      upstream('players', 4),
      downstream('cache', ['zones']),
      downstream('features', ['zones', 'shots']),
    ]),
  ).toEqual([
    'added offense, defense for 2023-11-10: read by what was asked for',
    'added players for 2023-11-10 to 2023-11-13: read by what was asked for',
    'added cache, features: downstream of zones, shots (--option skip_downstream_trigger=true leaves them out)',
  ]);
});
