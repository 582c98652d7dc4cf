import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type SimulatedLeagueRequest,
  writeSimulatedLeague,
} from '../../simulation/write-simulated-league.ts';
import { madeOnce } from './made-once.ts';
import { prepare } from './run-command.ts';

export interface SimulatedWarehouse {
  readonly path: string;
  readonly files: readonly string[];
}

/** A warehouse with one short made-up season, ingested and nothing computed; 2023-24 unless said otherwise. */
export async function simulatedWarehouse(
  folder: string,
  league: Partial<SimulatedLeagueRequest> = {},
): Promise<SimulatedWarehouse> {
  await madeOnce(['league', league], folder, async (place) => {
    const directory = join(place, 'league');
    mkdirSync(directory);
    const files = await writeSimulatedLeague({
      directory,
      seasons: 1,
      firstSeasonYear: 2023,
      gamesPerTeam: 20,
      ...league,
    });
    await prepare(['ingest', 'simulated', ...files, '--warehouse', join(place, 'league.duckdb')]);
  });
  const directory = join(folder, 'league');
  const files = readdirSync(directory).map((name) => join(directory, name));
  return { path: join(folder, 'league.duckdb'), files };
}
