import { expect, it } from 'vitest';
import { isComputed, loadTables } from '../table/table-registry.ts';

const tables = await loadTables();

/** Computed tables of whose earlier dates a table reads: what the lookback rule has to count. */
const histories = tables.computed.map((table) => ({
  name: table.name,
  counted: table.lookback?.tables ?? [],
  read: table.inputs
    .filter(({ table: name, windows }) => {
      const input = tables.get(name);
      return (
        input !== undefined &&
        isComputed(input) &&
        input.phase !== 'raw' &&
        windows.some(({ kind }) => kind !== 'sameDay' && kind !== 'undated')
      );
    })
    .map((input) => input.table),
}));

it.each(histories.filter(({ read }) => read.length > 0))(
  '$name is held to every history that it reads',
  ({ counted, read }) => {
    expect(counted).toEqual(expect.arrayContaining(read));
  },
);

it('somebody reads a history', () => {
  expect(histories.some(({ read }) => read.length > 0)).toBe(true);
});
