import type { GameDate } from '../../calendar/game-date.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { makeOptionsOf } from '../../plan/options-of.ts';
import { diffJson, diffLines } from '../../report/diff-report.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { UnitOptions } from '../../table/unit-options.ts';
import { type DateDiff, diffDate } from '../../verify/diff-date.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import { findTable } from '../options/choose-tables.ts';
import { common, warehouseInputs } from '../options/common-inputs.ts';
import { readDay } from '../options/date-range.ts';
import { word } from '../options/input.ts';
import { readProcessorOptions } from '../options/processor-options.ts';
import { printReport } from '../output/print-report.ts';
import { withEngine } from '../process/with-engine.ts';
import { defineVerb } from '../verb.ts';

/**
 * Recomputes one date beside what stands there and shows what would change. Writes nothing.
 * Its exit code is 0, or 5 when the date cannot be computed.
 */
export const diffVerb = defineVerb({
  inputs: {
    table: word('a table that is computed'),
    date: word('YYYY-MM-DD'),
    ...warehouseInputs,
    option: common.option,
  },
  example: ['backcourt diff player_game_summary 2023-12-01'],
  async run(context, tables, flags) {
    const table = findTable(tables, flags.table);
    const date = readDay('<date>', flags.date);
    const { tableOptions } = readProcessorOptions(flags.option, [table]);
    const options = Object.keys(tableOptions).length > 0 ? tableOptions : 'recorded';
    return withEngine(context, tables, flags, 'read', async (engine) => {
      const plan = makePlan(engine.world, {
        tables: [table.name],
        dates: [date],
        backfillMode: true,
        options,
      });
      const [unit] = plan.units;
      if (!unit) throw new Error(`${table.name} ${date} is not in its plan`);
      const record = engine.world.ledger.get(table.name, date);
      const diff =
        unit.fingerprint === undefined
          ? undefined
          : await diffOrFailure(engine, table, date, makeOptionsOf(options)(table, record));
      const key = table.key.filter((column) => column !== table.partition);
      const report = { table: table.name, date, unit, key, diff };
      printReport(context, flags.json, {
        lines: diffLines(report, context),
        json: diffJson(report),
      });
      return unit.action === 'block' ? 5 : 0;
    });
  },
});

/** A query that fails on its data is what a run would meet too: an outcome, not an error. */
async function diffOrFailure(
  engine: RunEngine,
  table: ComputedTable,
  date: GameDate,
  options: UnitOptions,
): Promise<DateDiff> {
  try {
    return await diffDate(engine, table, date, options);
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    if (error.kind !== 'statement' && error.kind !== 'definition') throw error;
    const kind = error.kind === 'definition' ? 'bug' : 'bad_data';
    const failure = { kind, text: `${table.name} ${date}: ${error.message}` } as const;
    const stored = engine.world.ledger.get(table.name, date)?.rows ?? 0;
    return { outcome: { kind: 'failed', failure }, rows: [], exclusions: [], stored };
  }
}
