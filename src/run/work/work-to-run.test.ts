import { expect, it } from 'vitest';
import { aRecord } from '../../../tests/support/a-record.ts';
import { aReason } from '../../../tests/support/told-unit.ts';
import { addDays, type GameDate, gameDate } from '../../calendar/game-date.ts';
import { makeLedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import type { PlannedUnit } from '../../plan/plan.ts';
import type { UnitAction } from '../../plan/unit-state.ts';
import { isChain } from './work-to-run.ts';

const first = gameDate('2023-11-01');
const unit = (table: string, date: GameDate, action: UnitAction = 'run'): PlannedUnit => ({
  table,
  date,
  state: 'missing',
  action,
  reason: aReason(''),
  remedy: undefined,
  upstream: undefined,
  rows: undefined,
});
const chunkOf = (units: readonly PlannedUnit[]) =>
  [...Map.groupBy(units, ({ table }) => table)].map(([table, own]) => ({
    table,
    first: own[0]?.date ?? first,
    last: own.at(-1)?.date ?? first,
    units: own,
  }));
const chunk = (days: number, tables: readonly string[], action?: UnitAction) =>
  chunkOf(
    tables.flatMap((table) =>
      Array.from({ length: days }, (_, offset) => unit(table, addDays(first, offset), action)),
    ),
  );
const nothing = makeLedgerSnapshot([]);

it.each([
  ['a night of two tables', chunk(1, ['a', 'b']), true],
  ['a week of two tables', chunk(7, ['a', 'b']), true],
  ['a longer time', chunk(8, ['a', 'b']), false],
  ['one table', chunk(1, ['a']), false],
  [
    'one table to be worked beside one that is done',
    [...chunk(1, ['a']), ...chunk(1, ['b'], 'skip')],
    false,
  ],
  [
    'a night after a long time that is done',
    chunkOf([
      ...Array.from({ length: 100 }, (_, offset) => unit('a', addDays(first, offset), 'skip')),
      unit('a', addDays(first, 100)),
      unit('b', addDays(first, 100)),
    ]),
    true,
  ],
])('%s', (_, units, expected) => {
  expect(isChain(nothing, units)).toBe(expected);
});

it('is no chain where something is recorded', () => {
  const record = aRecord('b', first, { state: 'failed' });
  expect(isChain(makeLedgerSnapshot([record]), chunk(1, ['a', 'b']))).toBe(false);
});
