import { expect, test } from 'vitest';
import { compareFeatures } from './feature-contract.ts';

const names = ['points_avg_last_5', 'pace', 'rest'];
const contract = {
  version: 'v2',
  features: names.map((name) => ({ name, unit: undefined, nullWhen: undefined, range: undefined })),
};
const nothing = { missing: [], unknown: [], misplaced: [], doubled: [], otherVersions: [] };

test.each([
  ['the list itself', { names, isList: true, versions: [] }, {}],
  [
    'columns in another order among others',
    { names: ['rest', 'id', 'pace', 'points_avg_last_5'], isList: false, versions: ['v2'] },
    {},
  ],
  [
    'a list in another order',
    { names: ['pace', 'points_avg_last_5', 'rest'], isList: true, versions: [] },
    {
      misplaced: [
        { position: 0, name: 'pace', expected: 'points_avg_last_5' },
        { position: 1, name: 'points_avg_last_5', expected: 'pace' },
      ],
    },
  ],
  [
    'one that lacks, and one that is none',
    { names: ['points_avg_last_5', 'tempo', 'rest'], isList: true, versions: [] },
    { missing: ['pace'], unknown: ['tempo'] },
  ],
  ['one twice', { names: [...names, 'rest'], isList: true, versions: [] }, { doubled: ['rest'] }],
  [
    'rows of another version',
    { names, isList: false, versions: ['v1', 'v2'] },
    { otherVersions: ['v1'] },
  ],
])('%s', (_, given, expected) => {
  expect(compareFeatures(contract, given)).toEqual({ ...nothing, ...expected });
});
