import { existsSync } from 'node:fs';
import type { GameDate } from '../../calendar/game-date.ts';
import { changedPartitions } from '../../ingest/mirror/changed-partitions.ts';
import { readIngests } from '../../ledger/read-ingests.ts';
import { readDataKind, readLedger } from '../../ledger/read-ledger.ts';
import { findRemedies } from '../../plan/find-remedies.ts';
import { planAsRecorded } from '../../plan/plan-as-recorded.ts';
import { aheadLines, overtakenLines, verifyJson, verifyLines } from '../../report/verify-report.ts';
import { commandText } from '../../report/words/command-text.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import { type Proof, type ProofResult, proofs } from '../../verify/finding.ts';
import { planVerification, verifyWarehouse } from '../../verify/verify-warehouse.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { CliContext } from '../cli-context.ts';
import { chooseAnyTables } from '../options/choose-tables.ts';
import { common, dateInputs, warehouseInputs } from '../options/common-inputs.ts';
import { daysOf, isDated, readDateFlags } from '../options/date-range.ts';
import { type Asked, flag, value, valueOr } from '../options/input.ts';
import { once, wholeNumber } from '../options/option-values.ts';
import { printReport } from '../output/print-report.ts';
import { withEngine } from '../process/with-engine.ts';
import { defineVerb } from '../verb.ts';
import { atKnownTime } from '../work/at-known-time.ts';

const proofFlags = {
  hashes: flag('rows, hashes and records agree'),
  quality: flag('the checks of the definitions hold for the stored rows'),
  batchEqualsDaily: flag('a date computed alone gives what stands there'),
  noLookahead: flag('nothing from the date on, gone or disturbed, moves a row'),
} as const;

/** Makes the proofs that are asked for, or all. Writes nothing. */
export const verifyVerb = defineVerb({
  inputs: {
    ...warehouseInputs,
    knownAt: common.knownAt,
    ...dateInputs,
    season: common.season,
    tables: common.anyTables,
    ...proofFlags,
    sample: valueOr(5, '<n>', 'most dates per table; 0 for all', wholeNumber(0)),
    seed: value('<text>', 'draws the same sample again (default: another each time)', once),
  },
  example: ['backcourt verify --no-lookahead --sample 20 --tables player_daily_cache'],
  run(context, tables, asked) {
    return atKnownTime(context, tables, asked, async (flags) => {
      const chosen = chooseAnyTables(tables, flags.tables);
      const asked = isDated(flags) ? readDateFlags(flags, context.clock.today()) : undefined;
      return withEngine(context, tables, flags, 'read', async (engine) => {
        const days = asked && new Set(daysOf(asked, engine.world.calendar));
        const seed = flags.seed ?? context.randomHex();
        const request = {
          proofs: chosenProofs(flags),
          tables: chosen,
          isInRange: (date: GameDate) => days?.has(date) ?? true,
          perTable: flags.sample,
          seed,
          stop: context.stop,
        };
        const verification = planVerification(engine, planAsRecorded(engine.world), request);
        for (const line of aheadLines(verification.computations)) context.stderr(`${line}\n`);
        const results = await verifyWarehouse(engine, verification);
        for (const line of overtakenLines(await overtaken(context, engine, results))) {
          context.stderr(`${line}\n`);
        }
        const damaged = results.flatMap(({ findings }) =>
          findings.filter(({ cause }) => cause === 'stored'),
        );
        const ingests = damaged.length > 0 ? await readIngests(engine.warehouse) : [];
        const remedies = findRemedies({ ...engine.world, ingests, isThere: existsSync }, damaged);
        const report = {
          warehouse: flags.warehouse,
          dataKind: await readDataKind(engine.warehouse),
          tables: chosen.length,
          perTable: flags.sample,
          seed,
          results,
          mend: remedies.map((remedy) => context.command(commandText(remedy))),
          interrupted: context.stop.aborted,
        };
        printReport(context, flags.json, { lines: verifyLines(report), json: verifyJson(report) });
        if (report.interrupted) return exitCodes.interrupted;
        return results.some(({ findings }) => findings.length > 0)
          ? exitCodes.difference
          : exitCodes.done;
      });
    });
  },
});

/** Tables and dates that somebody has written since the ledger was read, which nothing forbids in BigQuery. */
async function overtaken(
  { stop }: CliContext,
  { warehouse, world: { ledger, tables } }: RunEngine,
  results: readonly ProofResult[],
): Promise<readonly string[]> {
  if (stop.aborted || results.every(({ findings }) => findings.length === 0)) return [];
  const { moved, removed } = changedPartitions(ledger, await readLedger(warehouse), tables);
  return [
    ...moved.flatMap(({ table, records }) => records.map(({ date }) => `${table.name} ${date}`)),
    ...removed.flatMap(({ table, dates }) => dates.map((date) => `${table.name} ${date}`)),
  ];
}

function chosenProofs(flags: Asked<typeof proofFlags>): readonly Proof[] {
  const asked: Readonly<Record<Proof, boolean>> = {
    hashes: flags.hashes,
    quality: flags.quality,
    batch_equals_daily: flags.batchEqualsDaily,
    no_lookahead: flags.noLookahead,
  };
  const named = proofs.filter((proof) => asked[proof]);
  return named.length === 0 ? proofs : named;
}
