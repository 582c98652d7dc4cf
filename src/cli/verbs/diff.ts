import type { GameDate } from '../../calendar/game-date.ts';
import { findTable } from '../../engine/choose-tables.ts';
import { refuseNarrowTables } from '../../engine/refuse-narrow-tables.ts';
import { withEngine } from '../../engine/with-engine.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { makeOptionsOf } from '../../plan/options-of.ts';
import type { PlannedUnit } from '../../plan/plan.ts';
import { planUpstream } from '../../plan/upstream-units.ts';
import { diffJson, diffLines } from '../../report/diff-report.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { StagedBatch } from '../../run/work/batch-request.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { UnitOptions } from '../../table/unit-options.ts';
import { type DateDiff, type DiffUpstream, diffDate } from '../../verify/diff-date.ts';
import { recomputeUpstream } from '../../verify/recompute-upstream.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import { common, warehouseInputs } from '../options/common-inputs.ts';
import { dayOf, readDay } from '../options/date-range.ts';
import { flag, offering, word } from '../options/input.ts';
import { readProcessorOptions } from '../options/processor-options.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';
import { atKnownTime } from '../work/at-known-time.ts';

/**
 * Recomputes one date beside what stands there, after what it reads and a run would work first, and shows what would
 * change. Writes nothing.
 * Its exit code is 0, or 5 when the date cannot be computed.
 */
export const diffVerb = defineVerb({
  inputs: {
    table: offering('computed', word('a table that is computed')),
    date: word('YYYY-MM-DD, today, yesterday or latest'),
    ...warehouseInputs,
    knownAt: common.knownAt,
    option: common.option,
    asItStands: flag('do not recompute what the date reads, even where that is stale'),
  },
  example: ['backcourt diff player_game_summary 2023-12-01'],
  run(context, tables, asked) {
    return atKnownTime(
      context,
      tables,
      asked,
      async (flags) => {
        const table = findTable(tables, flags.table);
        const day = readDay('<date>', flags.date, context.clock.today());
        const { tableOptions } = readProcessorOptions(flags.option, [table]);
        const options = Object.keys(tableOptions).length > 0 ? tableOptions : 'recorded';
        return withEngine(context, tables, flags, 'read', async (engine) => {
          await refuseNarrowTables(engine.warehouse, [
            table,
            ...tables.all.filter(({ dataset }) => dataset === 'nba_raw'),
          ]);
          const date = dayOf(day, engine.world.calendar);
          const planAlone = () => {
            const tables = [table.name];
            const request = { tables, dates: [date], backfillMode: true, options } as const;
            const [unit] = makePlan(engine.world, request).units;
            if (!unit) throw new Error(`${table.name} ${date} is not in its plan`);
            return unit;
          };
          const record = engine.world.ledger.get(table.name, date);
          const key = table.key.filter((column) => column !== table.partition);
          const alone = planAlone();
          const { upstream, staged, state } =
            alone.fingerprint === undefined
              ? { upstream: undefined, staged: [], state: alone }
              : await upstreamOf(engine, table, date, flags.asItStands);
          // What was to come before it may have failed, and then it would not be worked.
          const unit = upstream?.kind === 'recomputed' ? planAlone() : alone;
          const diff =
            unit.fingerprint === undefined
              ? undefined
              : await diffOrFailure(
                  engine,
                  table,
                  date,
                  makeOptionsOf(engine.world, { options })(table, record),
                  staged,
                );
          const shown = unit.action === 'block' || options !== 'recorded' ? unit : state;
          const report = { table: table.name, date, unit: shown, key, upstream, diff };
          printReport(context, flags.json, {
            lines: diffLines(report, context),
            json: diffJson(report),
          });
          return unit.action === 'block' ? exitCodes.blocked : exitCodes.done;
        });
      },
      'today',
    );
  },
});

/** Makes again what a run would make again before a date, unless it is not to be. */
async function upstreamOf(
  engine: RunEngine,
  table: ComputedTable,
  date: GameDate,
  asItStands: boolean,
): Promise<{
  readonly upstream: DiffUpstream;
  readonly staged: readonly StagedBatch[];
  /** The unit itself, as part of a run of all of them. */
  readonly state: PlannedUnit;
}> {
  const plan = planUpstream(engine.world, table, date);
  const state = plan.units.at(-1);
  if (!state) throw new Error(`${table.name} ${date} is not in its plan`);
  const units = plan.units
    .slice(0, -1)
    .filter(({ action }) => action === 'run' || action === 'remove');
  if (units.length === 0) return { upstream: { kind: 'current' }, staged: [], state };
  if (asItStands) return { upstream: { kind: 'as_it_stands', units }, staged: [], state };
  const made = await recomputeUpstream(engine, { ...plan, units });
  return { upstream: { kind: 'recomputed', units: made.units }, staged: made.staged, state };
}

/** A query that fails on its data is what a run would meet too: an outcome, not an error. */
async function diffOrFailure(
  engine: RunEngine,
  table: ComputedTable,
  date: GameDate,
  options: UnitOptions,
  behind: readonly StagedBatch[],
): Promise<DateDiff> {
  try {
    return await diffDate(engine, table, date, options, behind);
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    if (error.kind !== 'statement' && error.kind !== 'definition') throw error;
    const kind = error.kind === 'definition' ? 'bug' : 'bad_data';
    const failure = { kind, text: `${table.name} ${date}: ${error.message}` } as const;
    const stored = engine.world.ledger.get(table.name, date)?.rows ?? 0;
    return { outcome: { kind: 'failed', failure }, rows: [], exclusions: [], stored };
  }
}
