import { expect, test } from 'vitest';
import { openMemoryWarehouse } from '../../../tests/support/memory-warehouse.ts';
import { gameDate } from '../../calendar/game-date.ts';
import { loadTables } from '../../table/table-registry.ts';
import { partitionContents, stretches } from './partition-contents.ts';

const counts = (...rows: readonly number[]) =>
  rows.map((count, index) => ({ date: gameDate(`2023-11-0${index + 1}`), rows: count }));

test.each([
  [[], []],
  [[5], ['01–01']],
  [
    [4, 4, 2, 1],
    ['01–03', '04–04'],
  ],
  [
    [50, 1, 9, 50],
    ['01–01', '02–03', '04–04'],
  ],
])('dates with %j rows, ten at once, are hashed as %j', (rows, expected) => {
  const found = stretches(counts(...rows), 10);
  expect(found.map((dates) => `${dates[0].date.slice(8)}–${dates.at(-1)?.date.slice(8)}`)).toEqual(
    expected,
  );
});

test('dates come out the same, in their order, however many are hashed together', async () => {
  const warehouse = await openMemoryWarehouse();
  try {
    const { get } = await loadTables();
    const table = get('game_results');
    if (!table) throw new Error('no table game_results');
    await warehouse.stage(
      'results',
      `SELECT CAST(n AS VARCHAR) AS nba_game_id, DATE '2023-11-01' + CAST(n * n % 17 AS INTEGER) AS game_date,
  'final' AS status, 100 + n AS home_points, 90 AS away_points FROM range(200) AS games(n)`,
    );
    const hashed = (byQuery: number, byArm: number) =>
      partitionContents(warehouse, table, 'results', { byQuery, byArm });
    const together = await hashed(1000, 1000);
    expect(together.map(({ rows }) => rows).reduce((sum, rows) => sum + rows)).toBe(200);
    expect(together.map(({ date }) => date)).toEqual(together.map(({ date }) => date).sort());
    expect(new Set(together.map(({ dataHash }) => dataHash)).size).toBe(together.length);
    for (const [byQuery, byArm] of [
      [1000, 30],
      [60, 30],
      [1, 1],
    ] as const) {
      expect(await hashed(byQuery, byArm)).toEqual(together);
    }
  } finally {
    await warehouse.close();
  }
});
