import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import { compareWithOracle } from '../equality/compare-with-oracle.ts';
import { backfillEverything, ingestedWarehouse } from '../equality/filled-warehouse.ts';
import { readNbaFiles } from '../oracle/read-nba-files.ts';

const folder = process.env['BACKCOURT_REAL_DATA'];
if (!folder)
  process.stderr.write(
    'SQL against oracle on real data: not run, BACKCOURT_REAL_DATA is not set\n',
  );

/** Spread over the seasons: first built days, Thanksgiving, deadline, All-Star, last days, playoffs. */
const builtDates = [
  '2021-10-26',
  '2021-10-28',
  '2021-11-24',
  '2022-01-20',
  '2022-02-10',
  '2022-02-24',
  '2022-04-10',
  '2022-06-16',
  '2022-10-25',
  '2022-10-27',
  '2022-11-23',
  '2023-02-09',
  '2023-02-23',
  '2023-04-09',
  '2023-05-01',
  '2023-10-31',
  '2023-11-02',
  '2023-11-15',
  '2023-11-24',
  '2024-02-08',
  '2024-02-22',
  '2024-04-14',
  '2024-05-10',
  '2024-10-29',
  '2024-10-31',
  '2024-11-29',
  '2024-12-27',
  '2025-02-06',
  '2025-02-19',
  '2025-04-13',
  '2025-06-08',
  '2025-06-22',
];

describe.runIf(folder)('SQL against the oracle, real data', () => {
  test('every row of the analytics tables, and the precompute tables on chosen dates', {
    timeout: 900_000,
  }, async () => {
    const directory = folder ?? '';
    const paths = readdirSync(directory)
      .filter((name) => /^(playergamelogs|shotchartdetail)_/.test(name))
      .map((name) => join(directory, name));
    const tables = await loadTables();
    const warehouse = await ingestedWarehouse(tables, paths, 'real');
    try {
      const summary = await backfillEverything(tables, warehouse);
      expect(summary.failed).toEqual([]);
      const raw = { ...(await readNbaFiles(directory)), player_props: [] };
      const dates = [...new Set(raw.schedule.map((game) => game.game_date))].sort();
      expect(dates).toHaveLength(833);
      const comparison = {
        dates,
        builtDates,
        minGames: 5,
        qualityThreshold: 0,
        acceptClosingLines: false,
      };
      expect(await compareWithOracle(tables, warehouse, raw, comparison)).toEqual([]);
    } finally {
      await warehouse.close();
    }
  });
});
