import { expect, it } from 'vitest';
import { int64, type Measure, numeric } from '../sql/column.ts';
import { duckdbDialect as sql } from '../sql/duckdb-dialect.ts';
import { selectList, taken, takenFrom } from './measure.ts';

it('selects each measure under the name of its column', () => {
  const measures = [
    ...taken(int64('points', 'points')),
    ...takenFrom('own', int64('steals', 'steals')),
    int64('blocks', 'blocks', { from: 'box.blk' }),
    numeric('margin', [5, 1], 'margin', { from: (dialect) => dialect.decimal('tenths', 1) }),
  ];
  expect(selectList(measures, sql, 4)).toBe(
    ['points', 'own.steals', 'box.blk AS blocks', `${sql.decimal('tenths', 1)} AS margin`].join(
      ',\n    ',
    ),
  );
});

it.each([
  [{}, sql.ratio('a', 'b', 3)],
  [{ kind: 'signed' }, sql.signedRatio('a', 'b', 3)],
  [{ kind: 'root' }, sql.rootRatio('a', 'b', 3)],
  [{ when: 'c > 0' }, `CASE WHEN c > 0 THEN ${sql.ratio('a', 'b', 3)} END`],
] as const)('rounds a quotient with %j to the decimals of its column', (how, text) => {
  const from = { num: 'a', den: 'b', ...how };
  const share = numeric('share', [5, 3], 'share', { from });
  expect(selectList([share], sql)).toBe(`${text} AS share`);
});

it('takes no column without SQL, and a quotient for no whole number', () => {
  // @ts-expect-error: nothing tells what it is selected by.
  const forgotten: Measure = int64('steals', 'steals', { unit: 'steals' });
  expect(forgotten.from).toBeUndefined();
  const cut: Measure = { ...int64('share', 'share'), from: { num: 'a', den: 'b' } };
  expect(() => selectList([cut], sql)).toThrow('"share" is a quotient, but no decimal');
});
