import type { GameDate } from '../calendar/game-date.ts';
import { removalStatements } from '../ledger/removal-statements.ts';
import { planAsRecorded } from '../plan/plan-as-recorded.ts';
import type { RunEngine } from '../world/run-engine.ts';

/** Dates of computed tables that fit the raw tables which stand there, and those that did not. */
export interface KeptUnits {
  readonly kept: number;
  readonly removed: number;
}

/**
 * Removes every date of a computed table that a run would make otherwise, and could not: in a warehouse that was
 * taken back it knows more than was known.
 */
export async function removeOutdated(
  { warehouse, world }: RunEngine,
  runId: string,
  now: string,
): Promise<KeptUnits> {
  const { ledger, tables } = world;
  const current = new Set(
    planAsRecorded(world)
      .units.filter(({ action }) => action === 'skip')
      .map(({ table, date }) => `${table} ${date}`),
  );
  let kept = 0;
  let removed = 0;
  const statements: string[] = [];
  for (const table of tables.computed) {
    const outdated: GameDate[] = [];
    for (const { date } of ledger.of(table.name).values()) {
      if (current.has(`${table.name} ${date}`)) kept += 1;
      else outdated.push(date);
    }
    removed += outdated.length;
    if (outdated.length > 0) {
      statements.push(...removalStatements(warehouse.dialect, table, outdated, { runId, now }));
    }
  }
  if (statements.length > 0) await warehouse.commit(statements);
  return { kept, removed };
}
