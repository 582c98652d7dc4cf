import { afterAll, beforeAll } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { loadTables, type TableRegistry } from '../../src/table/table-registry.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { disturbances } from './disturbances.ts';
import { ingestedWarehouse } from './filled-warehouse.ts';

export interface DisturbedLeague {
  readonly tables: TableRegistry;
  readonly warehouse: Awaited<ReturnType<typeof ingestedWarehouse>>;
  readonly dates: readonly string[];
  /** Dates that are no bootstrap dates. */
  readonly builtDates: readonly string[];
}

/** Two short made-up seasons in memory, with everything wrong in them that real data are; made before the first test. @param gamesPerTeam more than 15 fill every window and go beyond it. */
export function disturbedLeague(gamesPerTeam = 16): () => DisturbedLeague {
  const directory = tempFolder('equality');
  let league: DisturbedLeague | undefined;
  beforeAll(async () => {
    const tables = await loadTables();
    const paths = await writeSimulatedLeague({ directory, seasons: 2, gamesPerTeam, seed: 11 });
    const warehouse = await ingestedWarehouse(tables, paths, 'simulated');
    for (const sql of disturbances) await warehouse.run(sql);
    const rows = await warehouse.query(
      `SELECT CAST(game_date AS STRING) AS day,
      game_date - MIN(game_date) OVER (PARTITION BY season_year) AS day_of_season
    FROM nba_raw.schedule GROUP BY game_date, season_year ORDER BY game_date`,
    );
    league = {
      tables,
      warehouse,
      dates: rows.map(({ day }) => String(day)),
      builtDates: rows
        .filter(({ day_of_season }) => Number(day_of_season) >= 7)
        .map(({ day }) => String(day)),
    };
  });
  afterAll(() => league?.warehouse.close());
  return () => {
    if (!league) throw new Error('not made yet');
    return league;
  };
}
