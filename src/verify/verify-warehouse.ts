import { dateDuty } from '../calendar/date-duty.ts';
import type { GameDate } from '../calendar/game-date.ts';
import { wasWritten } from '../ledger/partition-record.ts';
import { isInBootstrap } from '../plan/bootstrap.ts';
import type { Plan } from '../plan/plan.ts';
import { unitOptions } from '../plan/unit-options.ts';
import type { RunEngine } from '../run/run-engine.ts';
import type { TableDefinition } from '../table/table-definition.ts';
import { isComputed } from '../table/table-registry.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import type { Finding, Proof, ProofResult } from './finding.ts';
import { sampleUnits } from './sample-units.ts';
import { verifyBatchEqualsDaily } from './verify-batch-equals-daily.ts';
import { verifyHashes } from './verify-hashes.ts';
import { verifyLedger } from './verify-ledger.ts';
import { isProbed, verifyNoLookahead } from './verify-no-lookahead.ts';
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
  /** Asks to stop after the unit in hand. */
  readonly stop: AbortSignal;
}

/**
 * Makes the proofs one after the other. Writes nothing but temporary relations.
 * @param plan of all computed tables over all dates, as recorded.
 */
export async function verifyWarehouse(
  engine: RunEngine,
  plan: Plan,
  request: VerifyRequest,
): Promise<readonly ProofResult[]> {
  const results: ProofResult[] = [];
  const { units, notes } = chooseUnits(engine, plan, request);
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

/** Units in order: what is stale may differ by right and is left out, with a note. */
function chooseUnits(
  { tables, ledger }: RunEngine,
  plan: Plan,
  { tables: chosen, isInRange, perTable, seed }: VerifyRequest,
): { readonly units: readonly VerifiedUnit[]; readonly notes: readonly string[] } {
  const names = new Set(chosen.map(({ name }) => name));
  const own = plan.units.filter(({ table, date }) => names.has(table) && isInRange(date));
  const settled = own.filter(({ state }) => state === 'done' || state === 'empty');
  const written = own.filter(({ table, date }) => wasWritten(ledger.get(table, date)));
  const left = written.length - settled.length;
  const units = sampleUnits(settled, perTable, seed).flatMap(({ table: name, date }) => {
    const table = tables.computed.find((candidate) => candidate.name === name);
    if (!table) return [];
    return [{ table, date, options: unitOptions('recorded', ledger.get(name, date)) }];
  });
  const note = `written, but left out as stale, failed or blocked: ${left}`;
  return { units, notes: left > 0 ? [note] : [] };
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
      return proveEach(request, units, async (unit) => {
        const finding = await verifyBatchEqualsDaily(engine, unit);
        return finding ? [finding] : [];
      });
    case 'no_lookahead':
      return proveEach(
        request,
        units.filter(({ table }) => isProbed(table)),
        (unit) => verifyNoLookahead(engine, unit),
      );
  }
}

async function proveEach(
  { stop }: VerifyRequest,
  units: readonly VerifiedUnit[],
  prove: (unit: VerifiedUnit) => Promise<readonly Finding[]>,
): Promise<Omit<ProofResult, 'proof' | 'seconds'>> {
  const findings: Finding[] = [];
  let looked = 0;
  for (const unit of units) {
    if (stop.aborted) break;
    findings.push(...(await prove(unit).catch((error: unknown) => [uncomputable(unit, error)])));
    looked += 1;
  }
  return { units: looked, findings, notes: [] };
}

/** A unit whose query fails on what stands there is a difference. @throws any other error. */
function uncomputable({ table, date }: VerifiedUnit, error: unknown): Finding {
  const isOfUnit =
    error instanceof WarehouseError && (error.kind === 'statement' || error.kind === 'definition');
  if (!isOfUnit) throw error;
  const what = `cannot be computed: ${error.message}`;
  return { table: table.name, date, what, rows: [], cause: 'definition' };
}

async function proveHashes(
  { warehouse, ledger, calendar, facts }: RunEngine,
  { tables, isInRange, perTable, seed }: VerifyRequest,
): Promise<Omit<ProofResult, 'proof' | 'seconds'>> {
  const findings = [...(await verifyLedger(warehouse, ledger, tables, isInRange))];
  let units = 0;
  for (const table of tables) {
    const recorded = [...ledger.of(table.name).values()].filter(({ date }) => isInRange(date));
    const range = [
      ...new Set([...calendar.dates.filter(isInRange), ...recorded.map(({ date }) => date)]),
    ].sort();
    const withRows = recorded.filter(({ rows }) => rows > 0);
    const sampled = sampleUnits(withRows, perTable, seed).map(({ date }) => date);
    findings.push(...(await verifyHashes(warehouse, ledger, { table, range, isInRange, sampled })));
    units += sampled.length;
  }
  const left = leftOvers(facts, tables, isInRange);
  return { units, findings: [...findings, ...left.findings], notes: left.notes };
}

/** Recorded rows where the schedule proves that nobody played, and where the defaults would build nothing. */
function leftOvers(
  facts: RunEngine['facts'],
  tables: readonly TableDefinition[],
  isInRange: (date: GameDate) => boolean,
): { readonly findings: readonly Finding[]; readonly notes: readonly string[] } {
  const { calendar, ledger, today } = facts;
  const findings: Finding[] = [];
  let early = 0;
  for (const table of tables) {
    if (!isComputed(table) || table.phase === 'raw') continue;
    for (const { date, rows } of ledger.of(table.name).values()) {
      if (rows === 0 || !isInRange(date)) continue;
      const duty = dateDuty(calendar, date, today);
      if (duty.kind === 'no_games') {
        const what = `${rows} rows, recorded, and ${duty.reason}`;
        findings.push({ table: table.name, date, what, rows: [], cause: 'stored' });
      } else if (duty.kind === 'game' && isInBootstrap(facts, table, date, {})) early += 1;
    }
  }
  const note = `built with fewer bootstrap_days than the default, in the first days of a season: ${early}; a run without the option removes them`;
  return { findings, notes: early > 0 ? [note] : [] };
}

async function proveQuality(
  engine: RunEngine,
  units: readonly VerifiedUnit[],
): Promise<Omit<ProofResult, 'proof' | 'seconds'>> {
  const findings: Finding[] = [];
  let warned = 0;
  for (const own of Map.groupBy(units, ({ table }) => table.name).values()) {
    const [first] = own;
    if (!first) continue;
    const result = await verifyQuality(engine, first.table, own);
    findings.push(...result.findings);
    warned += result.warned;
  }
  const notes = warned > 0 ? [`with warnings of their checks: ${warned}`] : [];
  return { units: units.length, findings, notes };
}
