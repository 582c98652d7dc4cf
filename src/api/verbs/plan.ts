import { planUnits } from '../../engine/plan-units.ts';
import { tellChangedTables } from '../../engine/tell-changed-tables.ts';
import { estimatePlan, makeUnitEstimator } from '../../plan/estimate-plan.ts';
import type { PlannedUnit } from '../../plan/plan.ts';
import type { UnitAction, UnitState } from '../../plan/unit-state.ts';
import { commandText } from '../../report/words/command-text.ts';
import { reasonText } from '../../report/words/reason-text.ts';
import { makeRunEngine, type RunEngine } from '../../world/run-engine.ts';
import { askUnits, type UnitsRequest } from './ask-units.ts';
import { type Opened, openedBehind, type WarehouseHandle } from './open-warehouse.ts';

/** A table and a date: how it is, and what is done with it. */
export interface UnitReport {
  readonly table: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly state: UnitState;
  readonly action: UnitAction;
  /** Why it is in this state, in a sentence. */
  readonly reason: string;
  /** Rows that stand there; absent where it was never written. */
  readonly rows?: number;
  /** The command line that would help, where one does. */
  readonly remedy?: string;
}

/** What a run would do. */
export interface PlanResult {
  /** Every table and date of the request, table by table. */
  readonly units: readonly UnitReport[];
  /** How many of them would run, and what these are expected to come to by what the ledger remembers. */
  readonly expected: {
    readonly units: number;
    readonly rows: number;
    readonly seconds: number;
    /** Units of tables that were never computed here: of these nothing is expected. */
    readonly unknownUnits: number;
  };
}

/**
 * Tells what {@link run} would do with the same request, and why. Writes nothing.
 * @throws UsageError for a request that cannot be meant; WarehouseError when the warehouse cannot be read.
 */
export async function plan(
  warehouse: WarehouseHandle,
  request: UnitsRequest = {},
): Promise<PlanResult> {
  const opened = openedBehind(warehouse);
  const { asked, settings } = askUnits(opened.tables, request);
  const engine = await engineOf(opened);
  const made = planUnits(engine, asked, settings);
  await tellChangedTables(opened.context, engine, made);
  const { units } = made;
  return {
    units: units.map(unitReport),
    expected: estimatePlan(units, makeUnitEstimator(engine.world.ledger)),
  };
}

/** The ledger and the schedule of an open warehouse, as they stand now. */
export function engineOf({ context, tables, opened }: Opened): Promise<RunEngine> {
  return makeRunEngine(opened.warehouse, tables, context.clock, context.packageVersion);
}

/** A unit in public words. */
export function unitReport(unit: Omit<PlannedUnit, 'upstream'>): UnitReport {
  const { table, date, state, action, reason, rows, remedy } = unit;
  return {
    table,
    date,
    state,
    action,
    reason: reasonText(reason),
    ...(rows !== undefined && { rows }),
    ...(remedy && { remedy: `backcourt ${commandText(remedy)}` }),
  };
}
