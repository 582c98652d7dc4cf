import type { Plan } from '../plan/plan.ts';
import { changedTableText } from '../report/words/changed-table-text.ts';
import { type ChangedTable, changedTables } from '../run/changed-tables.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { Surroundings } from './surroundings.ts';

/** Tells of own tables that have rows of another definition what a run of a plan would do with these. */
export async function tellChangedTables(
  context: Pick<Surroundings, 'stderr'>,
  engine: RunEngine,
  plan: Plan,
): Promise<void> {
  for (const changed of await changedTables(engine, plan)) tellChangedTable(context, changed);
}

/** The same of one table. */
export function tellChangedTable(
  { stderr }: Pick<Surroundings, 'stderr'>,
  changed: ChangedTable,
): void {
  const text = changedTableText(changed);
  if (text !== undefined) stderr(`${text}\n`);
}
