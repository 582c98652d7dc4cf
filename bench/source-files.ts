import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeSimulatedLeague } from '../simulation/write-simulated-league.ts';

/** What is loaded: player logs and shot charts, real or made up. */
export interface SourceFiles {
  readonly source: 'nba-stats' | 'simulated';
  readonly files: readonly string[];
}

/** NBA.com's files of a folder. @throws when there are none. */
export function realFiles(folder: string): SourceFiles {
  const path = resolve(folder);
  const files = readdirSync(path)
    .filter((name) => /^(playergamelogs|shotchartdetail)_.*\.parquet$/.test(name))
    .sort()
    .map((name) => join(path, name));
  if (files.length === 0) throw new Error(`no player logs in "${path}"`);
  return { source: 'nba-stats', files };
}

/** A simulated league of four seasons, of the size of the real one. */
export async function simulatedFiles(folder: string): Promise<SourceFiles> {
  const files = await writeSimulatedLeague({ directory: folder, seasons: 4 });
  return { source: 'simulated', files };
}
