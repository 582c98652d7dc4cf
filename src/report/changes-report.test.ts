import { expect, test } from 'vitest';
import { gameDate } from '../calendar/game-date.ts';
import { loadTables } from '../table/table-registry.ts';
import { changesJson, changesLines } from './changes-report.ts';

const tables = await loadTables();
const table = tables.table('player_daily_cache');

/** Dates on which so many rows were added. */
function reportOf(...counts: readonly number[]) {
  const changed = counts.map((count, index) => ({
    table,
    date: gameDate(`2024-01-${String(index + 1).padStart(2, '0')}`),
    rows: Array.from({ length: count }, (_, key) => ({
      kind: 'added' as const,
      key: String(key),
      columns: [],
    })),
  }));
  const remembered = { kind: 'since', from: undefined } as const;
  return { runId: undefined, since: '2024-02-01T00:00:00Z', remembered, changed };
}

test('few rows are all shown', () => {
  const lines = changesLines(reportOf(3, 2));
  // Of each row a line, of each date two, the heading and the sum.
  expect(lines).toHaveLength(5 + 4 + 3);
  expect(lines.join('\n')).not.toContain('not shown');
});

test('of many the first are shown, and the others counted by table; JSON has all', () => {
  const report = reportOf(150, 100, 70);
  const text = changesLines(report).join('\n');
  expect(text).toContain('player_daily_cache 2024-01-02, rows by');
  expect(text).not.toContain('player_daily_cache 2024-01-03, rows by');
  expect(text).toContain('--json prints all:\n  player_daily_cache  120 rows of 2 dates\n');
  expect(text).toMatch(/320 added, 0 removed, 0 changed, in 1 table on 3 dates$/);
  expect(changesJson(report)).toHaveLength(321);
});
