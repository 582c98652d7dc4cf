import type { Plan } from '../plan/plan.ts';
import { changedTableText } from '../report/words/changed-table-text.ts';
import { changedTables, columnsFault } from '../run/changed-tables.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Tells of own tables that have rows of another definition what a run of a plan does with these.
 * @param isRun TRUE where the run itself tells which tables it refuses.
 */
export async function tellChangedTables(
  { stderr }: Pick<Surroundings, 'stderr'>,
  engine: RunEngine,
  plan: Plan,
  isRun = false,
): Promise<void> {
  for (const changed of await changedTables(engine, plan)) {
    if (isRun && columnsFault(changed)) continue;
    const text = changedTableText(changed);
    if (text !== undefined) stderr(`${text}\n`);
  }
}
