import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type SimulatedLeagueRequest,
  writeSimulatedLeague,
} from '../../src/ingest/simulated/write-simulated-league.ts';
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
  const directory = join(folder, 'league');
  await mkdir(directory);
  const files = await writeSimulatedLeague({
    directory,
    seasons: 1,
    firstSeasonYear: 2023,
    gamesPerTeam: 20,
    ...league,
  });
  const path = join(folder, 'league.duckdb');
  await prepare(['ingest', 'simulated', ...files, '--warehouse', path]);
  return { path, files };
}
