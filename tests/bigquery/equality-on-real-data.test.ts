import { describe } from 'vitest';
import { ingestedWarehouse } from '../equality/filled-warehouse.ts';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { testEquality } from './test-equality.ts';

announceRealData('GoogleSQL and DuckDB on real data');

describe.runIf(realDataFolder)('with the real files', () => {
  // The first weeks of the season of the vectors: the rest of the files is taken away again.
  testEquality('three weeks of real data', async (tables) => {
    const duckdb = await ingestedWarehouse(tables, realFiles('2023-24'), 'real');
    const last = "DATE '2023-11-12'";
    for (const { name, partition } of tables.all.filter(({ dataset }) => dataset === 'nba_raw')) {
      await duckdb.run(`DELETE FROM nba_raw.${name} WHERE ${partition} > ${last}`);
    }
    await duckdb.run(`DELETE FROM backcourt.partitions WHERE partition_date > ${last}`);
    return duckdb;
  });
});
