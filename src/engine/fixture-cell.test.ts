import { expect, test } from 'vitest';
import type { ColumnType } from '../sql/column-type.ts';
import type { MadeUpCell } from '../table/made-up-context.ts';
import { cellFault } from './fixture-cell.ts';

const decimal: ColumnType = { kind: 'NUMERIC', precision: 5, scale: 1 };
const texts: ColumnType = { kind: 'ARRAY', element: 'STRING' };

test.each<readonly [ColumnType, readonly MadeUpCell[], readonly MadeUpCell[]]>([
  [{ kind: 'INT64' }, [3, -1, 0, null], [3.5, true, '3', [3]]],
  [
    decimal,
    [3.5, '3.5', '3.50', 3, '-1234.5', '0', 0.5],
    [3.55, '3.55', 12345, true, 'x', '', '-.', 1e21],
  ],
  [{ kind: 'BOOL' }, [true, false], [1, 'true']],
  [{ kind: 'STRING' }, ['1', ''], [1, true]],
  [{ kind: 'DATE' }, ['2024-02-29'], ['2024-02-31', 20240229]],
  [{ kind: 'TIMESTAMP' }, ['2024-02-29T20:00:00Z', '2024-02-29 20:00:00'], ['evening', 1]],
  [texts, [[], ['a']], ['a', [1]]],
])('%o', (type, right, wrong) => {
  for (const cell of right) expect(cellFault(type, cell), JSON.stringify(cell)).toBeUndefined();
  for (const cell of wrong)
    expect(cellFault(type, cell)).toContain(`${JSON.stringify(cell)} is no`);
});
