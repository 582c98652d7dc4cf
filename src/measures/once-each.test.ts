import { expect, test } from 'vitest';
import { onceEach } from './once-each.ts';

const saying = ({ from }: { readonly from: string }) => [from];

test('what two measures need alike is there once', () => {
  const points = { name: 'points_10', from: 'points' };
  expect(onceEach([points, { ...points }], saying)).toEqual([points]);
});

test('two of a name that are not the same are no two measures of one value', () => {
  const both = [
    { name: 'games_if_1', from: 'points >= 5' },
    { name: 'games_if_1', from: 'points >= 17' },
  ];
  expect(() => onceEach(both, saying)).toThrow('games_if_1');
});
