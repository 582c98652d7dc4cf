import { dateDuty } from '../calendar/date-duty.ts';
import type { GameDate } from '../calendar/game-date.ts';
import { type PartitionRecord, wasWritten } from '../ledger/partition-record.ts';
import type { TableDefinition } from '../table/table-definition.ts';
import { isComputed } from '../table/table-registry.ts';
import type { World } from '../world/world.ts';
import { downstreamReach, type Reach } from './downstream-reach.ts';
import { type ExplainedInput, explainInputs } from './explain-inputs.ts';
import { type IncompleteDate, incompleteDates } from './incomplete-dates.ts';
import { ingestRaw } from './ingest-files.ts';
import type { Plan, PlannedUnit, UnitId } from './plan.ts';
import type { Reason } from './reason.ts';
import type { Remedy } from './remedy.ts';
import { unitRemedy } from './unit-remedy.ts';
import { isAbsent, type UnitState } from './unit-state.ts';

/** One step from a unit towards the first cause of its state. */
export interface Cause {
  readonly table: string;
  readonly date: GameDate;
  readonly state: UnitState;
  readonly reason: Reason;
}

/** Everything the schedule, the ledger and the definitions say about one table and date. */
export interface UnitExplanation {
  readonly table: string;
  readonly date: GameDate;
  readonly state: UnitState;
  readonly reason: Reason;
  /** From what the unit waits for to the first cause; empty when the unit is its own cause. */
  readonly causes: readonly Cause[];
  readonly record: PartitionRecord | undefined;
  /** TRUE when the definition of the table has changed since the rows were made. */
  readonly definitionChanged: boolean;
  /** Present where only some games of the date have a result. */
  readonly incomplete: IncompleteDate | undefined;
  readonly inputs: readonly ExplainedInput[];
  readonly downstream: readonly Reach[];
  /** What mends it; `undefined` where nothing is to be mended. */
  readonly remedy: Remedy | undefined;
}

/**
 * Explains a unit. Pure.
 * @param plan of all computed tables over dates that include this one, as recorded.
 * @param shown the record to tell of, where another one than that of the ledger says how these rows came to be.
 */
export function explainUnit(
  world: World,
  plan: Plan,
  table: TableDefinition,
  date: GameDate,
  shown?: PartitionRecord,
): UnitExplanation {
  const own = world.ledger.get(table.name, date);
  const record = shown ?? own;
  const unit = plan.units.find((other) => other.table === table.name && other.date === date);
  const isGameDate = world.calendar.scheduled(date) !== undefined;
  const { state, reason, remedy } = unit
    ? { ...unit, remedy: unitRemedy(world, plan, unit) }
    : rawUnit(world, table.name, date);
  return {
    table: table.name,
    date,
    state,
    reason,
    causes: unit ? findCauses(world, plan, unit) : [],
    record,
    definitionChanged:
      isComputed(table) &&
      unit !== undefined &&
      wasWritten(record) &&
      versionIn(record.codeVersion) !== versionIn(world.codeVersion(table)),
    incomplete: incompleteDates(world, [date])[0],
    inputs: isComputed(table) && isGameDate ? explainInputs(world, table, date, own, plan) : [],
    downstream: downstreamReach(world, table.name, date),
    remedy,
  };
}

/** Takes the version of the definition out of a code version, without that of the package. */
function versionIn(codeVersion: string): string {
  return codeVersion.slice(codeVersion.lastIndexOf('+') + 1);
}

/** A date of a raw table, and what loads it where it is owed and not there. */
export function rawUnit(
  world: World,
  table: string,
  date: GameDate,
): Pick<PlannedUnit, 'table' | 'date' | 'state' | 'reason' | 'remedy'> {
  const { state, reason } = rawState(world, date, world.ledger.get(table, date));
  const isLater = date > world.today;
  const remedy = isAbsent(state)
    ? ingestRaw(isLater ? 'schedule_entries' : table, world)
    : undefined;
  return { table, date, state, reason, remedy };
}

/** Raw tables are loaded, not planned: what counts is the record. */
function rawState(
  world: World,
  date: GameDate,
  record: PartitionRecord | undefined,
): Pick<PlannedUnit, 'state' | 'reason'> {
  if (record) {
    const { state, failure, reason } = record;
    if (failure) return { state, reason: { kind: 'refused_at_ingest', because: failure.text } };
    return {
      state,
      reason: reason === undefined ? { kind: 'loaded' } : { kind: 'recorded', note: reason },
    };
  }
  const duty = dateDuty(world.calendar, date, world.today);
  return duty.kind === 'game'
    ? { state: 'missing', reason: { kind: 'never_loaded' } }
    : { state: duty.kind, reason: duty.reason };
}

/** Follows the units of the plan that have to be looked at first. */
function findCauses(world: World, plan: Plan, unit: PlannedUnit): readonly Cause[] {
  const byId = new Map(plan.units.map((other) => [`${other.table} ${other.date}`, other]));
  const causes: Cause[] = [];
  let last: PlannedUnit | undefined = unit;
  while (last?.cause !== undefined) {
    const { table, date }: UnitId = last.cause;
    last = byId.get(`${table} ${date}`);
    const { state, reason } = last ?? rawState(world, date, world.ledger.get(table, date));
    causes.push({ table, date, state, reason });
  }
  const changed = last?.state === 'stale' ? changedPartition(world, plan, last) : undefined;
  return changed ? [...causes, changed] : causes;
}

/** The first partition that a stale unit reads and that was recorded after it. */
function changedPartition(
  world: World,
  plan: Plan,
  { table, date }: PlannedUnit,
): Cause | undefined {
  const definition = world.tables.computedTable(table);
  const inputs = explainInputs(world, definition, date, world.ledger.get(table, date), plan);
  for (const { table: input, changed, recordedSince } of inputs) {
    const [day] = recordedSince;
    const record = day && world.ledger.get(input, day);
    if (changed !== true || !day || !record) continue;
    const { state, runId, recordedAt } = record;
    const reason = { kind: 'changed_by_run', runId, at: recordedAt } as const;
    return { table: input, date: day, state, reason };
  }
  return undefined;
}
