import type { PlanFacts } from '../world/plan-facts.ts';

/** The command that loads player logs, as it is called for the data at hand. */
export function ingestLogs({ isSimulated = false }: Pick<PlanFacts, 'isSimulated'>): string {
  return `backcourt ingest ${isSimulated ? 'simulated' : 'nba-stats'} <files>`;
}
