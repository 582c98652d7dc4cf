import { expect, it } from 'vitest';
import { aRecord } from '../../tests/support/a-record.ts';
import { gameDate } from '../calendar/game-date.ts';
import { makeLedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { retryUnits } from './retry-units.ts';

const days = ['2023-11-01', '2023-11-02', '2023-11-03', '2023-11-04'].map(gameDate);
const record = (index: number, state: 'done' | 'failed', runId: string) =>
  aRecord('cache', days[index] ?? gameDate('2023-11-01'), { state, runId });

it('are those that failed, and those of a table that failed as a whole, but what was made since', () => {
  const run = {
    runId: '20231105T000000Z-aaaaaa',
    verb: 'run',
    request: '{}',
    failedUnits: days.map((date) => ({ table: 'cache', date })),
  } as const;
  const ledger = makeLedgerSnapshot([
    record(0, 'failed', run.runId),
    record(1, 'done', '20231104T000000Z-bbbbbb'),
    record(2, 'done', '20231106T000000Z-cccccc'),
  ]);
  const units = retryUnits(ledger, ['cache'], run);
  expect(units.map(({ date }) => date)).toEqual([days[0], days[1], days[3]]);
});
