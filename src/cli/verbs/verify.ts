import type { GameDate } from '../../calendar/game-date.ts';
import { daysOf } from '../../engine/asked-days.ts';
import { chooseAnyTables } from '../../engine/choose-tables.ts';
import { makeProofs } from '../../engine/make-proofs.ts';
import { withEngine } from '../../engine/with-engine.ts';
import { readDataKind } from '../../ledger/read-ledger.ts';
import { aheadLines, overtakenLines, verifyJson, verifyLines } from '../../report/verify-report.ts';
import { commandText } from '../../report/words/command-text.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import { type Proof, proofs } from '../../verify/finding.ts';
import { common, dateInputs, warehouseInputs } from '../options/common-inputs.ts';
import { isDated, readDateFlags } from '../options/date-range.ts';
import { type Asked, flag, value, valueOr } from '../options/input.ts';
import { namesIn, once, wholeNumber } from '../options/option-values.ts';
import { printReport } from '../output/print-report.ts';
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
    return atKnownTime(context, tables, asked, async (flags, known) => {
      const chosen = chooseAnyTables(tables, namesIn(flags.tables));
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
        const { results, overtaken, remedies } = await makeProofs(
          engine,
          request,
          (computations) => {
            for (const line of aheadLines(computations)) context.stderr(`${line}\n`);
          },
        );
        for (const line of overtakenLines(overtaken)) context.stderr(`${line}\n`);
        const report = {
          warehouse: known?.location ?? flags.warehouse,
          knownAt: known?.time,
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
