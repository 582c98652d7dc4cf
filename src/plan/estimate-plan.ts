import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { Plan, PlannedUnit } from './plan.ts';

/** What a unit is expected to take, by what the ledger remembers of its table. */
export interface UnitEstimate {
  readonly rows: number;
  readonly seconds: number;
}

/** `undefined` where the ledger has no history of the table. */
export type UnitEstimator = (unit: PlannedUnit) => UnitEstimate | undefined;

/** Expected size of a plan; only units that would run count. */
export interface PlanEstimate {
  readonly units: number;
  /** Units of tables without history, of which nothing can be expected. */
  readonly unknownUnits: number;
  readonly rows: number;
  readonly seconds: number;
}

/**
 * Expects of a unit the rows that stand there, else the median of the table's done dates, and the
 * median time per row of these dates.
 */
export function makeUnitEstimator(ledger: LedgerSnapshot): UnitEstimator {
  const histories = new Map<string, UnitEstimate | undefined>();
  const historyOf = (table: string) => {
    if (!histories.has(table)) histories.set(table, history(ledger, table));
    return histories.get(table);
  };
  return ({ table, action, rows }) => {
    if (action !== 'run') return { rows: 0, seconds: 0 };
    const typical = historyOf(table);
    if (!typical) return undefined;
    const expected = rows !== undefined && rows > 0 ? rows : typical.rows;
    return { rows: expected, seconds: (typical.seconds / typical.rows) * expected };
  };
}

/** Adds up what is expected of the units that would run. */
export function estimatePlan(units: Plan['units'], estimate: UnitEstimator): PlanEstimate {
  let rows = 0;
  let seconds = 0;
  let unknownUnits = 0;
  const working = units.filter(({ action }) => action === 'run');
  for (const unit of working) {
    const expected = estimate(unit);
    if (!expected) unknownUnits += 1;
    rows += expected?.rows ?? 0;
    seconds += expected?.seconds ?? 0;
  }
  return { units: working.length, unknownUnits, rows, seconds };
}

function history(ledger: LedgerSnapshot, table: string): UnitEstimate | undefined {
  const done = [...ledger.of(table).values()].filter(
    ({ state, rows }) => state === 'done' && rows > 0,
  );
  if (done.length === 0) return undefined;
  const rows = median(done.map((record) => record.rows));
  return { rows, seconds: rows * median(done.map((record) => record.seconds / record.rows)) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
