import type { GameDate } from '../../calendar/game-date.ts';
import { changedPartitions } from '../../ingest/mirror/changed-partitions.ts';
import { readIngests } from '../../ledger/read-ingests.ts';
import { readDataKind, readLedger } from '../../ledger/read-ledger.ts';
import { findRemedies } from '../../plan/find-remedies.ts';
import { planAsRecorded } from '../../plan/plan-as-recorded.ts';
import { aheadLines, overtakenLines, verifyJson, verifyLines } from '../../report/verify-report.ts';
import { commandText } from '../../report/words/command-text.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { type Proof, type ProofResult, proofs } from '../../verify/finding.ts';
import { planVerification, verifyWarehouse } from '../../verify/verify-warehouse.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { CliContext } from '../cli-context.ts';
import { chooseAnyTables } from '../options/choose-tables.ts';
import { readDateFlags } from '../options/date-range.ts';
import type { WarehouseFlags } from '../options/run-flags.ts';
import { printReport } from '../output/print-report.ts';
import { pasteable } from '../output/retry-command.ts';
import { withEngine } from '../process/with-engine.ts';

export interface VerifyFlags extends WarehouseFlags {
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
  readonly dates?: string | undefined;
  readonly tables?: string | undefined;
  readonly hashes: boolean;
  readonly quality: boolean;
  readonly batchEqualsDaily: boolean;
  /** FALSE when `--no-lookahead` is given: the parser takes it for a negation. */
  readonly lookahead: boolean;
  /** Most dates per table; 0 for all. */
  readonly sample: number;
  readonly seed?: string | undefined;
}

/** Exit code of a verification that found a difference. */
const foundDifference = 7;

/** Makes the proofs that are asked for, or all. Writes nothing. @returns the exit code. */
export async function verifyVerb(
  context: CliContext,
  tables: TableRegistry,
  flags: VerifyFlags,
): Promise<number> {
  const chosen = chooseAnyTables(tables, flags.tables);
  const isInRange = readRange(flags);
  return withEngine(context, tables, flags, 'read', async (engine) => {
    const seed = flags.seed ?? context.randomHex();
    const request = {
      proofs: chosenProofs(flags),
      tables: chosen,
      isInRange,
      perTable: flags.sample,
      seed,
      stop: context.stop,
    };
    const verification = planVerification(engine, planAsRecorded(engine.facts), request);
    for (const line of aheadLines(verification.computations)) context.stderr(`${line}\n`);
    const results = await verifyWarehouse(engine, verification);
    for (const line of overtakenLines(await overtaken(context, engine, results))) {
      context.stderr(`${line}\n`);
    }
    const damaged = results.flatMap(({ findings }) =>
      findings.filter(({ cause }) => cause === 'stored'),
    );
    const ingests = damaged.length > 0 ? await readIngests(engine.warehouse) : [];
    const remedies = findRemedies({ ...engine, ingests }, damaged);
    const report = {
      warehouse: flags.warehouse,
      dataKind: await readDataKind(engine.warehouse),
      tables: chosen.length,
      perTable: flags.sample,
      seed,
      results,
      mend: remedies.map((remedy) =>
        pasteable(context.invocation, commandText(remedy), flags.warehouse),
      ),
      interrupted: context.stop.aborted,
    };
    printReport(context, flags.json, { lines: verifyLines(report), json: verifyJson(report) });
    if (report.interrupted) return 130;
    return results.some(({ findings }) => findings.length > 0) ? foundDifference : 0;
  });
}

/** Tables and dates that somebody has written since the ledger was read, which nothing forbids in BigQuery. */
async function overtaken(
  { stop }: CliContext,
  { warehouse, ledger, tables }: RunEngine,
  results: readonly ProofResult[],
): Promise<readonly string[]> {
  if (stop.aborted || results.every(({ findings }) => findings.length === 0)) return [];
  const { moved, removed } = changedPartitions(ledger, await readLedger(warehouse), tables);
  return [
    ...moved.flatMap(({ table, records }) => records.map(({ date }) => `${table.name} ${date}`)),
    ...removed.flatMap(({ table, dates }) => dates.map((date) => `${table.name} ${date}`)),
  ];
}

function chosenProofs(flags: VerifyFlags): readonly Proof[] {
  const asked: Readonly<Record<Proof, boolean>> = {
    hashes: flags.hashes,
    quality: flags.quality,
    batch_equals_daily: flags.batchEqualsDaily,
    no_lookahead: !flags.lookahead,
  };
  const named = proofs.filter((proof) => asked[proof]);
  return named.length === 0 ? proofs : named;
}

function readRange(flags: VerifyFlags): (date: GameDate) => boolean {
  if ((flags.dates ?? flags.startDate ?? flags.endDate) === undefined) return () => true;
  const dates = new Set(readDateFlags(flags));
  return (date) => dates.has(date);
}
