import { existsSync } from 'node:fs';
import { changedPartitions } from '../ingest/mirror/changed-partitions.ts';
import { readIngests } from '../ledger/read-ingests.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { findRemedies } from '../plan/find-remedies.ts';
import { planAsRecorded } from '../plan/plan-as-recorded.ts';
import type { Remedy } from '../plan/remedy.ts';
import { tablesOfOtherColumns } from '../run/changed-tables.ts';
import type { ProofResult } from '../verify/finding.ts';
import {
  planVerification,
  type VerifyRequest,
  verifyWarehouse,
} from '../verify/verify-warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { refuseNarrowTables } from './refuse-narrow-tables.ts';

/** What the proofs have come to. */
export interface Proven {
  readonly results: readonly ProofResult[];
  /** Tables and dates that somebody has written meanwhile: differences may come of that alone. */
  readonly overtaken: readonly string[];
  /** What makes again what is not as it has to be, in order. */
  readonly remedies: readonly Remedy[];
}

/**
 * Makes the proofs that are asked for. Writes nothing.
 * @param ahead hears how many computations they take.
 * @throws WarehouseError `surroundings` for tables of an older Backcourt that lack columns.
 */
export async function makeProofs(
  engine: RunEngine,
  asked: VerifyRequest,
  ahead: (computations: number) => void,
): Promise<Proven> {
  const { warehouse, world } = engine;
  await refuseNarrowTables(
    warehouse,
    world.tables.all.filter(({ dataset }) => dataset === 'nba_raw'),
  );
  // Nothing of today can be held against rows in other columns.
  const others = await tablesOfOtherColumns(warehouse, asked.tables);
  const isOther = new Set(others.map(({ name }) => name));
  const request = { ...asked, tables: asked.tables.filter(({ name }) => !isOther.has(name)) };
  const verification = planVerification(engine, planAsRecorded(world), request);
  const dates = others.flatMap(({ name }) => [...world.ledger.of(name).keys()]);
  const note = { kind: 'other_columns', units: dates.length } as const;
  ahead(verification.computations);
  const proven = await verifyWarehouse(engine, verification);
  const results =
    dates.length === 0
      ? proven
      : proven.map((result) => ({ ...result, notes: [...result.notes, note] }));
  const damaged = results.flatMap(({ findings }) =>
    findings.filter(({ cause }) => cause === 'stored'),
  );
  const written = await overtaken(engine, request, results);
  const ingests = damaged.length > 0 ? await readIngests(engine.warehouse) : [];
  const remedies = findRemedies({ ...engine.world, ingests, isThere: existsSync }, damaged);
  return { results, overtaken: written, remedies };
}

/** Tables and dates that somebody has written since the ledger was read, which nothing forbids in BigQuery. */
async function overtaken(
  { warehouse, world: { ledger, tables } }: RunEngine,
  { stop }: VerifyRequest,
  results: readonly ProofResult[],
): Promise<readonly string[]> {
  if (stop.aborted || results.every(({ findings }) => findings.length === 0)) return [];
  const { moved, removed } = changedPartitions(ledger, await readLedger(warehouse), tables);
  return [
    ...moved.flatMap(({ table, records }) => records.map(({ date }) => `${table.name} ${date}`)),
    ...removed.flatMap(({ table, dates }) => dates.map((date) => `${table.name} ${date}`)),
  ];
}
