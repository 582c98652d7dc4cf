import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { disturbances } from '../equality/disturbances.ts';
import { ingestedWarehouse } from '../equality/filled-warehouse.ts';
import { testEquality } from './test-equality.ts';

testEquality('four weeks of a disturbed simulated league', async (tables, directory) => {
  const paths = await writeSimulatedLeague({
    directory,
    seasons: 1,
    gamesPerTeam: 14,
    postseason: false,
    seed: 23,
  });
  const duckdb = await ingestedWarehouse(tables, paths, 'simulated');
  for (const sql of disturbances) await duckdb.run(sql);
  return duckdb;
});
