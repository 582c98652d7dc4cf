import type { GameDate } from '../calendar/game-date.ts';
import { removalStatements } from '../ledger/removal-statements.ts';
import { planAsRecorded } from '../plan/plan-as-recorded.ts';
import type { RunEngine } from '../world/run-engine.ts';

/** Dates of computed tables that fit the raw tables which stand there, and those that did not. */
export interface KeptUnits {
  readonly kept: number;
  readonly removed: number;
  /** Of the removed ones those that had rows, which others may have read. */
  readonly removedWithRows: number;
}

/**
 * Removes every date of a computed table that a run would make otherwise, and could not: in a warehouse that was
 * taken back it knows more than was known.
 */
export function removeOutdated(engine: RunEngine, runId: string, now: string): Promise<KeptUnits> {
  const current = new Set(
    planAsRecorded(engine.world)
      .units.filter(
        // What such a date reads could not be made. It stands as it comes out of what is there; where that has rows, they go now and it is another one for the next run.
        ({ action, reason }) => action === 'skip' || reason.kind === 'recomputed_first',
      )
      .map(({ table, date }) => `${table} ${date}`),
  );
  return removeUnless(engine, runId, now, (table, date) => current.has(`${table} ${date}`));
}

/**
 * Removes what was computed of dates that have no game in a warehouse that was taken back. It has to be gone before
 * anything is computed: the schedule does not name these dates, and what looks back on games would find them.
 */
export function removeUnscheduled(
  engine: RunEngine,
  runId: string,
  now: string,
): Promise<KeptUnits> {
  const dates = new Set(engine.world.calendar.dates);
  return removeUnless(engine, runId, now, (_, date) => dates.has(date));
}

async function removeUnless(
  { warehouse, world: { ledger, tables } }: RunEngine,
  runId: string,
  now: string,
  isKept: (table: string, date: GameDate) => boolean,
): Promise<KeptUnits> {
  let kept = 0;
  let removed = 0;
  let removedWithRows = 0;
  const statements: string[] = [];
  for (const table of tables.computed) {
    const recorded = [...ledger.of(table.name).values()].map(({ date }) => date);
    const outdated = recorded.filter((date) => !isKept(table.name, date));
    kept += recorded.length - outdated.length;
    removed += outdated.length;
    removedWithRows += outdated.filter((date) => ledger.get(table.name, date)?.rows !== 0).length;
    if (outdated.length > 0) {
      statements.push(...removalStatements(warehouse.dialect, table, outdated, { runId, now }));
    }
  }
  if (statements.length > 0) await warehouse.commit(statements);
  return { kept, removed, removedWithRows };
}
