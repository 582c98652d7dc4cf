import { expect, test } from 'vitest';
import { gameDate } from '../calendar/game-date.ts';
import { mergeRemedies, type Remedy, type RunRemedy } from './remedy.ts';

const day = (of: number) => gameDate(`2024-01-${String(of).padStart(2, '0')}`);

function range(tables: readonly string[] | undefined, first: number, last: number): RunRemedy {
  const dates = { kind: 'range', first: day(first), last: day(last) } as const;
  return { verb: 'run', mode: 'backfill', tables, dates };
}

function list(tables: readonly string[], ...days: readonly number[]): RunRemedy {
  return { verb: 'run', mode: 'backfill', tables, dates: { kind: 'list', dates: days.map(day) } };
}

test('runs of history over ranges that overlap become one over all their tables and days', () => {
  expect(mergeRemedies([range(['a', 'b'], 1, 9), range(['b', 'c'], 3, 12)])).toEqual([
    range(['a', 'b', 'c'], 1, 12),
  ]);
  expect(mergeRemedies([range(['a'], 1, 9), range(undefined, 3, 12)])).toEqual([
    range(undefined, 1, 12),
  ]);
});

test('a chain of overlaps becomes one, in whatever order it comes', () => {
  const parts = [range(['a'], 1, 4), range(['b'], 8, 12), range(['c'], 3, 9)];
  expect(mergeRemedies(parts)).toHaveLength(1);
  expect(mergeRemedies(parts.toReversed())).toHaveLength(1);
});

test('a list goes into a range that has its tables, and is not made wider otherwise', () => {
  expect(mergeRemedies([list(['a'], 10), range(['a', 'b'], 1, 9)])).toEqual([
    range(['a', 'b'], 1, 10),
  ]);
  const apart = [list(['c'], 4), range(['a', 'b'], 1, 9)];
  expect(mergeRemedies(apart)).toEqual(apart);
});

test('lists of the same days become one; of other days they stay apart', () => {
  expect(mergeRemedies([list(['a'], 1, 2), list(['b'], 1, 2)])).toEqual([list(['a', 'b'], 1, 2)]);
  const apart = [list(['a'], 1), list(['b'], 1, 2)];
  expect(mergeRemedies(apart)).toEqual(apart);
});

test('what would do more than was asked stays apart: a rewrite, other options, another season, files', () => {
  const rewrite = (remedy: RunRemedy): Remedy => ({ ...remedy, mode: 'rewrite' });
  for (const apart of [
    [rewrite(range(['a'], 1, 9)), rewrite(range(['b'], 3, 12))],
    [range(['a'], 1, 9), { ...range(['b'], 3, 12), options: { min_games: '7' } }],
    [range(['a'], 1, 9), range(['b'], 10, 12)],
    [range(['a'], 1, 9), { verb: 'ingest', source: 'schedule', files: undefined } as const],
  ]) {
    expect(mergeRemedies(apart)).toEqual(apart);
  }
});

test('more days than anybody reads are told by their first and last, but not of a rewrite', () => {
  const days = Array.from({ length: 40 }, (_, index) =>
    gameDate(`2024-0${index < 20 ? 1 : 2}-${String((index % 20) + 1).padStart(2, '0')}`),
  );
  const many = { ...list(['a']), dates: { kind: 'list', dates: days } } as const;
  expect(mergeRemedies([many])).toEqual([
    { ...many, dates: { kind: 'range', first: days[0], last: days.at(-1) } },
  ]);
  const rewrite = { ...many, mode: 'rewrite' } as const;
  expect(mergeRemedies([rewrite])).toEqual([rewrite]);
});
