import type { Plan } from '../plan/plan.ts';
import { changedTableText } from '../report/words/changed-table-text.ts';
import { type ChangedTable, changedTables } from '../run/changed-tables.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { pasteable } from './pasteable.ts';
import type { Surroundings } from './surroundings.ts';

/** Tells of own tables that have rows of another definition what a run of a plan would do with these. */
export async function tellChangedTables(
  context: Pick<Surroundings, 'stderr' | 'invocation'>,
  engine: RunEngine,
  plan: Plan,
): Promise<void> {
  for (const changed of await changedTables(engine, plan)) {
    tellChangedTable(context, engine, changed);
  }
}

/** The same of one table. */
export function tellChangedTable(
  { stderr, invocation }: Pick<Surroundings, 'stderr' | 'invocation'>,
  { warehouse }: RunEngine,
  changed: ChangedTable,
): void {
  const text = changedTableText(changed, (command) =>
    pasteable(invocation, command, warehouse.location),
  );
  if (text !== undefined) stderr(`${text}\n`);
}
