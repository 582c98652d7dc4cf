import type { GameDate } from '../calendar/game-date.ts';
import { isHashedOtherwise, wasWritten } from '../ledger/partition-record.ts';
import { incompleteDates } from '../plan/incomplete-dates.ts';
import { makeOptionsOf } from '../plan/options-of.ts';
import type { Plan } from '../plan/plan.ts';
import { isSettled } from '../plan/unit-state.ts';
import type { TableDefinition } from '../table/table-definition.ts';
import { acceptClosingLines } from '../table/table-option.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { World } from '../world/world.ts';
import type { Finding, Note, Proof, ProofResult } from './finding.ts';
import { leftOvers } from './left-overs.ts';
import { verifyMixedDates } from './mixed-dates.ts';
import { sampleUnits } from './sample-units.ts';
import { verifyBatchEqualsDaily } from './verify-batch-equals-daily.ts';
import { verifyHashes } from './verify-hashes.ts';
import { verifyLedger } from './verify-ledger.ts';
import { isProbed, probesOfUnit, verifyNoLookahead } from './verify-no-lookahead.ts';
import { verifyQuality } from './verify-quality.ts';
import type { VerifiedUnit } from './verify-unit.ts';

export interface VerifyRequest {
  readonly proofs: readonly Proof[];
  /** All tables whose hashes are looked at; the computed ones of them are put to the other proofs. */
  readonly tables: readonly TableDefinition[];
  readonly isInRange: (date: GameDate) => boolean;
  /** Most dates per table; 0 for all. */
  readonly perTable: number;
  readonly seed: string;
  /** Aborted when the proofs are to stop after the unit in hand. */
  readonly stop: AbortSignal;
}

/** What a request comes to. */
export interface Verification {
  readonly request: VerifyRequest;
  readonly units: readonly VerifiedUnit[];
  /** What is left out. */
  readonly notes: readonly Note[];
  /** Computations of one date that the proofs take, each a query of its own. */
  readonly computations: number;
}

/** @param plan of all computed tables over all dates, as recorded. */
export function planVerification(
  engine: RunEngine,
  plan: Plan,
  request: VerifyRequest,
): Verification {
  const { units, notes } = chooseUnits(engine.world, plan, request);
  const each = (proof: Proof, computations: number) =>
    request.proofs.includes(proof) ? computations : 0;
  return {
    request,
    units,
    notes,
    computations:
      each('batch_equals_daily', units.length) +
      each(
        'no_lookahead',
        probesOfUnit * units.filter(isProbedUnit).length + queriedUnits(units).length,
      ),
  };
}

/** Makes the proofs one after the other. Writes nothing. */
export async function verifyWarehouse(
  engine: RunEngine,
  { request, units, notes }: Verification,
): Promise<readonly ProofResult[]> {
  const results: ProofResult[] = [];
  for (const proof of request.proofs) {
    if (request.stop.aborted) break;
    const startedMs = engine.clock.elapsedMs();
    const result = await makeProof(engine, request, proof, units);
    const seconds = (engine.clock.elapsedMs() - startedMs) / 1000;
    const left = proof === 'hashes' ? [] : notes;
    results.push({ proof, ...result, notes: [...result.notes, ...left], seconds });
  }
  return results;
}

/**
 * Chooses the units in order to be proven: what is stale may differ by right and is left out, with a note.
 */
function chooseUnits(
  { tables, ledger, options }: World,
  plan: Plan,
  { tables: chosen, isInRange, perTable, seed }: VerifyRequest,
): { readonly units: readonly VerifiedUnit[]; readonly notes: readonly Note[] } {
  const names = new Set(chosen.map(({ name }) => name));
  const own = plan.units.filter(({ table, date }) => names.has(table) && isInRange(date));
  const settled = own.filter(({ state }) => isSettled(state));
  const written = own.filter(({ table, date }) => wasWritten(ledger.get(table, date)));
  const left = written.length - settled.length;
  const optionsOf = makeOptionsOf({ options }, { options: 'recorded' });
  const units = sampleUnits(settled, perTable, seed).map(({ table: name, date }) => {
    const table = tables.computedTable(name);
    return { table, date, options: optionsOf(table, ledger.get(name, date)) };
  });
  return { units, notes: left > 0 ? [{ kind: 'left_out', units: left }] : [] };
}

async function makeProof(
  engine: RunEngine,
  request: VerifyRequest,
  proof: Proof,
  units: readonly VerifiedUnit[],
): Promise<Omit<ProofResult, 'proof' | 'seconds'>> {
  switch (proof) {
    case 'hashes':
      return proveHashes(engine, request);
    case 'quality':
      return proveQuality(engine, units);
    case 'batch_equals_daily':
      return proveUnits(engine, request, units, verifyBatchEqualsDaily);
    case 'no_lookahead':
      return proveNoLookahead(engine, request, units.filter(isProbedUnit));
  }
}

async function proveNoLookahead(
  engine: RunEngine,
  request: VerifyRequest,
  units: readonly VerifiedUnit[],
): Promise<Omit<ProofResult, 'proof' | 'seconds'>> {
  const probed = await proveUnits(engine, request, units, verifyNoLookahead);
  const mixed = await proveUnits(engine, request, queriedUnits(units), verifyMixedDates);
  const proven = { ...probed, findings: [...probed.findings, ...mixed.findings] };
  const accepting = units.filter(({ options }) => options.effective[acceptClosingLines.name] === 1);
  const note = { kind: 'untimed_lines_accepted', units: accepting.length } as const;
  return accepting.length === 0 ? proven : { ...proven, notes: [...proven.notes, note] };
}

const isProbedUnit = ({ table }: VerifiedUnit) => isProbed(table);

/** One unit of each table that somebody has written a query for, in which dates may be mixed. */
function queriedUnits(units: readonly VerifiedUnit[]): readonly VerifiedUnit[] {
  const byTable = Map.groupBy(
    units.filter(({ table }) => table.written),
    ({ table }) => table.name,
  );
  return [...byTable.values()].flatMap((own) => own[Math.floor(own.length / 2)] ?? []);
}

/** Some units at a time; a group in which one cannot be computed is gone through unit by unit. */
async function proveUnits(
  engine: RunEngine,
  { stop }: VerifyRequest,
  units: readonly VerifiedUnit[],
  prove: (engine: RunEngine, units: readonly VerifiedUnit[]) => Promise<readonly Finding[]>,
): Promise<Omit<ProofResult, 'proof' | 'seconds'>> {
  const findings: Finding[] = [];
  const atOnce = Math.ceil(engine.warehouse.queriesAtOnce / probesOfUnit);
  let looked = 0;
  while (looked < units.length && !stop.aborted) {
    const some = units.slice(looked, looked + atOnce);
    findings.push(...(await proveOrName(engine, some, prove)));
    looked += some.length;
  }
  return { units: looked, findings, notes: [] };
}

/** A unit whose query fails on what stands there is a difference. @throws any other error. */
async function proveOrName(
  engine: RunEngine,
  units: readonly VerifiedUnit[],
  prove: (engine: RunEngine, units: readonly VerifiedUnit[]) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await prove(engine, units);
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    if (error.kind !== 'statement' && error.kind !== 'definition') throw error;
    const [unit, ...others] = units;
    if (unit && others.length === 0) {
      const what = { kind: 'cannot_be_computed', error: error.message } as const;
      return [{ table: unit.table.name, date: unit.date, what, rows: [], cause: 'definition' }];
    }
    const findings: Finding[] = [];
    for (const one of units) findings.push(...(await proveOrName(engine, [one], prove)));
    return findings;
  }
}

async function proveHashes(
  { warehouse, world }: RunEngine,
  { tables, isInRange, perTable, seed }: VerifyRequest,
): Promise<Omit<ProofResult, 'proof' | 'seconds'>> {
  const { ledger, calendar } = world;
  let old = 0;
  const dates = tables.map((table) => {
    const recorded = [...ledger.of(table.name).values()].filter(({ date }) => isInRange(date));
    const range = [
      ...new Set([...calendar.dates.filter(isInRange), ...recorded.map(({ date }) => date)]),
    ].sort();
    const withRows = recorded.filter((record) => record.rows > 0 && !isHashedOtherwise(record));
    old += recorded.filter(isHashedOtherwise).length;
    const sampled = sampleUnits(withRows, perTable, seed).map(({ date }) => date);
    return { table, range, isInRange, sampled };
  });
  const units = dates.reduce((sum, { sampled }) => sum + sampled.length, 0);
  const left = leftOvers(world, tables, isInRange);
  const findings = [
    ...(await verifyLedger(warehouse, ledger, tables, isInRange)),
    ...(await verifyHashes(warehouse, ledger, dates)),
    ...left.findings,
  ];
  const notes = [{ kind: 'hashed_otherwise', units: old } as const, ...left.notes];
  return { units, findings, notes: notes.filter((note) => note.units > 0) };
}

async function proveQuality(
  engine: RunEngine,
  units: readonly VerifiedUnit[],
): Promise<Omit<ProofResult, 'proof' | 'seconds'>> {
  const { findings, warned } = await verifyQuality(engine, units);
  const incomplete = units.filter(({ date }) => incompleteDates(engine.world, [date]).length > 0);
  const notes: readonly Note[] = [
    { kind: 'warned', units: warned },
    { kind: 'incomplete', units: incomplete.length },
    { kind: 'refused_dates', units: engine.world.calendar.refused.size },
  ];
  return { units: units.length, findings, notes: notes.filter((note) => note.units > 0) };
}
