import { dateDuty } from '../calendar/date-duty.ts';
import type { GameDate } from '../calendar/game-date.ts';
import { isInBootstrap } from '../plan/bootstrap.ts';
import type { TableDefinition } from '../table/table-definition.ts';
import { isComputed } from '../table/table-registry.ts';
import type { World } from '../world/world.ts';
import type { Finding, Note } from './finding.ts';

/** Recorded rows where the schedule proves that nobody played, and where the defaults would build nothing. */
export function leftOvers(
  world: World,
  tables: readonly TableDefinition[],
  isInRange: (date: GameDate) => boolean,
): { readonly findings: readonly Finding[]; readonly notes: readonly Note[] } {
  const { calendar, ledger, today } = world;
  const findings: Finding[] = [];
  let early = 0;
  for (const table of tables) {
    if (!isComputed(table) || table.phase === 'raw') continue;
    for (const { date, rows } of ledger.of(table.name).values()) {
      if (rows === 0 || !isInRange(date)) continue;
      const duty = dateDuty(calendar, date, today);
      if (duty.kind === 'no_games') {
        const what = { kind: 'rows_not_owed', rows, because: duty.reason } as const;
        findings.push({ table: table.name, date, what, rows: [], cause: 'stored' });
      } else if (duty.kind === 'game' && isInBootstrap(world, table, date, world.options))
        early += 1;
    }
  }
  const notes = [{ kind: 'built_in_bootstrap_period', units: early } as const];
  return { findings, notes: early > 0 ? notes : [] };
}
