import type { World } from '../world/world.ts';

/** The command that loads player logs, as it is called for the data at hand. */
export function ingestLogs({ isSimulated = false }: Pick<World, 'isSimulated'>): string {
  return `backcourt ingest ${isSimulated ? 'simulated' : 'nba-stats'} <files>`;
}
