import type { GameDate } from '../../calendar/game-date.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { unitOptions } from '../../plan/unit-options.ts';
import { diffJson, diffLines } from '../../report/diff-report.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { type DateDiff, diffDate } from '../../verify/diff-date.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { CliContext } from '../cli-context.ts';
import { findTable } from '../options/choose-tables.ts';
import { readDay } from '../options/date-range.ts';
import { readProcessorOptions } from '../options/processor-options.ts';
import type { WarehouseFlags } from '../options/run-flags.ts';
import { printReport } from '../output/print-report.ts';
import { pasteable } from '../output/retry-command.ts';
import { withEngine } from '../process/with-engine.ts';

export interface DiffFlags extends WarehouseFlags {
  readonly option: readonly string[];
}

/**
 * Recomputes one date beside what stands there and shows what would change. Writes nothing.
 * @returns 0, or 5 when the date cannot be computed.
 */
export async function diffVerb(
  context: CliContext,
  tables: TableRegistry,
  name: string,
  day: string,
  flags: DiffFlags,
): Promise<number> {
  const table = findTable(tables, name);
  const date = readDay('<date>', day);
  const { tableOptions } = readProcessorOptions(flags.option, [table]);
  const options = Object.keys(tableOptions).length > 0 ? tableOptions : 'recorded';
  return withEngine(context, tables, flags, 'read', async (engine) => {
    const plan = makePlan(engine.facts, {
      tables: [table.name],
      dates: [date],
      backfillMode: true,
      options,
    });
    const [unit] = plan.units;
    if (!unit) throw new Error(`${table.name} ${date} is not in its plan`);
    const record = engine.ledger.get(table.name, date);
    const diff =
      unit.fingerprint === undefined
        ? undefined
        : await diffOrFailure(engine, table, date, unitOptions(options, record));
    const key = table.key.filter((column) => column !== table.partition);
    const report = { table: table.name, date, unit, key, diff };
    const command = (text: string) => pasteable(context.invocation, text, flags.warehouse);
    printReport(context, flags.json, {
      lines: diffLines(report, { command }),
      json: diffJson(report),
    });
    return unit.action === 'block' ? 5 : 0;
  });
}

/** A query that fails on its data is what a run would meet too: an outcome, not an error. */
async function diffOrFailure(
  engine: RunEngine,
  table: ComputedTable,
  date: GameDate,
  options: Readonly<Record<string, number>>,
): Promise<DateDiff> {
  try {
    return await diffDate(engine, table, date, options);
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    if (error.kind !== 'statement' && error.kind !== 'definition') throw error;
    const kind = error.kind === 'definition' ? 'bug' : 'bad_data';
    const failure = { kind, text: `${table.name} ${date}: ${error.message}` } as const;
    const stored = engine.ledger.get(table.name, date)?.rows ?? 0;
    return { outcome: { kind: 'failed', failure }, rows: [], exclusions: [], stored };
  }
}
