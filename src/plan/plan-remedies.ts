import type { PlannedUnit } from './plan.ts';
import { mergeRemedies, type Remedy, rangeOf } from './remedy.ts';

/** The commands that lead on from what is not in order, as few as do; none where all is. */
export function planRemedies(units: readonly PlannedUnit[]): readonly Remedy[] {
  const pending = units.filter(({ action }) => action === 'run' || action === 'remove');
  const blocked = units.flatMap(({ action, remedy }) =>
    action === 'block' && remedy ? [remedy] : [],
  );
  // What is loaded comes before what is made of it.
  return mergeRemedies([...blocked, ...pendingRemedy(pending)]);
}

function pendingRemedy(pending: readonly PlannedUnit[]): readonly Remedy[] {
  if (pending.length === 0) return [];
  if (pending.every(({ state }) => state === 'stale')) return [{ verb: 'run_stale' }];
  const dates = rangeOf(pending.map(({ date }) => date).sort());
  return [{ verb: 'run', mode: 'backfill', tables: undefined, dates }];
}
