import { expect, test } from 'vitest';
import { aRecord } from '../../tests/support/a-record.ts';
import { gameDate } from '../calendar/game-date.ts';
import { differenceFromRecord, type PartitionEvidence } from './partition-evidence.ts';
import type { PartitionRecord } from './partition-record.ts';

const record = aRecord('team_offense_game_summary', gameDate('2023-11-15'), {
  rows: 5,
  dataHash: 'd1',
  keyHash: 'k1',
});
const found: PartitionEvidence = {
  rows: 5,
  dataHash: 'd1',
  keyHash: 'k1',
  projectionHashes: '{"a1":"p1","b2":"p2"}',
  changedRows: 0,
};

test.each<[string, Partial<PartitionRecord>, Partial<PartitionEvidence>, string | undefined]>([
  ['equal', {}, {}, undefined],
  ['other rows', {}, { rows: 4 }, '4 rows, the ledger says 5'],
  [
    'a changed row',
    {},
    { changedRows: 1 },
    'rows whose values are not those of their data_hash: 1',
  ],
  ['another hash', {}, { dataHash: 'd2' }, 'the hash of the rows is d2, the ledger says d1'],
  ['another key hash', {}, { keyHash: 'k2' }, 'the key hash of the rows is k2, the ledger says k1'],
  [
    'another hash of a projection',
    { projectionHashes: '{"a1":"p1","b2":"p0"}' },
    {},
    'the hash of projection b2 of the rows is p2, the ledger says p0',
  ],
  [
    'a record from before a projection was read',
    { projectionHashes: '{"c3":"p3"}' },
    {},
    undefined,
  ],
  ['a record from before there were projections', { projectionHashes: undefined }, {}, undefined],
  ['a raw table has no key hash', { keyHash: undefined }, { keyHash: undefined }, undefined],
  [
    'no hash on record',
    { dataHash: undefined },
    {},
    'the hash of the rows is d1, the ledger has none',
  ],
])('%s', (_, recorded, there, difference) => {
  expect(differenceFromRecord({ ...record, ...recorded }, { ...found, ...there })).toBe(difference);
});

test('no rows where there should be some', () => {
  expect(differenceFromRecord(record, undefined)).toBe('0 rows, the ledger says 5');
});
