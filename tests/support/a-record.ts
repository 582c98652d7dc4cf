import type { GameDate } from '../../src/calendar/game-date.ts';
import type { PartitionRecord } from '../../src/ledger/partition-record.ts';

/** The record of a date on which a run has just succeeded with four rows; `more` is what a test is about. */
export function aRecord(
  table: string,
  date: GameDate,
  more: Partial<PartitionRecord> = {},
): PartitionRecord {
  return {
    table,
    date,
    state: 'done',
    reason: undefined,
    rows: 4,
    excluded: 0,
    dataHash: `${table} ${date}`,
    keyHash: undefined,
    fingerprint: undefined,
    options: '{}',
    codeVersion: '',
    runId: '',
    attempts: 1,
    failure: undefined,
    warnings: [],
    seconds: 0,
    secondsIsShare: false,
    ...more,
  };
}
