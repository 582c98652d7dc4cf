import type { World } from '../world/world.ts';
import type { Remedy } from './remedy.ts';

/** Loads player logs, as they are called for the data at hand. */
export function ingestLogs({ isSimulated = false }: Pick<World, 'isSimulated'>): Remedy {
  return { verb: 'ingest', source: isSimulated ? 'simulated' : 'nba-stats', files: undefined };
}

/** Loads a schedule file. */
export const ingestSchedule: Remedy = { verb: 'ingest', source: 'schedule', files: undefined };
