import { loadedSource, sourceOfLogs } from '../ledger/source-of-logs.ts';
import type { World } from '../world/world.ts';
import type { Remedy } from './remedy.ts';

/** The command that loads player logs, under the name of the source that the data at hand come from. */
export function ingestLogs({ isSimulated = false }: Pick<World, 'isSimulated'>): Remedy {
  return { verb: 'ingest', source: loadedSource(sourceOfLogs, isSimulated), files: undefined };
}

/** Raw tables that other files are read for than logs and shot charts. */
const ownSources: Readonly<Record<string, string>> = {
  game_lines: 'game-lines',
  injuries: 'injuries',
  player_props: 'player-props',
  players: 'players',
  schedule_entries: 'schedule',
};

/** The command that loads a raw table. */
export function ingestRaw(table: string, world: Pick<World, 'isSimulated'>): Remedy {
  const source = ownSources[table];
  return source === undefined ? ingestLogs(world) : { verb: 'ingest', source, files: undefined };
}

/** The command that loads a schedule file. */
export const ingestSchedule: Remedy = { verb: 'ingest', source: 'schedule', files: undefined };
