import type { UnitEstimator } from './estimate-plan.ts';
import type { PlannedUnit } from './plan.ts';

/** How long the rest of a run will take. All times in seconds since the run began. */
export interface TimeLeft {
  /** A unit is finished, whatever became of it. */
  finished(unit: { readonly table: string; readonly date: string }, at: number): void;
  /** Seconds left; `undefined` as long as nothing at all is known. */
  left(at: number): number | undefined;
}

/**
 * Counts down from what the ledger's history makes one expect. As units finish, the expectation of
 * the rest is scaled by how much slower or faster this run is than history; between two finished
 * units, the time that passes is taken off.
 */
export function makeTimeLeft(units: readonly PlannedUnit[], estimate: UnitEstimator): TimeLeft {
  const weights = new Map<string, number | undefined>();
  for (const unit of units) weights.set(idOf(unit), estimate(unit)?.seconds);
  const working = units.filter(({ action }) => action === 'run');
  const expected = working.flatMap((unit) => weights.get(idOf(unit)) ?? []);
  const total = expected.reduce((sum, seconds) => sum + seconds, 0);
  const hasHistory = expected.length > 0 && total > 0;
  // A table without history is taken for an average one; with no history at all only counts are left.
  const typical = hasHistory ? total / expected.length : 1;
  const weightOf = (id: string) => (weights.has(id) ? (weights.get(id) ?? typical) : 0);
  const unknown = working.length - expected.length;
  const whole = (hasHistory ? total : 0) + unknown * typical;
  let done = 0;
  let lastAt = 0;

  return {
    finished: (unit, at) => {
      done += weightOf(idOf(unit));
      lastAt = at;
    },
    left: (at) => {
      const rest = Math.max(0, whole - done);
      if (!hasHistory && done === 0) return rest === 0 ? 0 : undefined;
      // The first tenth says little about the pace of the rest: history keeps a say in it.
      const trust = hasHistory ? whole / 10 : 0;
      const pace = (lastAt + trust) / (done + trust);
      const expected = rest * (Number.isFinite(pace) ? pace : 1);
      return Math.max(0, expected - (at - lastAt));
    },
  };
}

function idOf({ table, date }: { readonly table: string; readonly date: string }): string {
  return `${table} ${date}`;
}
