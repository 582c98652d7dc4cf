import { type LeftTable, leftTables } from '../../engine/left-tables.ts';
import { withEither } from '../../engine/open-warehouse.ts';
import { UsageError } from '../../engine/usage-error.ts';
import {
  countFormerRecords,
  forgetStatements,
  sizeOfChanges,
} from '../../ledger/remembered-changes.ts';
import { forgetTable } from '../../ledger/removal-statements.ts';
import { type StrangerTable, strangerTables } from '../../plan/stranger-tables.ts';
import { pruneJson, pruneLines } from '../../report/prune-report.ts';
import { strangerName as nameOf } from '../../report/words/stranger-line.ts';
import { unknownName } from '../../table/nearest-name.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { makeRunEngine } from '../../world/run-engine.ts';

import type { VerbContext } from '../cli-context.ts';
import { warehouseInputs } from '../options/common-inputs.ts';
import { type Asked, flag, value } from '../options/input.ts';
import { namesIn, once } from '../options/option-values.ts';
import { readPastTime } from '../options/read-time.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';
import { withRunEntry } from '../work/with-run-entry.ts';

const inputs = {
  before: value('<time>', 'YYYY-MM-DD[THH:MM[:SS]], UTC, today or yesterday', once),
  tables: value(
    '<list>',
    'own tables whose file is gone, or <dataset>.<table> left in another dataset, separated by commas',
    once,
  ),
  yes: flag('do it; without this it only tells what would go'),
  ...warehouseInputs,
} as const;

interface OfEngine {
  /** Statements that remove tables, and those that change rows of the ledger. */
  carryOut(drops: readonly string[], changes: readonly string[]): Promise<unknown>;
  /** Own tables in datasets that are none here, but for those that the ledger tells of. */
  findLeft(strangers: readonly StrangerTable[]): Promise<readonly LeftTable[]>;
}

/**
 * Forgets what was changed before a time, and removes own tables whose file is gone: nothing else ever does. Without `--yes` it
 * only tells how much that is.
 */
export const pruneVerb = defineVerb({
  inputs,
  example: [
    'backcourt prune',
    'backcourt prune --before 2024-07-01 --yes',
    'backcourt prune --tables steals_form --yes',
  ],
  async run(context, tables, flags) {
    if (flags.yes && flags.before === undefined && flags.tables === undefined)
      throw new UsageError('do what? give --before <time>, or --tables <list>');
    const open = {
      location: flags.warehouse,
      mode: flags.yes ? 'write' : 'read',
      create: false,
      waitSeconds: flags.wait,
    } as const;
    return withEither(context, tables, open, {
      duckdb: (warehouse) =>
        prune(context, tables, flags, warehouse, {
          carryOut: (drops, changes) => warehouse.commit([...drops, ...changes]),
          findLeft: (strangers) => leftTables(warehouse, tables, strangers),
        }),
      // It removes no table in a transaction. Of one that is gone the records stand, and it is listed, until they go too.
      bigquery: (warehouse) =>
        prune(context, tables, flags, warehouse, {
          carryOut: async (drops, changes) => {
            if (drops.length > 0) await warehouse.define(drops);
            await warehouse.commit(changes);
          },
          // Datasets of other projects are not looked into.
          findLeft: () => Promise.resolve([]),
        }),
    });
  },
});

async function prune(
  context: VerbContext,
  tables: TableRegistry,
  flags: Asked<typeof inputs>,
  warehouse: Warehouse,
  { carryOut, findLeft }: OfEngine,
): Promise<number> {
  const { dialect } = warehouse;
  const startedAt = context.clock.now();
  const { world } = await makeRunEngine(warehouse, tables, context.clock, context.packageVersion);
  const strangers = strangerTables(world);
  const left = await findLeft(strangers);
  const removed = chosenOf([...strangers, ...left], tables, namesIn(flags.tables) ?? []);
  const gone = removed.filter((table) => !isLeft(table));
  const dataset = context.project?.dataset;
  if (gone.length > 0 && dataset === undefined)
    throw new UsageError(
      'own tables stand in the dataset of a project: call it in its folder, or with --project <folder>',
    );
  const before =
    flags.before === undefined
      ? undefined
      : readPastTime('--before', flags.before, context.clock.now());
  const forgotten = before === undefined ? undefined : await rememberedBefore(warehouse, before);
  const changes = [
    ...gone.flatMap(({ table }) => forgetTable(dialect, table)),
    ...(before === undefined ? [] : forgetStatements(dialect, before)),
  ];
  if (flags.yes && changes.length + removed.length > 0) {
    const drops = removed.map((table) =>
      isLeft(table)
        ? `DROP TABLE IF EXISTS ${nameOf(table)}`
        : `DROP TABLE IF EXISTS ${dataset}.${table.table}`,
    );
    const asked = { tables: removed.map(nameOf), before };
    const summary = {
      removed: removed.map((table) => [nameOf(table), table.rows]),
      ...(forgotten && {
        forgotten_rows: forgotten.size.rows,
        forgotten_records: forgotten.records,
      }),
    };
    const run = { verb: 'prune', asked, summary, startedAt } as const;
    await carryOut(drops, withRunEntry(context, warehouse, run, changes));
  }
  const others = [...strangers, ...left].filter((stranger) => !removed.includes(stranger));
  const report = { forgotten, removed, others, isDone: flags.yes };
  printReport(context, flags.json, {
    lines: pruneLines(report, context.command),
    json: pruneJson(report),
  });
  return 0;
}

async function rememberedBefore(warehouse: Warehouse, before: string) {
  const size = await sizeOfChanges(warehouse, before);
  const records = size === undefined ? 0 : await countFormerRecords(warehouse, before);
  return { before, size: size ?? { rows: 0, characters: 0 }, records };
}

function isLeft(table: StrangerTable | LeftTable): table is LeftTable {
  return 'dataset' in table;
}

/** @throws UsageError for a name of which there are no such rows. */
function chosenOf(
  strangers: readonly (StrangerTable | LeftTable)[],
  tables: TableRegistry,
  names: readonly string[],
): readonly (StrangerTable | LeftTable)[] {
  return [...new Set(names)].map((name) => {
    const stranger = strangers.find((table) => nameOf(table) === name);
    if (stranger) return stranger;
    const isHere = tables.get(name) ?? tables.broken.find((broken) => broken.name === name);
    throw new UsageError(
      isHere
        ? `${name} is a table here; prune removes those whose file is gone`
        : unknownName('table whose file is gone', name, strangers.map(nameOf)),
    );
  });
}
