import { date, string } from '../../src/sql/column.ts';
import {
  type ComputedTable,
  defineTable,
  type LoadedTable,
  type TableInput,
} from '../../src/table/table-definition.ts';

const stored = {
  purpose: '',
  partition: 'day',
  key: ['team', 'day'],
  cluster: ['team'],
  columns: [string('team', ''), date('day', '')],
} as const;

/** A loaded table with a row per team and day; `more` is what a test is about. */
export function loadedTable(name: string, more: Partial<LoadedTable> = {}): LoadedTable {
  return defineTable({ ...stored, kind: 'loaded', name, dataset: 'nba_raw', ...more });
}

/** A computed table with a row per team and day, whose SQL nobody carries out; `more` is what a test is about. */
export function computedTable(
  name: string,
  phase: ComputedTable['phase'],
  inputs: readonly TableInput[],
  more: Partial<ComputedTable> = {},
): ComputedTable {
  return defineTable({
    ...stored,
    kind: 'computed',
    name,
    phase,
    dataset: 'nba_analytics',
    inputs,
    options: [],
    bootstrap: false,
    lookback: undefined,
    excludes: false,
    checks: [],
    expectedRows: () => ({ min: 0, max: 99, why: '' }),
    rowsSql: () => '',
    ...more,
  });
}
