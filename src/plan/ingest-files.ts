import { loadedSource, sourceOfLogs } from '../ledger/source-of-logs.ts';
import type { World } from '../world/world.ts';
import type { Remedy } from './remedy.ts';

/** The command that loads player logs, under the name of the source that the data at hand come from. */
export function ingestLogs({ isSimulated = false }: Pick<World, 'isSimulated'>): Remedy {
  return { verb: 'ingest', source: loadedSource(sourceOfLogs, isSimulated), files: undefined };
}

/** The command that loads a schedule file. */
export const ingestSchedule: Remedy = { verb: 'ingest', source: 'schedule', files: undefined };
